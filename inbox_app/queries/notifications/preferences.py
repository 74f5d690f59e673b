"""What people want to be told of (N2)."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import Preferences
from inbox_app.models import Account, NotificationPreference, User
from inbox_app.queries.notifications.rows import PreferencesRow


class Hearer(NamedTuple):
    """Somebody who is told, in which language, and of what."""

    user_id: int
    language: str
    wanted: Preferences


async def hearers(
    session: AsyncSession, account_ids: Collection[int], user_ids: Collection[int]
) -> dict[int, Hearer]:
    """Those of these people who may come in, by id."""
    query = (
        select(User, Account, NotificationPreference)
        .join(Account, col(Account.id) == col(User.account_id))
        .outerjoin(NotificationPreference, col(NotificationPreference.user_id) == col(User.id))
        .where(
            col(User.account_id).in_(account_ids),
            col(User.id).in_(user_ids),
            col(User.disabled_at).is_(None),
        )
    )
    found = (await session.exec(query)).all()
    return {
        user.id: Hearer(user.id, user.language or account.language, _read(row, account.timezone))
        for user, account, row in found
    }


async def wanted_by(session: AsyncSession, account_id: int, user_id: int) -> Preferences:
    """One person's. Raises ``KeyError`` for who may not come in."""
    return (await hearers(session, [account_id], [user_id]))[user_id].wanted


def shown(wanted: Preferences) -> PreferencesRow:
    """As a form shows them."""
    return PreferencesRow(
        messages=wanted.messages.value,
        closing=wanted.closing,
        connection=wanted.connection,
        payment=wanted.payment,
        mention=wanted.mention,
        assigned=wanted.assigned,
        shows=wanted.shows.value,
        sound=wanted.sound.value,
        quiet_from=_clock(wanted.quiet_from),
        quiet_to=_clock(wanted.quiet_to),
        time_zone=wanted.time_zone,
    )


def _read(row: NotificationPreference | None, time_zone: str) -> Preferences:
    if row is None:
        return Preferences(time_zone=time_zone)
    return Preferences(
        messages=row.messages,
        closing=row.closing,
        connection=row.connection,
        payment=row.payment,
        mention=row.mention,
        assigned=row.assigned,
        shows=row.shows,
        sound=row.sound,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
        time_zone=row.time_zone or time_zone,
    )


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"
