"""Puts a conversation away, and takes it back: what comes in or goes out takes it back by itself
(P5)."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation


async def set_archived(
    session: AsyncSession, *, account_id: int, conversation_id: int, archived: bool, now: datetime
) -> bool:
    """Says whether that changed anything; an account's own conversations only."""
    was = col(Conversation.archived_at)
    change = (
        update(Conversation)
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.id) == conversation_id,
            was.is_(None) if archived else was.is_not(None),
        )
        .values(archived_at=now if archived else None)
    )
    return (await session.exec(change)).rowcount == 1
