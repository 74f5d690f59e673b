"""Reservations written by hand: they stand beside the guest's conversation at once (A3)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.accounts.audit import AuditKind
from inbox_app.domain.calendars.told import ReadCalendar, ToldStay
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.reservations import ReservationProblem, WrittenReservation
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Reservation, StayCalendar, Task
from inbox_app.queries.audit.trail import TrailFilter, trail
from inbox_app.queries.people.actor_record import actor_record
from inbox_app.queries.stays import reservations_by_hand
from inbox_app.services.calendars.apply_calendar import apply_calendar
from inbox_app.services.stays.write_reservation import (
    ReservationRefusedError,
    change_reservation,
    create_reservation,
    delete_reservation,
)
from tests.support.factories import World, add, make_account, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

STAY = WrittenReservation(
    home_id=None,
    check_in=date(2026, 12, 5),
    check_out=date(2026, 12, 12),
    status=ReservationStatus.CONFIRMED,
    code="CB-9001",
    portal="Direct",
    arrival_time="21:30",
    adults=2,
    total=Decimal("420.50"),
    balance=Decimal(0),
    currency="EUR",
    notes="Two cots",
)


@pytest.fixture
async def home(database: Database, world: World, now: datetime) -> Accommodation:
    async with database.transaction() as session:
        return await add(
            session,
            Accommodation(
                account_id=world.account_id, name="Casa Verde", timezone="Europe/Rome",
                created_at=now,
            ),
        )  # fmt: skip


@pytest.fixture
def written(home: Accommodation) -> WrittenReservation:
    return replace(STAY, home_id=home.id)


@pytest.fixture
async def kept(
    database: Database, world: World, written: WrittenReservation, now: datetime
) -> Reservation:
    async with database.transaction() as session:
        return await create_reservation(session, world.account_id, world.ada_id, written, now)


async def test_it_is_on_the_guests_record_and_told_again_as_it_was_written(
    database: Database, world: World, kept: Reservation, now: datetime
) -> None:
    async with database.reading() as session:
        record = await actor_record(session, world.account_id, world.ada_id, now)
        told = await reservations_by_hand.written(session, world.account_id, kept.id)
        begun = await reservations_by_hand.begun(session, world.account_id, world.ada_id)
    assert record is not None
    (row,) = record["stays"]
    assert (row["code"], row["accommodation"], row["by_hand"]) == ("CB-9001", "Casa Verde", True)
    assert told is not None
    assert (told["home"], told["check_in"], told["total"]) == ("Casa Verde", "2026-12-05", "420.50")
    assert (told["arrival_time"], told["adults"], told["notes"]) == ("21:30", "2", "Two cots")
    assert begun is not None
    assert (begun["guest"], begun["currency"], begun["check_in"]) == (str(world.ada_id), "EUR", "")


async def test_it_is_changed_but_what_another_system_tells_is_not(
    database: Database, world: World, written: WrittenReservation, kept: Reservation, now: datetime
) -> None:
    async with database.transaction() as session:
        later = replace(written, check_out=date(2026, 12, 14), total=None, balance=None)
        changed = await change_reservation(session, world.account_id, kept.id, later)
        assert (changed.check_out, changed.total, changed.currency) == (
            date(2026, 12, 14), None, None,
        )  # fmt: skip
        elsewhere: tuple[dict[str, Any], ...] = ({"external_id": "pms-1"}, {"from_calendar": True})
        for foreign in elsewhere:
            told = Reservation(
                account_id=world.account_id, code="X", accommodation_id=kept.accommodation_id,
                check_in=date(2027, 1, 1), check_out=date(2027, 1, 2),
                status=ReservationStatus.CONFIRMED, created_at=now, **foreign,
            )  # fmt: skip
            await add(session, told)
            assert await reservations_by_hand.written(session, world.account_id, told.id) is None
            with pytest.raises(NotFoundError):
                await change_reservation(session, world.account_id, told.id, later)
            with pytest.raises(NotFoundError):
                await delete_reservation(session, world.account_id, told.id, world.marta_id, now)


async def test_deleted_it_is_gone_with_an_entry_and_its_tasks_stay(
    database: Database, world: World, kept: Reservation, now: datetime
) -> None:
    async with database.transaction() as session:
        task = Task(
            account_id=world.account_id, title="Two cots", kind=TaskKind.OTHER,
            status=TaskStatus.OPEN, reservation_id=kept.id, created_at=now,
        )  # fmt: skip
        await add(session, task)
        await delete_reservation(session, world.account_id, kept.id, world.marta_id, now)
    async with database.reading() as session:
        record = await actor_record(session, world.account_id, world.ada_id, now)
        (entry,) = await trail(session, world.account_id, "en", TrailFilter(kind=AuditKind.PEOPLE))
        left = await session.get(Task, task.id)
    async with database.transaction() as session:
        with pytest.raises(NotFoundError):
            await delete_reservation(session, world.account_id, kept.id, world.marta_id, now)
    assert record is not None
    assert record["stays"] == []
    assert entry["said"].endswith("deleted a reservation of Ada Bianchi")
    assert left is not None
    assert (left.reservation_id, left.accommodation_id) == (None, kept.accommodation_id)


async def test_what_a_calendar_told_of_the_same_nights_is_told_anew_once_it_is_deleted(
    database: Database, world: World, home: Accommodation, now: datetime
) -> None:
    told = ReadCalendar(
        stays=(ToldStay(uid="1", check_in=date(2026, 12, 5), check_out=date(2026, 12, 12)),),
        blocks=0,
        portal="",
    )
    async with database.transaction() as session:
        calendar = StayCalendar(
            account_id=world.account_id, accommodation_id=home.id, address_key="a", label="a",
            created_at=now,
        )  # fmt: skip
        await add(session, calendar)
        await apply_calendar(session, calendar, told, now.date(), now)
        written = replace(STAY, home_id=home.id)
        kept = await create_reservation(session, world.account_id, world.ada_id, written, now)
        await delete_reservation(session, world.account_id, kept.id, world.marta_id, now)
        done = await apply_calendar(session, calendar, told, now.date(), now)
    assert done.created == 1


async def test_the_calendars_block_of_the_same_nights_ends_in_it(
    database: Database, world: World, home: Accommodation, now: datetime
) -> None:
    async with database.transaction() as session:
        of_calendar = Reservation(
            account_id=world.account_id, code="", accommodation_id=home.id,
            check_in=date(2026, 12, 5), check_out=date(2026, 12, 12), phone_ending="4567",
            status=ReservationStatus.CONFIRMED, from_calendar=True, created_at=now,
        )  # fmt: skip
        await add(session, of_calendar)
        written = replace(STAY, home_id=home.id)
        kept = await create_reservation(session, world.account_id, world.ada_id, written, now)
        of_home = select(Reservation).where(
            col(Reservation.account_id) == world.account_id,
            col(Reservation.accommodation_id) == home.id,
        )
        (only,) = (await session.exec(of_home)).all()
        assert (only.id, only.phone_ending) == (kept.id, "4567")


async def test_what_is_another_companys_is_not_there(
    database: Database, world: World, written: WrittenReservation, kept: Reservation, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        theirs = await make_actor(session, other, now, "Their Guest", ActorKind.GUEST)
        with pytest.raises(ReservationRefusedError) as refused:
            await create_reservation(session, other, theirs.id, written, now)
        assert refused.value.problem is ReservationProblem.NO_HOME
        with pytest.raises(NotFoundError):
            await create_reservation(session, world.account_id, theirs.id, written, now)
        with pytest.raises(NotFoundError):
            await change_reservation(session, other, kept.id, written)
        with pytest.raises(NotFoundError):
            await delete_reservation(session, other, kept.id, world.marta_id, now)
        assert await reservations_by_hand.written(session, other, kept.id) is None
        assert await reservations_by_hand.begun(session, other, world.ada_id) is None
