"""Tasks from a table: known again, checked line by line, taken back (A3)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import Accommodation, Actor, Task
from inbox_app.queries.imports.report import refused_lines
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.services.tasks import write_task
from tests.queries.conversations import book
from tests.support.factories import World, add, make_actor
from tests.support.importing import Importer, Table

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

HEAD = ["Operazione", "Tipo", "Stato", "Alloggio", "Prenotazione", "Fornitore", "Scadenza", "Ora"]
TASKS: Table = [
    HEAD,
    ["Pulizia", "pulizie", None, "casa blu", "A1", "Pulizie Rossi", "25/12/2026", "10:00"],
    ["Caldaia", "Riparazione", "fatta", "casa blu", None, None, "26/12/2026 18:30", None],
    ["Chiavi", None, None, None, "A1", None, "27/12/2026", None],
]


@pytest.fixture
async def importer(database: Database, world: World, now: datetime) -> Importer:
    async with database.transaction() as session:
        home = {"account_id": world.account_id, "timezone": "Europe/Rome", "created_at": now}
        await add(session, Accommodation(name="Casa Blu", **home))
        await book(session, world.account_id, world.ada_id, now, "A1", timezone="Asia/Tokyo")
    return Importer(database, world.account_id, now)


async def tasks(database: Database, world: World) -> list[Task]:
    query = select(Task).where(col(Task.account_id) == world.account_id).order_by(col(Task.id))
    async with database.reading() as session:
        return list(await session.exec(query))


async def test_tasks_come_in_at_their_homes_times(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    row = await importer.all("tasks", TASKS)
    assert (row.state, row.created, row.refused) == (ImportState.IMPORTED, 3, 0)
    cleaning, boiler, keys = await tasks(database, world)
    assert (cleaning.kind, cleaning.status) == (TaskKind.CLEANING, TaskStatus.OPEN)
    assert (cleaning.supplier_id, cleaning.asked_at) == (world.pulizie_rossi_id, now)
    assert cleaning.reservation_id is not None
    assert cleaning.due_at == datetime(2026, 12, 25, 9, tzinfo=UTC)
    assert (boiler.status, boiler.closed_at) == (TaskStatus.DONE, now)
    assert boiler.due_at == datetime(2026, 12, 26, 17, 30, tzinfo=UTC)
    assert (keys.kind, keys.due_at) == (
        TaskKind.OTHER,
        datetime(2026, 12, 27, 14, 59, tzinfo=UTC),
    )


async def test_they_are_known_again_without_a_key(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("tasks", TASKS)
    done = [HEAD, [*TASKS[1][:2], "fatta", *TASKS[1][3:]], *TASKS[2:]]
    await importer.take_in("tasks", done)
    await importer.check()
    assert await importer.told() == [
        (2, Outcome.CHANGED, ["task_status"]),
        (3, Outcome.UNCHANGED, None),
        (4, Outcome.UNCHANGED, None),
    ]
    await importer.run()
    assert [each.status for each in await tasks(database, world)][:2] == [TaskStatus.DONE] * 2
    await importer.undo()
    first, *_ = await tasks(database, world)
    assert (first.status, first.closed_at) == (TaskStatus.OPEN, None)


async def test_lines_that_name_what_is_not_there_are_refused(importer: Importer) -> None:
    lines: Table = [
        HEAD,
        ["a", None, None, "Casa Gialla", None, None, None, None],
        ["b", None, None, None, "A9", None, None, None],
        ["c", None, None, None, None, "Ada Bianchi", None, None],
        ["d", "astronautica", None, None, None, None, None, None],
        ["e", None, None, None, None, None, "31/02/2026", None],
        [None, "pulizie", None, None, None, None, None, None],
        ["f", None, None, None, None, None, "28/12/2026", None],
        ["f", None, None, None, None, None, "28/12/2026", None],
    ]
    await importer.take_in("tasks", lines)
    await importer.check()
    assert [why for _, _, why in await importer.told()] == [
        ("unknown_accommodation", "Casa Gialla"),
        ("unknown_reservation", "A9"),
        ("no_supplier", "Ada Bianchi"),
        ("bad_task_kind", "astronautica"),
        ("bad_date", "31/02/2026"),
        ("missing", ""),
        None,
        ("repeated", "8"),
    ]


async def test_a_supplier_who_is_not_known_or_not_the_only_one_is_told_with_line_and_way_out(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for name in ("Idraulico Neri", "idraulico NERI", "Giuseppe Verdi"):
            await make_actor(session, world.account_id, now, name, ActorKind.SUPPLIER)
        away = await make_actor(session, world.account_id, now, "Via Srl", ActorKind.SUPPLIER)
        away.archived_at = now
        session.add(away)
    suppliers = ("Sconosciuto Srl", "Idraulico Neri", "Via Srl", "Ada Bianchi", "giuseppe verdi")
    lines = [[f"Lavoro {number}", name] for number, name in enumerate(suppliers)]
    await importer.take_in("tasks", [["Operazione", "Fornitore"], *lines])
    await importer.check()
    async with database.reading() as session:
        refused = await refused_lines(session, world.account_id, importer.id)
    assert [(each.line, each.field, each.sentence) for each in refused] == [
        (
            2,
            "supplier",
            "no supplier has the key or the name “Sconosciuto Srl”: import or add them first",
        ),
        (
            3,
            "supplier",
            "several suppliers are called “Idraulico Neri”: "
            "write the key of one, or merge or rename them",
        ),
        (
            4,
            "supplier",
            "no supplier has the key or the name “Via Srl”: import or add them first",
        ),
        (
            5,
            "supplier",
            "“Ada Bianchi” is on file, but not as a supplier: correct the actor or the line",
        ),
    ]
    row = await importer.run(without_refused=True)
    assert (row.created, row.refused) == (1, 4)
    (task,) = await tasks(database, world)
    assert task.title == "Lavoro 4"


async def test_undoing_leaves_what_somebody_has_changed_since(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    await importer.all("tasks", TASKS)
    cleaning, *_ = await tasks(database, world)
    async with database.transaction() as session:
        of = (session, world.account_id, cleaning.id, TaskStatus.DONE)
        await write_task.set_status(*of, now + timedelta(hours=1))
    row = await importer.undo()
    assert (row.undone, row.kept) == (2, 1)
    assert [task.id for task in await tasks(database, world)] == [cleaning.id]


async def test_a_home_and_a_supplier_with_tasks_outlast_the_undoing_of_their_import(
    database: Database, world: World, now: datetime
) -> None:
    homes = Importer(database, world.account_id, now)
    await homes.all("accommodations", [["Name"], ["Casa Blu"]])
    people = Importer(database, world.account_id, now)
    await people.all("actors", [["Nome", "Ruolo"], ["Idraulico", "fornitore"]])
    table: Table = [
        ["Operazione", "Alloggio", "Fornitore"],
        ["Caldaia", "Casa Blu", "Idraulico"],
    ]
    await Importer(database, world.account_id, now).all("tasks", table)
    assert (await homes.undo()).kept == 1
    assert (await people.undo()).kept == 1


async def test_the_key_of_a_supplier_who_was_merged_means_who_they_turned_out_to_be(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        second = await make_actor(session, world.account_id, now, "Rossi", ActorKind.SUPPLIER)
        rossi = await session.get_one(Actor, world.pulizie_rossi_id)
        rossi.external_id, second.external_id = "pms-1", "pms-rossi"
        session.add_all([rossi, second])
        await session.flush()
        await merge_actors(
            session, account_id=world.account_id, kept_id=world.pulizie_rossi_id,
            gone_id=second.id, user_id=world.marta_id, now=now,
        )  # fmt: skip
    await importer.all("tasks", [["Operazione", "Fornitore"], ["Pulizia", "pms-rossi"]])
    (task,) = await tasks(database, world)
    assert task.supplier_id == world.pulizie_rossi_id
