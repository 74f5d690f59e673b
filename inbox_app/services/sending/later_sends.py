"""Has those leave that waited in the outbox for their time or for an answer (M10, W7)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import sending
from inbox_app.domain.delivery.send_later import Condition
from inbox_app.domain.messages import MessageKind
from inbox_app.models import Conversation, LastInbound, Outbox, OutboxState
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.away.automatic_texts import is_moot
from inbox_app.services.channel_services import services_of
from inbox_app.services.sending.send import outgoing, queue


async def release_due(session: AsyncSession, now: datetime) -> list[tuple[int, int]]:
    """Put those whose condition has come in the queue, each once, in the transaction that claims
    what is due. Answers the (account id, conversation id) of each.

    What the rule forbids by then is queued too: it is rechecked like all, and fails with the
    reason.
    """
    due = await _due(session, now)
    changed = [await _release(session, row, conversation, now) for row, conversation in due]
    await session.flush()
    return [place for place in changed if place]


async def _due(session: AsyncSession, now: datetime) -> Sequence[tuple[Outbox, Conversation]]:
    at_time = and_(col(Outbox.condition) == Condition.AT_TIME, col(Outbox.due_at) <= now)
    answered = and_(
        col(Outbox.condition) == Condition.ON_ANSWER,
        col(LastInbound.last_inbound_at) >= col(Outbox.created_at),
    )
    query = (
        select(Outbox, Conversation)
        .join(Conversation, col(Conversation.id) == col(Outbox.conversation_id))
        .outerjoin(
            LastInbound,
            and_(
                col(LastInbound.address_id) == col(Conversation.address_id),
                col(LastInbound.connection_id) == col(Outbox.connection_id),
            ),
        )
        .where(col(Outbox.state) == OutboxState.WAITING, or_(at_time, answered))
        .order_by(col(Outbox.id))
        .with_for_update(skip_locked=True, of=Outbox)
    )
    return (await session.exec(query)).all()


async def _release(
    session: AsyncSession, row: Outbox, conversation: Conversation, now: datetime
) -> tuple[int, int] | None:
    """Where something changed."""
    facts = (await load_facts(session, row.account_id, [conversation.id], now))[conversation.id]
    decision = channel_of(facts.channel).decide(facts)
    if is_moot(row, conversation, decision):
        await session.delete(row)
        return row.account_id, conversation.id
    allowed = sending.may_send_text(decision)
    if not allowed and row.condition is Condition.ON_ANSWER:
        return None
    if not allowed and row.fallback and await _knock(session, row, conversation, now):
        return row.account_id, conversation.id
    message = outgoing(
        conversation,
        MessageKind.TEXT,
        author_id=row.author_id,
        origin=row.origin,
        client_ref=row.client_ref,
        now=now,
    )
    message.text, message.waited_as = row.text, row.id
    await session.delete(row)
    await session.flush()
    await queue(session, conversation, message, now, reads=False)
    return row.account_id, conversation.id


async def _knock(
    session: AsyncSession, row: Outbox, conversation: Conversation, now: datetime
) -> bool:
    """Whether the fallback goes out; the text then waits for their answer to it."""
    sent = await services_of(conversation.channel).send_fallback(
        session,
        account_id=row.account_id,
        conversation_id=row.conversation_id,
        fallback=row.fallback or "",
        author_id=row.author_id,
        origin=row.origin,
        now=now,
    )
    if sent:
        row.condition, row.created_at = Condition.ON_ANSWER, now.replace(microsecond=0)
        row.due_at = row.fallback = None
    return sent
