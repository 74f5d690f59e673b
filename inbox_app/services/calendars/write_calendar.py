"""Calendars of a home, as property managers give and take them away (A4)."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.calendars.addresses import masked
from inbox_app.domain.calendars.portals import portal_of_address
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Accommodation, CalendarEntry, Reservation, StayCalendar
from inbox_app.vault import Vault

MOST_PER_HOME = 20


class CalendarTakenError(Exception):
    """The account reads this address already; `home` is the name of the home it is read for."""

    def __init__(self, home: str) -> None:
        super().__init__("taken")
        self.home = home


class TooManyCalendarsError(Exception):
    """The home has as many as it may have."""


async def add_address(
    session: AsyncSession,
    *,
    account_id: int,
    accommodation_id: int,
    address: str,
    now: datetime,
    vault: Vault,
) -> StayCalendar:
    """To be read at once; `address` is https. Raises ``NotFoundError``, ``CalendarTakenError`` and
    ``TooManyCalendarsError``."""
    return await _add(
        session,
        StayCalendar(
            account_id=account_id,
            accommodation_id=accommodation_id,
            address_encrypted=vault.encrypt(address),
            address_key=vault.sign(address, f"calendar of {account_id}"),
            label=masked(address),
            portal=portal_of_address(address),
            next_read_at=now,
            created_at=now,
        ),
    )


async def add_file(
    session: AsyncSession,
    *,
    account_id: int,
    accommodation_id: int,
    portal: str,
    name: str,
    now: datetime,
) -> StayCalendar:
    """The files of one portal for one home are one calendar: the next says what has changed."""
    key = f"file {accommodation_id} {portal}"
    query = select(StayCalendar).where(
        col(StayCalendar.account_id) == account_id, col(StayCalendar.address_key) == key
    )
    known = (await session.exec(query.with_for_update())).one_or_none()
    if known is not None:
        known.label = name
        session.add(known)
        return known
    calendar = StayCalendar(
        account_id=account_id,
        accommodation_id=accommodation_id,
        address_key=key,
        label=name,
        portal=portal,
        created_at=now,
    )
    return await _add(session, calendar)


async def remove_calendar(
    session: AsyncSession, account_id: int, calendar_id: int, now: datetime
) -> None:
    """Its stays to come that nobody else tells of go with it; another calendar that lists them, or
    the same once more, brings them back with their guests. Raises ``NotFoundError``."""
    query = select(StayCalendar).where(
        col(StayCalendar.account_id) == account_id, col(StayCalendar.id) == calendar_id
    )
    calendar = (await session.exec(query.with_for_update())).one_or_none()
    if calendar is None:
        raise NotFoundError
    told = select(CalendarEntry.reservation_id).where(
        col(CalendarEntry.account_id) == account_id, col(CalendarEntry.calendar_id) == calendar_id
    )
    reservations = list(await session.exec(told))
    await session.delete(calendar)
    await session.flush()
    elsewhere = select(CalendarEntry.reservation_id).where(
        col(CalendarEntry.account_id) == account_id, col(CalendarEntry.gone_at).is_(None)
    )
    await session.exec(
        update(Reservation)
        .where(
            col(Reservation.account_id) == account_id,
            col(Reservation.id).in_(reservations),
            col(Reservation.id).not_in(elsewhere),
            col(Reservation.from_calendar),
            col(Reservation.check_in) > now.date(),
        )
        .values(archived_at=now)
    )


async def _add(session: AsyncSession, calendar: StayCalendar) -> StayCalendar:
    """Who gives another calendar to the same home waits: they are counted."""
    of = (
        col(Accommodation.account_id) == calendar.account_id,
        col(Accommodation.id) == calendar.accommodation_id,
    )
    home = select(Accommodation.id).where(*of, col(Accommodation.archived_at).is_(None))
    if (await session.exec(home.with_for_update())).first() is None:
        raise NotFoundError
    count = select(func.count()).where(
        col(StayCalendar.account_id) == calendar.account_id,
        col(StayCalendar.accommodation_id) == calendar.accommodation_id,
    )
    if (await session.exec(count)).one() >= MOST_PER_HOME:
        raise TooManyCalendarsError
    try:
        async with session.begin_nested():
            session.add(calendar)
            await session.flush()
    except IntegrityError:
        raise CalendarTakenError(await _home_of(session, calendar)) from None
    return calendar


async def _home_of(session: AsyncSession, calendar: StayCalendar) -> str:
    query = (
        select(Accommodation.name)
        .join(StayCalendar, col(StayCalendar.accommodation_id) == col(Accommodation.id))
        .where(
            col(StayCalendar.account_id) == calendar.account_id,
            col(StayCalendar.address_key) == calendar.address_key,
        )
    )
    return (await session.exec(query)).first() or ""
