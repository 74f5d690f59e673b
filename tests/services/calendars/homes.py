"""Homes with calendars, read again and again."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.models import Accommodation, Reservation, StayCalendar
from inbox_app.services.calendars.apply_calendar import Applied
from tests.support.factories import add
from tests.support.samples.calendars import event

TODAY = date(2026, 11, 20)


Read = Callable[..., Awaitable[Applied]]


Seen = list[tuple[str, str, str]]


async def make_home(database: Database, account_id: int, now: datetime) -> int:
    async with database.transaction() as session:
        home = Accommodation(
            account_id=account_id,
            external_id="casa",
            name="Casa Blu",
            timezone="Europe/Rome",
            created_at=now,
        )
        return (await add(session, home)).id


async def make_calendar(
    database: Database, account_id: int, home: int, now: datetime, key: str
) -> int:
    async with database.transaction() as session:
        kept = StayCalendar(
            account_id=account_id,
            accommodation_id=home,
            address_encrypted="x",
            address_key=key,
            label=key,
            created_at=now,
        )
        return (await add(session, kept)).id


async def stays(database: Database, home: int) -> Seen:
    async with database.reading() as session:
        query = select(Reservation).where(
            col(Reservation.accommodation_id) == home, col(Reservation.archived_at).is_(None)
        )
        rows = (await session.exec(query)).all()
    found = (
        (row.guest_name or row.code, f"{row.check_in:%m%d}-{row.check_out:%m%d}", row.status.value)
        for row in rows
    )
    return sorted(found)


ANNA = event("Reserved - Anna", uid="a")
ANNA_MOVED = event("Reserved - Anna", uid="a", from_day="20261202", to_day="20261206")
BERTA = event("Reserved - Berta", uid="b", from_day="20261210", to_day="20261212")
