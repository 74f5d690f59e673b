"""Calendars beside each other and beside the property-management system, whose word counts (A4)."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Reservation, ReservationGuest
from inbox_app.services.calendars.apply_calendar import Applied
from inbox_app.services.calendars.write_calendar import remove_calendar
from inbox_app.services.stays.put_reservation import GivenReservation, put_reservation
from tests.services.calendars.homes import (
    ANNA,
    ANNA_MOVED,
    BERTA,
    Read,
    make_calendar,
    make_home,
    stays,
)
from tests.support.factories import ADA_PHONE, World, add, make_account
from tests.support.samples.calendars import event

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.postgresql("the only run of its statements"),
]


@pytest.fixture
async def vrbo(database: Database, world: World, home: int, now: datetime) -> int:
    return await make_calendar(database, world.account_id, home, now, "vrbo")


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


CODED = event("Guest (HMABCD1234)", "DESCRIPTION:Phone Number (Last 4 Digits): 4567", uid="c")


async def test_two_portals_that_list_the_same_dates_list_one_stay(
    database: Database, home: int, airbnb: int, vrbo: int, read: Read
) -> None:
    await read(airbnb, CODED)
    assert await read(vrbo, event("Reserved - Anna", uid="v")) == Applied()
    assert await stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    assert await read(airbnb, BERTA) == Applied(created=1)
    assert ("Anna", "1201-1204", "confirmed") in await stays(database, home)
    carla = event("Reserved - Carla", uid="w", from_day="20270101", to_day="20270104")
    assert await read(vrbo, carla) == Applied(created=1, cancelled=1)


async def test_a_calendar_that_lags_behind_does_not_move_a_stay_back(
    database: Database, home: int, airbnb: int, vrbo: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    await read(vrbo, event("Reserved", uid="v"))
    await read(airbnb, ANNA_MOVED)
    assert await read(vrbo, event("Reserved", uid="v")) == Applied()
    assert await stays(database, home) == [("Anna", "1202-1206", "confirmed")]


async def test_what_the_system_knows_is_not_changed_but_completed(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await _put(database, world, now, portal_code="HMABCD1234", check_out=date(2026, 12, 5))
    assert await read(airbnb, CODED) == Applied()
    async with database.reading() as session:
        stay = await _only(session, home)
    assert (stay.code, stay.check_out, stay.phone_ending) == ("CB-1", date(2026, 12, 5), "4567")
    assert await read(airbnb, BERTA) == Applied(created=1)
    assert ("CB-1", "1201-1205", "confirmed") in await stays(database, home)


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
    assert len(await stays(database, home)) == 1


async def test_dates_that_the_system_gave_back_may_be_booked_anew(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await _put(database, world, now, status=ReservationStatus.CANCELLED)
    assert await read(airbnb, ANNA) == Applied(created=1)
    await _put(database, world, now, status=ReservationStatus.CANCELLED)
    assert len(await stays(database, home)) == 2


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
    assert await stays(database, home) == []


async def test_a_calendar_taken_away_takes_its_stays_to_come_along_until_it_is_back(
    database: Database, world: World, home: int, airbnb: int, vrbo: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA, BERTA)
    await read(vrbo, event("Reserved", uid="v"))
    before = now.replace(year=2026, month=11, day=20)
    async with database.transaction() as session:
        await remove_calendar(session, world.account_id, airbnb, before)
    assert await stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    again = await make_calendar(database, world.account_id, home, now, "again")
    assert await read(again, ANNA, BERTA) == Applied(changed=1)
    assert len(await stays(database, home)) == 2


async def test_accounts_do_not_mix(
    database: Database, world: World, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    there = await make_home(database, other, now)
    theirs = await make_calendar(database, other, there, now, "airbnb")
    await read(airbnb, CODED)
    assert await read(theirs, CODED) == Applied(created=1)
    assert await read(theirs, BERTA) == Applied(created=1, cancelled=1)
    assert await stays(database, home) == [("HMABCD1234", "1201-1204", "confirmed")]
