"""Imports taken back exactly, and those that were cut short (A3)."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Accommodation,
    Actor,
    Reservation,
    WebhookEvent,
)
from inbox_app.services.imports import steps
from inbox_app.services.webhooks.endpoints import create_endpoint
from tests.queries.conversations import begin
from tests.support.factories import World, add
from tests.support.importing import HOMES, STAYS, VAULT, Importer, Table, dump, rows

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]


async def test_an_import_undone_leaves_everything_as_it_was(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", STAYS)
    before = await dump(database)
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
    assert await dump(database) != before
    row = await importer.undo()
    assert (row.state, row.undone, row.kept) == (ImportState.UNDONE, 3, 0)
    assert await dump(database) == before


async def test_who_is_in_stays_of_a_later_part_is_taken_away_with_the_first(
    importer: Importer, database: Database
) -> None:
    await importer.all("accommodations", HOMES)
    before = await dump(database)
    guests = ("Nino Blu", "Bob Stone", "Carla Neri", "Dora Rossi", "Nino Blu")
    stays: Table = [
        ["Codice", "Alloggio", "Ospite", "Telefono", "Arrivo", "Partenza"],
        *[
            [
                f"N{at}",
                "blu",
                name,
                f"+39 333 00000{len(name)}{name[0] == 'N':d}",
                f"2026-12-{at:02}",
                f"2026-12-{at + 1:02}",
            ]
            for at, name in enumerate(guests, 1)
        ],
    ]
    row = await importer.all("reservations", stays)
    assert row.created == 5
    row = await importer.undo()
    assert (row.undone, row.kept) == (5, 0)
    assert await dump(database) == before


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
    first, *_ = await rows(database, Reservation, world.account_id)
    assert (first.total, first.notes) == (Decimal("1250.50"), "very late")
    row = await importer.undo()
    assert (row.undone, row.kept) == (2, 1)
    assert [r.code for r in await rows(database, Reservation, world.account_id)] == ["A1"]


async def test_who_was_made_and_changed_since_stays_and_is_told(
    importer: Importer, database: Database
) -> None:
    await importer.all(
        "actors", [["Name", "E-mail"], ["Nino Blu", "n@example.com"], ["Bob", "b@example.com"]]
    )
    async with database.transaction() as session:
        nino = (await session.exec(select(Actor).where(col(Actor.name) == "Nino Blu"))).one()
        nino.notes = "allergic to cats"
    row = await importer.undo()
    assert (row.undone, row.kept) == (1, 1)
    async with database.reading() as session:
        left = select(Actor.name).where(col(Actor.name).in_(["Nino Blu", "Bob"]))
        assert list(await session.exec(left)) == ["Nino Blu"]


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
    assert len(await rows(database, Reservation, world.account_id)) == 8


async def _killed(importer: Importer) -> None:
    """Before the commit."""
    from inbox_app.services.imports import work

    async with importer.database.transaction() as session:
        await work.advance(
            session, importer.account_id, importer.id, limit=3, now=importer.now, vault=VAULT
        )
        raise RuntimeError


async def test_what_a_home_has_by_now_keeps_it(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    homes = Importer(database, world.account_id, now)
    await homes.all("accommodations", HOMES)
    blu, _ = await rows(database, Accommodation, world.account_id)
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
    assert [home.name for home in await rows(database, Accommodation, world.account_id)] == [
        "Casa Blu"
    ]


async def test_other_systems_are_told_whom_a_conversation_was_with_and_is_with_no_more(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393335556677")
        linked = [WebhookEventType.CONVERSATION_LINKED]
        await create_endpoint(
            session, world.account_id, "https://pms.example.com", linked, now, vault=VAULT
        )
    await importer.all("actors", [["Name", "Mobile"], ["Nino Blu", "333 555 6677"]])
    await importer.undo()
    told = await rows(database, WebhookEvent, world.account_id)
    assert [(event.type, event.subject_id) for event in told] == [(linked[0], talk.id)] * 2
