"""Keeps what a person has typed and not sent (M7)."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import MAX_TYPED, clean_text
from inbox_app.domain.texts import is_blank
from inbox_app.models import Conversation, Draft


async def save_draft(
    session: AsyncSession,
    *,
    account_id: int,
    user_id: int,
    conversation_id: int,
    text: str,
    now: datetime,
) -> bool:
    """The last words win; none take the draft away. False when there is no such conversation."""
    query = select(Conversation.id).where(
        col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id
    )
    if (await session.exec(query.with_for_update())).one_or_none() is None:
        return False
    words = clean_text(text)[:MAX_TYPED]
    if is_blank(words):
        await drop_draft(
            session, account_id=account_id, user_id=user_id, conversation_id=conversation_id
        )
        return True
    mine = _of(account_id, user_id, conversation_id)
    known = await session.exec(update(Draft).where(mine).values(text=words, updated_at=now))
    if not known.rowcount:
        draft = {"account_id": account_id, "user_id": user_id, "conversation_id": conversation_id}
        await session.exec(insert(Draft).values(**draft, text=words, updated_at=now))
    return True


async def drop_draft(
    session: AsyncSession, *, account_id: int, user_id: int, conversation_id: int
) -> None:
    """Forget what the person had begun there: it has been sent, or deleted."""
    await session.exec(delete(Draft).where(_of(account_id, user_id, conversation_id)))


def _of(account_id: int, user_id: int, conversation_id: int) -> ColumnElement[bool]:
    return and_(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == user_id,
        col(Draft.conversation_id) == conversation_id,
    )
