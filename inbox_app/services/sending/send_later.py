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
from inbox_app.services.channel_services import services_of
from inbox_app.services.conversations.standing import settle
from inbox_app.services.sending.give_back import into_the_box
from inbox_app.services.sending.send import (
    ReferenceTakenError,
    checked,
    locked,
    outgoing,
    sent_before,
)


class When(NamedTuple):
    """At `due_at`, with a `fallback` should no text be allowed by then; without a time: when they
    answer."""

    due_at: datetime | None = None
    fallback: str | None = None


class BadTimeError(Exception):
    """The text cannot wait for this time; `problem` says why, `then` what stands at the foot by
    then."""

    def __init__(self, problem: LaterProblem, then: Decision | None = None) -> None:
        super().__init__(problem)
        self.problem, self.then = problem, then


async def queue_later(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    text: str,
    author_id: int | None,
    origin: Origin,
    client_ref: str | None,
    when: When,
    now: datetime,
) -> Outbox | Message:
    """What waits now; for a `client_ref` that was seen before, what waits since then, or the
    message it has become. Whoever wrote it has seen to what came in before.

    Raises:
        NotFoundError, ReferenceTakenError, SendWithdrawnError, BadTextError: as ``queue_text``.
        SendRefusedError: nothing may be sent to this person, or a text at once.
        BadTimeError: not at this time.
        FallbackRefusedError: what is to go in its place cannot.
    """
    conversation = await locked(session, account_id, conversation_id)
    message = outgoing(
        conversation,
        MessageKind.TEXT,
        author_id=author_id,
        origin=origin,
        client_ref=client_ref,
        now=now,
    )
    message.text = checked(text)
    if earlier := await sent_before(session, message) or await _waiting(session, message):
        return earlier
    decision = await _require(session, message, when, now)
    if when.fallback is not None:
        services = services_of(conversation.channel)
        await services.require_fallback(session, conversation, when.fallback, decision)
    settle(conversation)
    return await _put(session, message, conversation.channel, when, now)


async def cancel_later(
    session: AsyncSession, *, account_id: int, id_: int, user_id: int | None, now: datetime
) -> int:
    """The text is in the box of who takes it back, or, taken back by nobody, of who wrote it;
    answers its conversation's id. Raises ``NotFoundError`` for what waits no more."""
    query = select(Outbox).where(
        col(Outbox.account_id) == account_id,
        col(Outbox.id) == id_,
        col(Outbox.state) == OutboxState.WAITING,
    )
    row = (await session.exec(query.with_for_update())).one_or_none()
    if row is None:
        raise NotFoundError
    conversation_id, text, ref = row.conversation_id, row.text or "", row.client_ref
    whose = user_id or row.author_id
    gone = delete(Outbox).where(col(Outbox.account_id) == account_id, col(Outbox.id) == id_)
    await session.exec(gone)
    if ref:
        session.add(WithdrawnSend(account_id=account_id, client_ref=ref, withdrawn_at=now))
    if whose is not None:
        await into_the_box(
            session,
            [text],
            account_id=account_id,
            author_id=whose,
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


async def _require(session: AsyncSession, message: Message, when: When, now: datetime) -> Decision:
    """What stands at the foot now."""
    of = (session, message.account_id, message.conversation_id)
    decision = await decision_then(*of, now, now)
    if when.due_at is None:
        if not sending.may_send_template(decision) or sending.may_send_text(decision):
            raise SendRefusedError(decision)
        return decision
    if not sending.may_send_template(decision):
        raise SendRefusedError(decision)
    then = await decision_then(*of, when.due_at, now)
    problem = send_later.problem(when.due_at, then, now, fallback=bool(when.fallback))
    if problem is not None:
        raise BadTimeError(problem, then)
    return decision


async def _waiting(session: AsyncSession, message: Message) -> Outbox | None:
    """What waits for the same `client_ref`."""
    if not message.client_ref:
        return None
    query = select(Outbox).where(
        col(Outbox.account_id) == message.account_id,
        col(Outbox.state) == OutboxState.WAITING,
        col(Outbox.client_ref) == message.client_ref,
    )
    earlier = (await session.exec(query)).first()
    said = message.conversation_id, message.text
    if earlier and (earlier.conversation_id, earlier.text) != said:
        raise ReferenceTakenError
    return earlier


async def _put(
    session: AsyncSession, message: Message, channel: str, when: When, now: datetime
) -> Outbox:
    connection = await active_connection(session, message.account_id, channel)
    if connection is None:
        raise NotFoundError
    row = Outbox(
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
    session.add(row)
    await session.flush()
    return row
