"""Which of the sessions that hold something open may still see it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Session, User
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE


async def live_sessions(
    session: AsyncSession, session_ids: Collection[int], now: datetime
) -> set[int]:
    """Those that have not ended or grown too old, of people who are not disabled."""
    query = (
        select(Session.id)
        .join(User, col(User.id) == col(Session.user_id))
        .where(
            col(Session.id).in_(session_ids),
            col(Session.seen_at) > now - IDLE,
            col(Session.created_at) > now - ABSOLUTE,
            col(User.disabled_at).is_(None),
        )
    )
    return set(await session.exec(query))
