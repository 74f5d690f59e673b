"""Since when a record is put away, asked for, closed or changed: a table sets it, and its undoing
puts it back (A3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Reservation, Task
from tests.support.factories import World, add, make_actor
from tests.support.importing import Importer, dump

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

BEFORE = timedelta(days=2)


@pytest.mark.parametrize(
    ("there", "table", "fields", "after"),
    [
        (
            {"archived_at": BEFORE},
            [["Key", "Description"], ["t-1", "again"]],
            ["description", "archived_at"],
            {"archived_at": None, "description": "again", "asked_at": BEFORE},
        ),
        (
            {},
            [["Key", "Supplier"], ["t-1", "Idraulico Neri"]],
            ["supplier"],
            {"archived_at": None, "asked_at": timedelta(0)},
        ),
        (
            {},
            [["Key", "Supplier", "Description"], ["t-1", "Pulizie Rossi", "new"]],
            ["description"],
            {"asked_at": BEFORE},
        ),
        (
            {"status": TaskStatus.DONE, "closed_at": BEFORE},
            [["Key", "Stato"], ["t-1", "annullata"]],
            ["task_status"],
            {"status": TaskStatus.CANCELLED, "closed_at": BEFORE},
        ),
    ],
    ids=["brought back", "handed over", "the same supplier", "closed otherwise"],
)
async def test_a_task_changes_by_what_the_line_says_and_is_as_it_was_when_undone(
    importer: Importer,
    database: Database,
    world: World,
    now: datetime,
    there: dict[str, Any],
    table: list[list[str]],
    fields: list[str],
    after: dict[str, Any],
) -> None:
    async with database.transaction() as session:
        await make_actor(session, world.account_id, now, "Idraulico Neri", ActorKind.SUPPLIER)
        values: dict[str, Any] = {"status": TaskStatus.OPEN, "asked_at": BEFORE} | there
        task = Task(
            account_id=world.account_id, external_id="t-1", title="Caldaia",
            kind=TaskKind.MAINTENANCE, supplier_id=world.pulizie_rossi_id,
            created_at=now - BEFORE, **_at(values, now),
        )  # fmt: skip
        await add(session, task)
    before = await dump(database)
    await importer.all("tasks", table)
    assert await importer.told() == [(2, Outcome.CHANGED, fields)]
    async with database.reading() as session:
        changed = (await session.exec(select(Task).where(col(Task.external_id) == "t-1"))).one()
    assert {name: getattr(changed, name) for name in after} == _at(after, now)
    row = await importer.undo()
    assert (row.undone, row.kept) == (1, 0)
    assert await dump(database) == before


async def test_what_was_put_away_is_put_away_again_since_the_same_time(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    of: dict[str, Any] = {"account_id": world.account_id, "archived_at": now - BEFORE}
    of |= {"external_id": "k", "created_at": now}
    async with database.transaction() as session:
        home = await add(session, Accommodation(name="Casa Blu", timezone="Europe/Rome", **of))
        dates = {"check_in": date(2026, 12, 1), "check_out": date(2026, 12, 5)}
        at = {"code": "A1", "accommodation_id": home.id, "status": ReservationStatus.CONFIRMED}
        await add(session, Reservation(**of, **dates, **at))
    for kind, heading in (("accommodations", "Parking"), ("reservations", "Notes")):
        before = await dump(database)
        await importer.all(kind, [["Key", heading], ["k", "yard"]])
        assert (await dump(database)) != before
        row = await importer.undo()
        assert (kind, row.undone, row.kept) == (kind, 1, 0)
        assert await dump(database) == before


async def test_of_two_tables_that_tell_of_somebody_the_second_is_taken_back_alone(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    await importer.all("actors", [["Name", "Notes"], ["Ada Bianchi", "first"]])
    before = await dump(database)
    later = Importer(database, world.account_id, now + timedelta(days=1))
    await later.all("actors", [["Name", "Notes"], ["Ada Bianchi", "second"]])
    row = await later.undo()
    assert (row.undone, row.kept) == (1, 0)
    assert await dump(database) == before


def _at(values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Times are told by how long ago they were."""
    return {
        name: now - value if isinstance(value, timedelta) else value
        for name, value in values.items()
    }
