"""Marks a conversation as read, up to what the person has seen, or as unread again."""

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, Message


async def mark_read(
    session: AsyncSession, *, account_id: int, conversation_id: int, up_to: int
) -> bool:
    """Messages up to the id ``up_to`` are read; says whether that changed anything.

    What came in since stays unread, and nothing that was read becomes unread again.
    """
    conversation = await _locked(session, account_id, conversation_id)
    if conversation is None or not (conversation.unread or conversation.last_read_id < up_to):
        return False
    seen = min(up_to, conversation.last_message_id or 0)
    before = conversation.last_read_id, conversation.unread
    conversation.last_read_id = max(seen, conversation.last_read_id)
    conversation.unread = await _unread(session, conversation)
    return before != (conversation.last_read_id, conversation.unread)


async def mark_unread(session: AsyncSession, *, account_id: int, conversation_id: int) -> bool:
    """The last that somebody wrote is unread again; says whether that changed anything."""
    conversation = await _locked(session, account_id, conversation_id)
    if conversation is None or conversation.unread:
        return False
    theirs = select(Message.id).where(*_written_to_us(conversation))
    newest = (await session.exec(theirs.order_by(col(Message.id).desc()).limit(1))).first()
    if newest is None:
        return False
    conversation.last_read_id = newest - 1
    conversation.unread = await _unread(session, conversation)
    return True


async def _locked(
    session: AsyncSession, account_id: int, conversation_id: int
) -> Conversation | None:
    query = (
        select(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
        .with_for_update()
    )
    return (await session.exec(query)).one_or_none()


async def _unread(session: AsyncSession, conversation: Conversation) -> int:
    """Counted after the row is locked: what is being received waits for it."""
    query = select(func.count(col(Message.id))).where(
        *_written_to_us(conversation),
        col(Message.id) > conversation.last_read_id,
    )
    return (await session.exec(query)).one()


def _written_to_us(conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Message.account_id) == conversation.account_id,
        col(Message.conversation_id) == conversation.id,
        col(Message.direction) == Direction.IN,
        col(Message.kind) != MessageKind.SYSTEM,
        col(Message.from_history).is_(False),
    )
