"""Takes a text to be sent: the message and its place in the outbox, in one transaction
(M2, W1, B17)."""

import secrets
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import messages, sending
from inbox_app.domain.conversations import triage
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin, TextProblem
from inbox_app.domain.sending import Decision
from inbox_app.models import Conversation, Message, Outbox, WithdrawnSend
from inbox_app.queries.inbox.send_facts import active_connection, load_facts
from inbox_app.services.conversations.read_conversation import read
from inbox_app.services.conversations.standing import stand, standing
from inbox_app.services.search.index_messages import index_messages, said_by

_MAX_CLIENT_REF = 200


class ReferenceTakenError(Exception):
    """The `client_ref` came with another text, or for another conversation, before."""


class SendWithdrawnError(Exception):
    """Its author took the send of this `client_ref` back."""


class BadTextError(Exception):
    """The text cannot be sent at all; `problem` says why."""

    def __init__(self, problem: TextProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def queue_text(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    text: str,
    author_id: int | None,
    origin: Origin,
    client_ref: str | None,
    now: datetime,
    not_before: datetime | None = None,
) -> Message:
    """The queued message; for a `client_ref` that was seen before, the message it made then.

    It can be taken back until `not_before`, a real time, and leaves after it.

    Raises:
        NotFoundError: the conversation is not this account's.
        ReferenceTakenError: the `client_ref` is another message's.
        SendWithdrawnError: it was taken back.
        BadTextError: empty, or longer than is taken.
        SendRefusedError: the composer is not what stands at the foot.
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
    if earlier := await sent_before(session, message):
        return earlier
    decision = await decide(session, message, now)
    if not sending.may_send_text(decision):
        raise SendRefusedError(decision)
    return await queue(session, conversation, message, now, not_before=not_before)


def outgoing(
    conversation: Conversation,
    kind: MessageKind,
    *,
    author_id: int | None,
    origin: Origin,
    client_ref: str | None,
    now: datetime,
) -> Message:
    """A message of ours, not written down yet."""
    return Message(
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        direction=Direction.OUT,
        kind=kind,
        author_id=author_id,
        origin=origin,
        client_ref=messages.clean_line(client_ref or "", _MAX_CLIENT_REF) or None,
        sent_at=now,
        created_at=now,
    )


async def queue(
    session: AsyncSession,
    conversation: Conversation,
    message: Message,
    now: datetime,
    *,
    not_before: datetime | None = None,
    reads: bool = True,
) -> Message:
    """Write a message that may be sent, with its place in the outbox. Who sends it has read what
    came before it, unless it leaves by itself; what answers by API has not.

    Another process may have taken the `client_ref` for another conversation since we looked.
    """
    try:
        async with session.begin_nested():
            await put_in_outbox(session, message, now, not_before=not_before)
    except IntegrityError:
        await sent_before(session, message)
        raise
    await index_messages(await session.connection(), [said_by(message)])
    _answered(conversation, message, now)
    await session.flush()
    if message.origin is Origin.PM and message.author_id is not None and reads:
        await read(session, conversation, message.author_id, message.id)
    return message


async def put_in_outbox(
    session: AsyncSession, message: Message, now: datetime, *, not_before: datetime | None = None
) -> None:
    """Have `message`, new or tried before, leave by the account's present connection.

    Each try has a `ref` of its own: what is still told of an earlier one must not settle this.
    """
    conversation = await session.get_one(Conversation, message.conversation_id)
    connection = await active_connection(session, message.account_id, conversation.channel)
    if connection is None:
        raise NotFoundError
    message.connection_id = connection.id
    message.ref = secrets.token_urlsafe(16)
    message.queued_at = now
    message.sent_at = now.replace(microsecond=0)
    message.status = DeliveryStatus.QUEUED
    message.status_at = now
    session.add(message)
    await session.flush()
    session.add(
        Outbox(
            account_id=message.account_id,
            message_id=message.id,
            conversation_id=message.conversation_id,
            connection_id=connection.id,
            next_attempt_at=not_before,
            created_at=now,
        )
    )


async def locked(session: AsyncSession, account_id: int, conversation_id: int) -> Conversation:
    """The conversation, ours alone until the commit: its messages queue one after another. Raises
    ``NotFoundError``."""
    query = (
        select(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
        .with_for_update()
    )
    conversation = (await session.exec(query)).one_or_none()
    if conversation is None:
        raise NotFoundError
    return conversation


async def sent_before(session: AsyncSession, message: Message) -> Message | None:
    """What the same `client_ref` sent. Raises ``ReferenceTakenError`` if that was another thing,
    ``SendWithdrawnError`` if it was taken back."""
    if not message.client_ref:
        return None
    query = select(Message).where(
        col(Message.account_id) == message.account_id,
        col(Message.client_ref) == message.client_ref,
    )
    earlier = (await session.exec(query)).one_or_none()
    if earlier and _said(earlier) != _said(message):
        raise ReferenceTakenError
    if earlier is None and await withdrawn(session, message.account_id, message.client_ref):
        raise SendWithdrawnError
    return earlier


async def withdrawn(session: AsyncSession, account_id: int, client_ref: str) -> bool:
    """Whether its author took back what goes by this reference."""
    query = select(WithdrawnSend.id).where(
        col(WithdrawnSend.account_id) == account_id, col(WithdrawnSend.client_ref) == client_ref
    )
    return (await session.exec(query)).first() is not None


async def decide(session: AsyncSession, message: Message, now: datetime) -> Decision:
    """What stands at the foot of the message's conversation."""
    facts = await load_facts(session, message.account_id, [message.conversation_id], now)
    found = facts[message.conversation_id]
    return channel_of(found.channel).decide(found)


def _said(message: Message) -> tuple[int, MessageKind, str | None]:
    """What makes two sends the same. A template is known by its id: its text may have changed."""
    template = (message.details or {}).get("template", {})
    said = template["id"] if message.kind is MessageKind.TEMPLATE else message.text
    return message.conversation_id, message.kind, said


def checked(text: str) -> str:
    """As it is sent. Raises ``BadTextError``."""
    body = messages.clean_text(text).strip()
    if problem := messages.text_problem(body):
        raise BadTextError(problem)
    return body


def _answered(conversation: Conversation, message: Message, now: datetime) -> None:
    """What left by itself was written before what it follows, and answers none of it."""
    conversation.last_message_id = message.id
    conversation.arrived_at = now
    conversation.archived_at = None
    if message.waited_as is None:
        stand(conversation, triage.answered(standing(conversation)))
