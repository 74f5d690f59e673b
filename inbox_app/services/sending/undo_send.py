"""Takes back what has not left (M11): it is either taken back or sent, never both."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import Direction
from inbox_app.models import Conversation, Media, Message, Outbox, OutboxState, WithdrawnSend
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.search.index_messages import said_by, unindex_messages
from inbox_app.services.sending.give_back import give_back
from inbox_app.services.sending.send import locked, withdrawn
from inbox_app.services.sending.send_file import renew_upload

_STILL_HERE = (OutboxState.QUEUED, OutboxState.HELD)


async def undo(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    author_id: int,
    client_ref: str,
    now: datetime,
) -> bool:
    """Whether nothing of it leaves, now or later; it is in the author's box again, a file
    beside it.

    What was taken back before its send came here is refused when it comes. Raises
    ``NotFoundError`` for a conversation that is not this account's.
    """
    conversation = await locked(session, account_id, conversation_id)
    if await withdrawn(session, account_id, client_ref):
        return True
    message = await _sent_with(session, account_id, client_ref)
    if message is not None:
        ours = message.author_id == author_id and message.conversation_id == conversation_id
        if not ours or not await take_out(session, conversation, message, now):
            return False
    else:
        await renew_upload(session, account_id, conversation_id, author_id, client_ref)
    session.add(WithdrawnSend(account_id=account_id, client_ref=client_ref, withdrawn_at=now))
    await session.flush()
    return True


async def take_out(
    session: AsyncSession, conversation: Conversation, message: Message, now: datetime
) -> bool:
    """Whether nothing of it leaves; it is gone then, and in its author's box again."""
    if not await _was_here(session, message):
        return False
    await give_back(session, message, now)
    ours = col(Media.account_id) == message.account_id
    await session.exec(delete(Media).where(ours, col(Media.message_id) == message.id))
    await unindex_messages(await session.connection(), [said_by(message)])
    await session.delete(message)
    await session.flush()
    await _as_before(session, conversation, message.id)
    return True


async def _sent_with(session: AsyncSession, account_id: int, client_ref: str) -> Message | None:
    query = select(Message).where(
        col(Message.account_id) == account_id, col(Message.client_ref) == client_ref
    )
    return (await session.exec(query.with_for_update())).one_or_none()


async def _was_here(session: AsyncSession, message: Message) -> bool:
    """Whether it was still in the queue: a sender that has claimed it may have sent it."""
    still_here = delete(Outbox).where(
        col(Outbox.account_id) == message.account_id,
        col(Outbox.message_id) == message.id,
        col(Outbox.state).in_(_STILL_HERE),
    )
    return (await session.exec(still_here)).rowcount == 1


async def _as_before(session: AsyncSession, conversation: Conversation, id_: int) -> None:
    """The list knows the newest that is left, and who waits for an answer again."""
    ours = (
        col(Message.account_id) == conversation.account_id,
        col(Message.conversation_id) == conversation.id,
        col(Message.direction) != Direction.INTERNAL,
    )
    newest = select(Message).where(*ours).order_by(col(Message.id).desc()).limit(1)
    if conversation.last_message_id == id_:
        last = (await session.exec(newest)).one_or_none()
        conversation.last_message_id = last and last.id
        conversation.arrived_at = last.created_at if last else conversation.created_at
    session.add(conversation)
    await session.flush()
    await reckon_waiting(await session.connection(), [conversation.id])
    await session.refresh(conversation)
