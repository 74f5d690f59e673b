"""Holds what cannot leave while a channel refuses the credentials, and lets it go afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.models import (
    Connection,
    ConnectionState,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.services.channel_services import QueuedSend
from inbox_app.services.sending.give_back import into_the_box
from inbox_app.services.sending.mark_failed import mark_failed
from inbox_app.services.sending.recheck_before_send import contents_of, forbidden
from inbox_app.services.sending.send_job import select_sends


async def hold_and_release(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """Of all connections at once: whoever finds that credentials are refused, or good again, need
    not think of what is queued. Answers the (account id, conversation id) of each."""
    held = await _to_hold(session)
    for outbox, message in held:
        hold(outbox, message, now)
    await session.flush()
    released = await _to_release(session)
    await _release(session, released, now)
    changed = [outbox for outbox, *_ in (*held, *released)]
    return list(dict.fromkeys((row.account_id, row.conversation_id) for row in changed))


def hold(outbox: Outbox, message: Message, now: datetime) -> None:
    """Survives a restart: a held row is nobody's claim."""
    outbox.state = OutboxState.HELD
    outbox.claimed_by = outbox.claimed_at = outbox.next_attempt_at = None
    if message.status is DeliveryStatus.QUEUED:
        message.status, message.status_at = DeliveryStatus.WAITING, now


async def _to_hold(session: AsyncSession) -> Sequence[tuple[Outbox, Message]]:
    broken = select(Connection.id).where(
        col(Connection.state) == ConnectionState.CREDENTIALS_REFUSED
    )
    query = (
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(col(Outbox.connection_id).in_(broken), col(Outbox.state) == OutboxState.QUEUED)
        .with_for_update(of=Outbox)
    )
    return (await session.exec(query)).all()


async def _to_release(session: AsyncSession) -> list[QueuedSend]:
    query = (
        select_sends()
        .where(
            col(Outbox.state) == OutboxState.HELD,
            col(Connection.state) != ConnectionState.CREDENTIALS_REFUSED,
        )
        .order_by(col(Outbox.id))
        .with_for_update(of=Outbox)
    )
    return [QueuedSend(*row) for row in await session.exec(query)]


async def _release(session: AsyncSession, sends: Sequence[QueuedSend], now: datetime) -> None:
    """Back in the queue at today's time, in their order; a text that may not leave any more goes
    back into its author's box."""
    if not sends:
        return
    refused = await forbidden(session, sends, await contents_of(session, sends), now)
    given_back: dict[tuple[int, int], list[Message]] = defaultdict(list)
    for outbox, message, *_ in sends:
        failure = refused.get(outbox.id)
        if failure is None:
            _queue_again(outbox, message, now)
        elif failure.remedy is not Remedy.RECONNECT:
            outbox.state = OutboxState.DONE
            await mark_failed(session, message, failure, now, give_back=False)
            if message.author_id is not None and message.kind is MessageKind.TEXT:
                given_back[message.author_id, message.conversation_id].append(message)
    for (author_id, conversation_id), messages in given_back.items():
        await into_the_box(
            session,
            [message.text or "" for message in messages],
            account_id=messages[0].account_id,
            author_id=author_id,
            conversation_id=conversation_id,
            now=now,
        )


def _queue_again(outbox: Outbox, message: Message, now: datetime) -> None:
    outbox.state = OutboxState.QUEUED
    if message.status is DeliveryStatus.WAITING:
        message.status, message.status_at = DeliveryStatus.QUEUED, now
    message.queued_at, message.sent_at = now, now.replace(microsecond=0)
