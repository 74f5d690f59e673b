"""What a person wants to be told of (N2)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import Preferences
from inbox_app.models import NotificationPreference


async def prefer(session: AsyncSession, account_id: int, user_id: int, wanted: Preferences) -> None:
    """From now on, on all their devices."""
    query = select(NotificationPreference).where(
        col(NotificationPreference.account_id) == account_id,
        col(NotificationPreference.user_id) == user_id,
    )
    row = (await session.exec(query.with_for_update())).one_or_none()
    row = row or NotificationPreference(account_id=account_id, user_id=user_id)
    row.messages, row.shows, row.sound = wanted.messages, wanted.shows, wanted.sound
    row.closing, row.connection, row.payment = wanted.closing, wanted.connection, wanted.payment
    row.mention, row.assigned = wanted.mention, wanted.assigned
    row.quiet_from, row.quiet_to = wanted.quiet_from, wanted.quiet_to
    row.time_zone = wanted.time_zone
    session.add(row)
