"""Tables checked line by line, imported once, and taken back exactly (A3)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from inbox_app.database import Database
from inbox_app.domain.imports.dates import DateOrder
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorPhone,
    Conversation,
    DataImportLine,
    Reservation,
    ReservationGuest,
)
from inbox_app.queries.people.actor_search import actors_found
from inbox_app.services.imports import steps
from inbox_app.services.imports.steps import StepProblem, StepRefusedError
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.services.people.put_actor import GivenActor, put_actor
from tests.queries.conversations import begin
from tests.support.factories import World, add, make_account
from tests.support.importing import VAULT, Importer, Table

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

HOMES: Table = [
    ["Key", "Name", "Door code", "Check-in time"],
    ["blu", "Casa Blu", "2741#", "16:00"],
    ["sole", "Casa Sole", None, "3 pm"],
]
STAYS: Table = [
    ["Codice", "Alloggio", "Ospite", "Telefono", "Arrivo", "Partenza", "Totale", "Stato"],
    [
        "A1",
        "Casa Blu",
        "Zoë Lefèvre",
        "333 111 2233",
        "01/12/2026",
        "05/12/2026",
        "€ 1.250,50",
        "ok",
    ],
    [
        "A2",
        "blu",
        "Bob Stone",
        "+44 20 7946 0000",
        "13/12/2026",
        "15/12/2026",
        "€ 300",
        "annullata",
    ],
    ["A3", "Casa Sole", "Zoë Lefèvre", "+39 333 1112233", "20/12/2026", "22/12/2026", None, None],
]


@pytest.fixture
def importer(database: Database, world: World, now: datetime) -> Importer:
    return Importer(database, world.account_id, now)


async def _dump(database: Database) -> dict[str, list[str]]:
    """All rows but those of imports themselves, which tell of them, and what numbers ids."""
    aside = {"data_import", "data_import_line", "import_mapping", "audit_entry"}
    async with database.reading() as session:
        core = await session.connection()
        return {
            table.name: sorted([repr(tuple(row)) for row in await core.execute(table.select())])
            for table in SQLModel.metadata.sorted_tables
            if table.name not in aside
        }


async def _rows(database: Database, table: Any, account_id: int) -> list[Any]:
    query = select(table).where(col(table.account_id) == account_id).order_by(col(table.id))
    async with database.reading() as session:
        return list(await session.exec(query))


async def test_homes_and_stays_come_in_with_their_guests(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    row = await importer.all("reservations", STAYS)
    assert (row.state, row.created, row.refused) == (ImportState.IMPORTED, 3, 0)
    first, second, _ = await _rows(database, Reservation, world.account_id)
    assert (first.code, first.check_in, first.check_out) == (
        "A1",
        date(2026, 12, 1),
        date(2026, 12, 5),
    )
    assert (first.total, first.currency) == (Decimal("1250.50"), "EUR")
    assert second.status is ReservationStatus.CANCELLED
    blu, _ = await _rows(database, Accommodation, world.account_id)
    assert blu.check_in_time == "16:00"
    assert VAULT.decrypt(blu.door_code_encrypted) == "2741#"
    zoe = [a for a in await _rows(database, Actor, world.account_id) if a.name == "Zoë Lefèvre"]
    assert len(zoe) == 1
    numbers = [
        p for p in await _rows(database, ActorPhone, world.account_id) if p.actor_id == zoe[0].id
    ]
    assert [(p.raw, p.e164) for p in numbers] == [("333 111 2233", "+393331112233")]


async def test_the_check_says_line_by_line_what_would_happen_and_changes_nothing(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    before = await _dump(database)
    table = [
        STAYS[0],
        STAYS[1],
        ["A2", "Casa Sole", "Bob Stone", None, "13/12/2026", "16/12/2026", "€ 300", "annullata"],
        ["A4", "Casa Rossa", "Eva", None, "13/12/2026", "16/12/2026", None, None],
        ["A5", "blu", "Eva", None, "31/11/2026", "16/12/2026", None, None],
        ["A6", "blu", "Eva", None, "16/12/2026", "16/12/2026", None, None],
        ["a-1", "blu", "Eva", None, "16/12/2026", "17/12/2026", None, None],
        ["A7", "blu", "Eva", "not known", "16/12/2026", "17/12/2026", "12 $", None],
        ["A8", "blu", None, None, "16/12/2026", "17/12/2026", None, "perhaps"],
        [None, "blu", "Eva", None, "16/12/2026", "17/12/2026", None, None],
        ["A9", "blu", "Eva", "", "16/12/2026", "17/12/2026", None, "block"],
    ]
    await importer.take_in("reservations", table)
    row = await importer.check()
    assert await importer.told() == [
        (2, Outcome.UNCHANGED, None),
        (3, Outcome.CHANGED, ["check_out", "accommodation"]),
        (4, Outcome.REFUSED, ("unknown_accommodation", "Casa Rossa")),
        (5, Outcome.REFUSED, ("bad_date", "31/11/2026")),
        (6, Outcome.REFUSED, ("no_night", "2026-12-16")),
        (7, Outcome.REFUSED, ("repeated", "2")),
        (8, Outcome.REFUSED, ("no_currency", "")),
        (9, Outcome.REFUSED, ("bad_status", "perhaps")),
        (10, Outcome.REFUSED, ("missing", "")),
        (11, Outcome.NEW, None),
    ]
    assert (row.created, row.changed, row.unchanged, row.refused) == (1, 1, 1, 7)
    assert await _dump(database) == before


async def test_the_rest_goes_in_only_if_somebody_says_so(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.take_in("reservations", [*STAYS, ["A9", "Casa Rossa", "Eva", *[None] * 5]])
    await importer.check()
    with pytest.raises(StepRefusedError) as refused:
        await importer.run()
    assert refused.value.problem is StepProblem.REFUSED_LINES
    row = await importer.run(without_refused=True)
    assert (row.created, row.refused, row.counted) == (3, 1, 4)


async def test_a_table_imported_twice_changes_nothing(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    before = await _dump(database)
    for kind, table in (("accommodations", HOMES), ("reservations", STAYS)):
        await importer.take_in(kind, table)
        row = await importer.check()
        assert row.unchanged == len(table) - 1
        with pytest.raises(StepRefusedError) as refused:
            await importer.run()
        assert refused.value.problem is StepProblem.NOTHING
    assert await _dump(database) == before


async def test_an_import_undone_leaves_everything_as_it_was(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    before = await _dump(database)
    changed = [
        STAYS[0],
        [
            "A1",
            "Casa Sole",
            "Carla Neri",
            "333 999 8877",
            "02/12/2026",
            "06/12/2026",
            "€ 99",
            "no show",
        ],
        ["B1", "Casa Blu", "Carla Neri", "333 999 8877", "13/12/2026", "15/12/2026", None, None],
        ["A2", "Casa Blu", "Bob Stone", None, "13/12/2026", "15/12/2026", "€ 301", None],
    ]
    row = await importer.all("reservations", changed)
    assert (row.created, row.changed) == (1, 2)
    assert await _dump(database) != before
    row = await importer.undo()
    assert (row.state, row.undone, row.kept) == (ImportState.UNDONE, 3, 0)
    assert await _dump(database) == before


async def test_what_somebody_changed_since_is_kept_and_told(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    table = [[*STAYS[0], "Note"], [*STAYS[1], "late"], *([*line, None] for line in STAYS[2:])]
    table[1][6] = "€ 5"
    later = Importer(database, world.account_id, importer.now)
    await later.all("reservations", table)
    async with database.transaction() as session:
        query = select(Reservation).where(col(Reservation.code) == "A1")
        (await session.exec(query)).one().notes = "very late"
    row = await later.undo()
    assert (row.undone, row.kept) == (0, 1)
    assert (await later.told())[0] == (2, Outcome.KEPT, ["notes"])
    first, *_ = await _rows(database, Reservation, world.account_id)
    assert (first.total, first.notes) == (Decimal("1250.50"), "very late")
    row = await importer.undo()
    assert (row.undone, row.kept) == (2, 1)
    assert [r.code for r in await _rows(database, Reservation, world.account_id)] == ["A1"]


@pytest.mark.parametrize("stop_after", [1, 2])
async def test_who_is_killed_in_between_goes_on_where_it_was(
    importer: Importer, database: Database, world: World, stop_after: int
) -> None:
    await importer.all("accommodations", HOMES)
    lines = [
        [f"C{n}", "blu", f"Guest {n}", None, "13/12/2026", "15/12/2026", None, None]
        for n in range(8)
    ]
    await importer.take_in("reservations", [STAYS[0], *lines])
    await importer.check()
    async with database.transaction() as session:
        steps.run(session, await importer.row(session), without_refused=False, now=importer.now)
    for _ in range(stop_after):
        await importer.part()
    with pytest.raises(RuntimeError):
        await _killed(importer)
    row = await importer.work()
    assert (row.created, row.counted) == (8, 8)
    assert len(await _rows(database, Reservation, world.account_id)) == 8


async def _killed(importer: Importer) -> None:
    """Before the commit."""
    from inbox_app.services.imports import work

    async with importer.database.transaction() as session:
        await work.advance(
            session, importer.account_id, importer.id, limit=3, now=importer.now, vault=VAULT
        )
        raise RuntimeError


async def test_people_are_known_again_and_who_waits_is_linked(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393335556677")
    before = await _dump(database)
    table: Table = [
        ["Name", "Mobile", "Phone", "E-mail", "Language", "Type"],
        ["Nino Blu", "333 555 6677", None, "Nino@Example.com", "Italiano", "Proprietario"],
        ["Ada B.", "+39 347 123 4567", "02 1234567", None, None, None],
        ["Ditta", "12345", None, None, None, "supplier"],
    ]
    row = await importer.all("actors", table)
    assert (row.created, row.changed) == (2, 1)
    assert (await importer.told())[1] == (3, Outcome.CHANGED, ["name", "phones"])
    async with database.reading() as session:
        assert (await session.get_one(Conversation, talk.id)).actor_id is not None
        found = await actors_found(session, world.account_id, "nino", limit=5)
        ditta = (await session.exec(select(ActorPhone).where(col(ActorPhone.raw) == "12345"))).one()
    assert [each["name"] for each in found] == ["Nino Blu"]
    assert ditta.e164 is None
    row = await importer.undo()
    assert (row.undone, row.kept) == (3, 0)
    assert await _dump(database) == before


async def test_a_number_that_two_people_have_is_never_guessed(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for key in ("x", "y"):
            given = GivenActor(kind="guest", name=f"Person {key}", phones=["+39 333 1231234"])  # type: ignore[arg-type]
            await put_actor(session, world.account_id, key, given, now)
    table: Table = [["Name", "Phone"], ["Somebody", "333 1231234"], ["Person Y", "333 123 12 34"]]
    await importer.take_in("actors", table)
    await importer.check()
    assert await importer.told() == [
        (2, Outcome.REFUSED, ("several", "333 1231234")),
        (3, Outcome.CHANGED, ["name"]),
    ]


async def test_dates_that_leave_it_open_are_asked_about_and_the_answer_is_remembered(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    table: Table = [STAYS[0], ["A1", "blu", "Eva", None, "01/02/2026", "03/02/2026", None, None]]
    await importer.take_in("reservations", table)
    with pytest.raises(StepRefusedError) as refused:
        await importer.check()
    assert refused.value.problem is StepProblem.QUESTIONS
    async with database.transaction() as session:
        row = await importer.row(session)
        assert [each.column for each in steps.questions(row)] == [4, 5]
        for column in (4, 5):
            steps.order_dates(row, column, DateOrder.DAY_FIRST)
    await importer.check()
    await importer.run()
    (stay,) = await _rows(database, Reservation, world.account_id)
    assert (stay.check_in, stay.check_out) == (date(2026, 2, 1), date(2026, 2, 3))
    again = await Importer(database, world.account_id, importer.now).take_in("reservations", table)
    assert (await again.check()).unchanged == 1


async def test_a_corrected_column_is_remembered_for_its_source_and_company_alone(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    table: Table = [["Qwerty", "Name"], ["blu", "Casa Blu"]]
    await importer.take_in("accommodations", table)
    async with database.transaction() as session:
        row = await importer.row(session)
        assert row.mapping["fields"] == ["", "name"]
        steps.map_column(row, 0, "external_id")
    await importer.check()
    async with database.transaction() as session:
        other = await make_account(session, now)
    for account, expected in ((world.account_id, "external_id"), (other, "")):
        again = await Importer(database, account, now).take_in("accommodations", table)
        async with database.transaction() as session:
            assert (await again.row(session)).mapping["fields"] == [expected, "name"]


async def test_codes_wait_encrypted(importer: Importer, database: Database) -> None:
    await importer.take_in("accommodations", HOMES)
    async with database.reading() as session:
        lines = await session.exec(select(DataImportLine.cells))
        assert not any("2741" in cells for cells in lines)


async def test_what_a_home_has_by_now_keeps_it(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    homes = Importer(database, world.account_id, now)
    await homes.all("accommodations", HOMES)
    blu, _ = await _rows(database, Accommodation, world.account_id)
    stay = Reservation(
        account_id=world.account_id,
        code="X",
        accommodation_id=blu.id,
        check_in=date(2026, 1, 1),
        check_out=date(2026, 1, 2),
        status=ReservationStatus.CONFIRMED,
        created_at=now,
    )
    async with database.transaction() as session:
        await add(session, stay)
    row = await homes.undo()
    assert (row.undone, row.kept) == (1, 1)
    assert [home.name for home in await _rows(database, Accommodation, world.account_id)] == [
        "Casa Blu"
    ]


async def test_nothing_of_another_company_is_found(
    importer: Importer, database: Database, now: datetime
) -> None:
    await importer.all("accommodations", HOMES)
    async with database.transaction() as session:
        other = await make_account(session, now)
    theirs = Importer(database, other, now)
    await theirs.take_in("reservations", STAYS)
    row = await theirs.check()
    assert row.refused == 3


async def test_the_key_of_who_was_merged_brings_stays_to_the_other_and_does_not_part_them(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    given = GivenActor(kind=ActorKind.GUEST, name="Ada B.")
    async with database.transaction() as session:
        await put_actor(session, world.account_id, "pms-ada", given, now)
        ada = await session.get_one(Actor, world.ada_id)
        ada.external_id = "pms-1"
        gone = (await session.exec(select(Actor).where(col(Actor.external_id) == "pms-ada"))).one()
        await session.flush()
        await merge_actors(
            session, account_id=world.account_id, kept_id=world.ada_id, gone_id=gone.id,
            user_id=world.marta_id, now=now,
        )  # fmt: skip
    await importer.all("actors", [["Key", "Name", "Type"], ["pms-ada", "Ada Bi.", "guest"]])
    assert await importer.told() == [(2, Outcome.CHANGED, ["name"])]
    await importer.all("accommodations", HOMES)
    stay = ["S1", "Casa Blu", "pms-ada", "2026-12-01", "2026-12-05"]
    await importer.all("reservations", [["Key", "Home", "Guest key", "Arrival", "Departure"], stay])
    async with database.reading() as session:
        (guest,) = (await session.exec(select(ReservationGuest))).all()
        still = await session.get_one(Actor, gone.id)
        kept = await session.get_one(Actor, world.ada_id)
    assert guest.actor_id == world.ada_id
    assert (still.merged_into, still.archived_at is None) == (world.ada_id, False)
    assert (still.name, kept.name) == ("Ada Bi.", "Ada Bianchi")
