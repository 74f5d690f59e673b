"""What calendars tell becomes reservations: made once, moved, cancelled, never against what the
property-management system says (A4)."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.calendars.parse import read_calendar
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Reservation, ReservationGuest, StayCalendar
from inbox_app.services.calendars.apply_calendar import Applied
from inbox_app.services.calendars.read_in_turns import Versions, record_calendar
from inbox_app.services.calendars.write_calendar import remove_calendar
from inbox_app.services.stays.put_reservation import GivenReservation, put_reservation
from tests.support.factories import ADA_PHONE, World, add, make_account
from tests.support.samples.calendars import calendar, event

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.postgresql("the only run of its statements"),
]

TODAY = date(2026, 11, 20)
Read = Callable[..., Awaitable[Applied]]
Seen = list[tuple[str, str, str]]


@pytest.fixture
async def home(database: Database, world: World, now: datetime) -> int:
    return await _make_home(database, world.account_id, now)


@pytest.fixture
async def airbnb(database: Database, world: World, home: int, now: datetime) -> int:
    return await _make_calendar(database, world.account_id, home, now, "airbnb")


@pytest.fixture
async def vrbo(database: Database, world: World, home: int, now: datetime) -> int:
    return await _make_calendar(database, world.account_id, home, now, "vrbo")


async def _make_home(database: Database, account_id: int, now: datetime) -> int:
    async with database.transaction() as session:
        home = Accommodation(
            account_id=account_id,
            external_id="casa",
            name="Casa Blu",
            timezone="Europe/Rome",
            created_at=now,
        )
        return (await add(session, home)).id


async def _make_calendar(
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


async def _read(
    database: Database, calendar_id: int, *events: str, today: date = TODAY, **given: Any
) -> Applied:
    now: datetime = given["now"]
    async with database.transaction() as session:
        kept = (
            await session.exec(select(StayCalendar).where(col(StayCalendar.id) == calendar_id))
        ).one()
        told = read_calendar(calendar(*events), "Europe/Rome")
        applied = await record_calendar(
            session,
            kept.account_id,
            kept.id,
            told,
            versions=Versions(),
            today=today,
            now=now,
            jitter=0.5,
        )
        assert applied is not None
        return applied


@pytest.fixture
def read(database: Database, now: datetime) -> Read:
    async def of(calendar_id: int, *events: str, **given: Any) -> Applied:
        return await _read(database, calendar_id, *events, **({"now": now} | given))

    return of


async def _stays(database: Database, home: int) -> Seen:
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


async def _only(session: AsyncSession, home: int) -> Reservation:
    query = select(Reservation).where(col(Reservation.accommodation_id) == home)
    return (await session.exec(query)).one()


async def _put(
    database: Database, world: World, now: datetime, *, guests: tuple[str, ...] = (), **given: Any
) -> None:
    facts: dict[str, Any] = {
        "code": "CB-1",
        "check_in": date(2026, 12, 1),
        "check_out": date(2026, 12, 4),
        "status": ReservationStatus.CONFIRMED,
    }
    async with database.transaction() as session:
        reservation = GivenReservation(accommodation="casa", guests=guests, **(facts | given))
        await put_reservation(session, world.account_id, "pms-1", reservation, now)


ANNA = event("Reserved - Anna", uid="a")
ANNA_MOVED = event("Reserved - Anna", uid="a", from_day="20261202", to_day="20261206")
BERTA = event("Reserved - Berta", uid="b", from_day="20261210", to_day="20261212")
CODED = event("Guest (HMABCD1234)", "DESCRIPTION:Phone Number (Last 4 Digits): 4567", uid="c")


async def test_stays_come_once_however_often_they_are_read(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    assert await read(airbnb, ANNA, BERTA) == Applied(created=2)
    assert await read(airbnb, ANNA, BERTA) == Applied()
    assert await _stays(database, home) == [
        ("Anna", "1201-1204", "confirmed"),
        ("Berta", "1210-1212", "confirmed"),
    ]


async def test_moved_dates_move_the_stay(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    assert await read(airbnb, ANNA_MOVED) == Applied(changed=1)
    assert await _stays(database, home) == [("Anna", "1202-1206", "confirmed")]


async def test_what_vanishes_is_cancelled_and_comes_back(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, ANNA) == Applied(cancelled=1)
    assert ("Berta", "1210-1212", "cancelled") in await _stays(database, home)
    assert await read(airbnb, ANNA, BERTA) == Applied(changed=1)
    assert ("Berta", "1210-1212", "confirmed") in await _stays(database, home)


async def test_who_has_arrived_is_not_cancelled_by_vanishing(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, BERTA, today=date(2026, 12, 1)) == Applied()
    assert ("Anna", "1201-1204", "confirmed") in await _stays(database, home)


async def test_an_empty_calendar_cancels_nothing_until_it_was_empty_for_a_day(
    database: Database, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA)
    for hours in (0, 1, 23):
        applied = await read(airbnb, now=now + timedelta(hours=hours))
        assert applied == Applied(doubtful=True)
    assert await _stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    assert await read(airbnb, now=now + timedelta(hours=25)) == Applied(cancelled=1)


async def test_a_doubt_is_over_once_the_stays_are_back(
    database: Database, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA)
    await read(airbnb)
    await read(airbnb, ANNA, now=now + timedelta(hours=2))
    assert (await read(airbnb, now=now + timedelta(hours=30))).doubtful


async def test_an_entry_that_says_that_it_is_cancelled_is_believed_at_once(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    over = event("Reserved - Anna", "STATUS:CANCELLED", uid="a")
    assert await read(airbnb, over) == Applied(cancelled=1)
    assert await read(airbnb, over) == Applied()


async def test_an_entry_that_nobody_can_read_any_more_is_not_missed(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    broken = event("Reserved - Anna", "DTSTART:soon", uid="a", dates=False)
    assert await read(airbnb, broken, BERTA) == Applied()


async def test_a_stay_that_became_a_block_is_cancelled(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, event("Airbnb (Not available)", uid="a"), BERTA) == Applied(
        cancelled=1
    )


async def test_two_portals_that_list_the_same_dates_list_one_stay(
    database: Database, home: int, airbnb: int, vrbo: int, read: Read
) -> None:
    await read(airbnb, CODED)
    assert await read(vrbo, event("Reserved - Anna", uid="v")) == Applied()
    assert await _stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    assert await read(airbnb, BERTA) == Applied(created=1)
    assert ("Anna", "1201-1204", "confirmed") in await _stays(database, home)
    carla = event("Reserved - Carla", uid="w", from_day="20270101", to_day="20270104")
    assert await read(vrbo, carla) == Applied(created=1, cancelled=1)


async def test_a_calendar_that_lags_behind_does_not_move_a_stay_back(
    database: Database, home: int, airbnb: int, vrbo: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    await read(vrbo, event("Reserved", uid="v"))
    await read(airbnb, ANNA_MOVED)
    assert await read(vrbo, event("Reserved", uid="v")) == Applied()
    assert await _stays(database, home) == [("Anna", "1202-1206", "confirmed")]


async def test_what_the_system_knows_is_not_changed_but_completed(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await _put(database, world, now, portal_code="HMABCD1234", check_out=date(2026, 12, 5))
    assert await read(airbnb, CODED) == Applied()
    async with database.reading() as session:
        stay = await _only(session, home)
    assert (stay.code, stay.check_out, stay.phone_ending) == ("CB-1", date(2026, 12, 5), "4567")
    assert await read(airbnb, BERTA) == Applied(created=1)
    assert ("CB-1", "1201-1205", "confirmed") in await _stays(database, home)


async def test_what_the_system_tells_later_takes_the_place_of_what_a_calendar_told(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await read(airbnb, CODED)
    async with database.transaction() as session:
        told = await _only(session, home)
        guest = ReservationGuest(
            account_id=world.account_id, reservation_id=told.id, actor_id=world.ada_id
        )
        await add(session, guest)
    await _put(database, world, now)
    async with database.reading() as session:
        stay = await _only(session, home)
        guests = await session.exec(
            select(ReservationGuest.actor_id).where(col(ReservationGuest.reservation_id) == stay.id)
        )
        assert list(guests) == [world.ada_id]
    assert (stay.external_id, stay.phone_ending, stay.from_calendar) == ("pms-1", "4567", False)
    assert await read(airbnb, CODED) == Applied()
    assert len(await _stays(database, home)) == 1


async def test_dates_that_the_system_gave_back_may_be_booked_anew(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await _put(database, world, now, status=ReservationStatus.CANCELLED)
    assert await read(airbnb, ANNA) == Applied(created=1)
    await _put(database, world, now, status=ReservationStatus.CANCELLED)
    assert len(await _stays(database, home)) == 2


async def test_a_whole_number_brings_the_only_person_who_has_it(
    database: Database, world: World, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, event("Reserved - A.", f"DESCRIPTION:Phone: {ADA_PHONE}", uid="a"))
    async with database.reading() as session:
        guests = (await session.exec(select(ReservationGuest.actor_id))).all()
    assert guests == [world.ada_id]


async def test_what_was_over_long_ago_is_left_out(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    assert await read(airbnb, ANNA, today=date(2027, 3, 1)) == Applied()
    assert await _stays(database, home) == []


async def test_a_calendar_taken_away_takes_its_stays_to_come_along_until_it_is_back(
    database: Database, world: World, home: int, airbnb: int, vrbo: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA, BERTA)
    await read(vrbo, event("Reserved", uid="v"))
    before = now.replace(year=2026, month=11, day=20)
    async with database.transaction() as session:
        await remove_calendar(session, world.account_id, airbnb, before)
    assert await _stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    again = await _make_calendar(database, world.account_id, home, now, "again")
    assert await read(again, ANNA, BERTA) == Applied(changed=1)
    assert len(await _stays(database, home)) == 2


async def test_accounts_do_not_mix(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    there = await _make_home(database, other, now)
    theirs = await _make_calendar(database, other, there, now, "airbnb")
    await read(airbnb, CODED)
    assert await read(theirs, CODED) == Applied(created=1)
    assert await read(theirs, BERTA) == Applied(created=1, cancelled=1)
    assert await _stays(database, home) == [("HMABCD1234", "1201-1204", "confirmed")]
