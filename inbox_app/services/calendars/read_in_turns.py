"""Calendars that are due, for one process that reads them; and what became of each (A4)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.calendars.told import CalendarProblem, ReadCalendar
from inbox_app.domain.calendars.vanished import pause_after
from inbox_app.domain.stays.stays import NOBODY_COMES
from inbox_app.models import Accommodation, StayCalendar
from inbox_app.services.calendars.apply_calendar import Applied, apply_calendar

_CLAIM_LASTS = timedelta(minutes=15)
"""Longer than reading one may take: a process that died meanwhile loses one turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingJob:
    """One calendar to read, with all that it needs: no database is open meanwhile."""

    calendar_id: int
    account_id: int
    address_encrypted: str = field(repr=False)
    zone: str
    """Of the home, IANA."""
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Versions:
    """What whoever keeps it calls the state it is in."""

    etag: str | None = None
    last_modified: str | None = None


async def claim_due(session: AsyncSession, now: datetime, limit: int) -> list[ReadingJob]:
    """Those whose turn it is, the longest waiting first; what nobody uses any more rests."""
    query = (
        _ADDRESSES.where(
            col(StayCalendar.next_read_at) <= now, col(Accommodation.archived_at).is_(None)
        )
        .order_by(col(StayCalendar.next_read_at))
        .limit(limit)
        .with_for_update(skip_locked=True, of=StayCalendar)
    )
    return [_claim(calendar, zone, now) for calendar, zone in await session.exec(query)]


async def claim(
    session: AsyncSession, account_id: int, calendar_id: int, now: datetime
) -> ReadingJob | None:
    """This one, whether or not it is its turn; None when the account has none such to read."""
    query = _ADDRESSES.where(
        col(StayCalendar.account_id) == account_id, col(StayCalendar.id) == calendar_id
    )
    found = (await session.exec(query.with_for_update(of=StayCalendar))).first()
    return _claim(*found, now) if found else None


_ADDRESSES = (
    select(StayCalendar, Accommodation.timezone)
    .join(Accommodation, col(Accommodation.id) == col(StayCalendar.accommodation_id))
    .where(col(StayCalendar.address_encrypted).is_not(None))
)


def _claim(calendar: StayCalendar, zone: str, now: datetime) -> ReadingJob:
    """While something is doubted it is read whole each time."""
    calendar.next_read_at = now + _CLAIM_LASTS
    doubted = calendar.doubted_since is not None
    return ReadingJob(
        calendar_id=calendar.id,
        account_id=calendar.account_id,
        address_encrypted=calendar.address_encrypted or "",
        zone=zone,
        etag=None if doubted else calendar.etag,
        last_modified=None if doubted else calendar.last_modified,
    )


async def record_calendar(
    session: AsyncSession,
    account_id: int,
    calendar_id: int,
    told: ReadCalendar,
    *,
    versions: Versions,
    today: date,
    now: datetime,
    jitter: float,
) -> Applied | None:
    """Write down what it tells; `today` is the date at the home. None when it was taken away."""
    calendar = await _locked(session, account_id, calendar_id)
    if calendar is None:
        return None
    applied = await apply_calendar(session, calendar, told, today, now)
    calendar.etag, calendar.last_modified = versions.etag, versions.last_modified
    calendar.portal = calendar.portal or told.portal
    calendar.stays = sum(
        stay.check_out >= today and stay.status not in NOBODY_COMES for stay in told.stays
    )
    calendar.blocks = told.blocks
    _came_well(calendar, applied, now, jitter)
    return applied


async def record_unchanged(
    session: AsyncSession, account_id: int, calendar_id: int, now: datetime, jitter: float
) -> None:
    """It is as it was when it was read last."""
    calendar = await _locked(session, account_id, calendar_id)
    if calendar is not None:
        _came_well(calendar, Applied(), now, jitter)


async def record_failure(
    session: AsyncSession,
    account_id: int,
    calendar_id: int,
    problem: str,
    now: datetime,
    jitter: float,
) -> None:
    """Nothing came of it: what is known stays, and the next try waits the longer."""
    calendar = await _locked(session, account_id, calendar_id)
    if calendar is None:
        return
    calendar.failures += 1
    calendar.tried_at, calendar.problem = now, problem
    if calendar.address_encrypted is not None:
        calendar.next_read_at = now + pause_after(calendar.failures, jitter)
    session.add(calendar)


def _came_well(calendar: StayCalendar, applied: Applied, now: datetime, jitter: float) -> None:
    calendar.failures = 0
    calendar.tried_at = calendar.read_at = now
    calendar.created, calendar.changed = applied.created, applied.changed
    calendar.cancelled = applied.cancelled
    calendar.problem = CalendarProblem.DOUBTFUL if applied.doubtful else ""
    calendar.doubted_since = (calendar.doubted_since or now) if applied.doubtful else None
    if calendar.address_encrypted is not None:
        calendar.next_read_at = now + pause_after(0, jitter)


async def _locked(session: AsyncSession, account_id: int, calendar_id: int) -> StayCalendar | None:
    query = select(StayCalendar).where(
        col(StayCalendar.account_id) == account_id, col(StayCalendar.id) == calendar_id
    )
    return (await session.exec(query.with_for_update())).one_or_none()
