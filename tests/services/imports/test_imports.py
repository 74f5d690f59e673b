"""Tables checked line by line and imported once (A3)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.domain.imports.dates import DateOrder
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorPhone,
    DataImportLine,
    Reservation,
)
from inbox_app.services.imports import steps
from inbox_app.services.imports.steps import StepProblem, StepRefusedError
from tests.support.factories import World, make_account
from tests.support.importing import HOMES, STAYS, VAULT, Importer, Table, dump, rows

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]


async def test_homes_and_stays_come_in_with_their_guests(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    row = await importer.all("reservations", STAYS)
    assert (row.state, row.created, row.refused) == (ImportState.IMPORTED, 3, 0)
    first, second, _ = await rows(database, Reservation, world.account_id)
    assert (first.code, first.check_in, first.check_out) == (
        "A1",
        date(2026, 12, 1),
        date(2026, 12, 5),
    )
    assert (first.total, first.currency) == (Decimal("1250.50"), "EUR")
    assert second.status is ReservationStatus.CANCELLED
    blu, _ = await rows(database, Accommodation, world.account_id)
    assert blu.check_in_time == "16:00"
    assert VAULT.decrypt(blu.door_code_encrypted) == "2741#"
    zoe = [a for a in await rows(database, Actor, world.account_id) if a.name == "Zoë Lefèvre"]
    assert len(zoe) == 1
    numbers = [
        p for p in await rows(database, ActorPhone, world.account_id) if p.actor_id == zoe[0].id
    ]
    assert [(p.raw, p.e164) for p in numbers] == [("333 111 2233", "+393331112233")]


async def test_the_check_says_line_by_line_what_would_happen_and_changes_nothing(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    before = await dump(database)
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
    assert await dump(database) == before


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
    before = await dump(database)
    for kind, table in (("accommodations", HOMES), ("reservations", STAYS)):
        await importer.take_in(kind, table)
        row = await importer.check()
        assert row.unchanged == len(table) - 1
        with pytest.raises(StepRefusedError) as refused:
            await importer.run()
        assert refused.value.problem is StepProblem.NOTHING
    assert await dump(database) == before


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
    (stay,) = await rows(database, Reservation, world.account_id)
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
    ours = (world.account_id, "external_id")
    for account, expected in (ours, (other, ""), ours):
        again = await Importer(database, account, now).take_in("accommodations", table)
        async with database.transaction() as session:
            assert (await again.row(session)).mapping["fields"] == [expected, "name"]
        await again.check()


async def test_codes_wait_encrypted(importer: Importer, database: Database) -> None:
    await importer.take_in("accommodations", HOMES)
    async with database.reading() as session:
        lines = await session.exec(select(DataImportLine.cells))
        assert not any("2741" in cells for cells in lines)


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


async def test_of_ten_thousand_bad_lines_each_is_named_and_nothing_goes_in(
    importer: Importer, database: Database, world: World
) -> None:
    bad = [[f"B{number}", "Casa Ignota", "2026-03-01", "2026-03-05"] for number in range(10_000)]
    await importer.take_in("reservations", [["Codice", "Alloggio", "Arrivo", "Partenza"], *bad])
    async with database.transaction() as session:
        await steps.check(session, await importer.row(session), importer.now)
    while await importer.part(limit=1000):
        pass
    told = await importer.told()
    assert [line for line, _, _ in told] == [*range(2, 10_002)]
    assert {outcome for _, outcome, _ in told} == {Outcome.REFUSED}
    assert {why for _, _, why in told} == {("unknown_accommodation", "Casa Ignota")}
    with pytest.raises(StepRefusedError) as refused:
        await importer.run(without_refused=True)
    assert refused.value.problem is StepProblem.NOTHING
    assert await rows(database, Reservation, world.account_id) == []
