"""Takes a text that is to leave at a time (M10) or on an answer (W7), and gives it back."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import sending
from inbox_app.domain.delivery import send_later
from inbox_app.domain.delivery.send_later import Condition, LaterProblem
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import MessageKind, Origin
from inbox_app.domain.sending import Decision
from inbox_app.models import Message, Outbox, OutboxState, WithdrawnSend
from inbox_app.queries.inbox.send_facts import active_connection, load_facts
from inbox_app.services.sending.give_back import into_the_box
from inbox_app.services.sending.send import (
    SendWithdrawnError,
    checked,
    locked,
    outgoing,
    sent_before,
    withdrawn,
)


class When(NamedTuple):
    """At `due_at`, with a `fallback` should no text be allowed by then; without a time: when they
    answer."""

    due_at: datetime | None = None
    fallback: str | None = None


class BadTimeError(Exception):
    """The text cannot wait for this time; `problem` says why."""

    def __init__(self, problem: LaterProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def queue_later(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    text: str,
    author_id: int,
    client_ref: str,
    when: When,
    now: datetime,
) -> None:
    """Let the text wait; for a `client_ref` that was seen before nothing more is done.

    Raises:
        NotFoundError, ReferenceTakenError, SendWithdrawnError, BadTextError: as ``queue_text``.
        SendRefusedError: nothing may be sent to this person, or a text at once.
        BadTimeError: not at this time.
    """
    conversation = await locked(session, account_id, conversation_id)
    message = outgoing(
        conversation,
        MessageKind.TEXT,
        author_id=author_id,
        origin=Origin.PM,
        client_ref=client_ref,
        now=now,
    )
    message.text = checked(text)
    if await sent_before(session, message) or await _waits(session, account_id, client_ref):
        return
    if await withdrawn(session, account_id, client_ref):
        raise SendWithdrawnError
    await _require(session, message, when, now)
    await _put(session, message, conversation.channel, when, now)


async def cancel_later(
    session: AsyncSession, *, account_id: int, id_: int, user_id: int, now: datetime
) -> int:
    """The text is in the box of who takes it back; answers its conversation's id. Raises
    ``NotFoundError`` for what waits no more."""
    query = select(Outbox).where(
        col(Outbox.account_id) == account_id,
        col(Outbox.id) == id_,
        col(Outbox.state) == OutboxState.WAITING,
    )
    row = (await session.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFoundError
    conversation_id, text, ref = row.conversation_id, row.text or "", row.client_ref
    gone = delete(Outbox).where(col(Outbox.account_id) == account_id, col(Outbox.id) == id_)
    await session.exec(gone)
    if ref:
        session.add(WithdrawnSend(account_id=account_id, client_ref=ref, withdrawn_at=now))
    await into_the_box(
        session,
        [text],
        account_id=account_id,
        author_id=user_id,
        conversation_id=conversation_id,
        now=now,
    )
    return conversation_id


async def decision_then(
    session: AsyncSession, account_id: int, conversation_id: int, at: datetime, now: datetime
) -> Decision:
    """What will stand at the foot, if nobody writes until then. Raises ``NotFoundError``."""
    facts = await load_facts(session, account_id, [conversation_id], now)
    if conversation_id not in facts:
        raise NotFoundError
    found = facts[conversation_id]
    return channel_of(found.channel).decide(replace(found, now=at))


async def _require(session: AsyncSession, message: Message, when: When, now: datetime) -> None:
    of = (session, message.account_id, message.conversation_id)
    decision = await decision_then(*of, now, now)
    if when.due_at is None:
        if not sending.may_send_template(decision) or sending.may_send_text(decision):
            raise SendRefusedError(decision)
        return
    if not sending.may_send_template(decision):
        raise SendRefusedError(decision)
    then = await decision_then(*of, when.due_at, now)
    problem = send_later.problem(when.due_at, then, now, fallback=bool(when.fallback))
    if problem is not None:
        raise BadTimeError(problem)


async def _waits(session: AsyncSession, account_id: int, client_ref: str) -> bool:
    query = select(Outbox.id).where(
        col(Outbox.account_id) == account_id,
        col(Outbox.state) == OutboxState.WAITING,
        col(Outbox.client_ref) == client_ref,
    )
    return (await session.exec(query)).first() is not None


async def _put(
    session: AsyncSession, message: Message, channel: str, when: When, now: datetime
) -> None:
    connection = await active_connection(session, message.account_id, channel)
    if connection is None:
        raise NotFoundError
    session.add(
        Outbox(
            account_id=message.account_id,
            conversation_id=message.conversation_id,
            connection_id=connection.id,
            state=OutboxState.WAITING,
            condition=Condition.AT_TIME if when.due_at else Condition.ON_ANSWER,
            due_at=when.due_at,
            fallback=when.fallback,
            text=message.text,
            author_id=message.author_id,
            client_ref=message.client_ref,
            # Channels tell the time of an answer in whole seconds.
            created_at=now.replace(microsecond=0),
        )
    )
    await session.flush()
