"""What a person or an admin puts away: the advice on two numbers, notices of Meta's."""

from datetime import datetime

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ConnectionNotice, User


async def dismiss_advice(
    session: AsyncSession, account_id: int, user_id: int, now: datetime
) -> None:
    """The person has read it (C5)."""
    person = update(User).where(col(User.id) == user_id, col(User.account_id) == account_id)
    await session.exec(person.values(advice_dismissed_at=now))


async def dismiss_notice(
    session: AsyncSession, account_id: int, notice_id: int, now: datetime
) -> None:
    """For all of the account; another account's is left alone."""
    notice = update(ConnectionNotice).where(
        col(ConnectionNotice.id) == notice_id,
        col(ConnectionNotice.account_id) == account_id,
        col(ConnectionNotice.dismissed_at).is_(None),
    )
    await session.exec(notice.values(dismissed_at=now))
