"""What the lines of a table say of stays and of whose they are (A3)."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Actor, Reservation
from inbox_app.queries.imports.report import refused_lines
from inbox_app.services.people.put_actor import GivenActor, put_actor
from tests.support.factories import World
from tests.support.importing import HOMES, Importer, Table, rows

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

_NEW: Table = [
    ["Codice", "Alloggio", "Arrivo", "Partenza", "Totale", "Valuta", "Portal code", "Ospite",
     "E-mail", "Lingua", "Paese"],
    ["A1", "blu", "2026-12-01", "2026-12-05", "100", "USD", "hm-ab 12", "Zoë", "z@example.com",
     "Français", "Francia"],
]  # fmt: skip


async def test_a_new_stay_has_what_its_line_says_and_is_confirmed_where_that_says_nothing(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", _NEW)
    (stay,) = await rows(database, Reservation, world.account_id)
    assert (stay.status, stay.total, stay.currency) == (
        ReservationStatus.CONFIRMED, Decimal(100), "USD",
    )  # fmt: skip
    assert (stay.portal_code, stay.portal_key) == ("hm-ab 12", "hmab12")
    async with database.reading() as session:
        guest = (await session.exec(select(Actor).where(col(Actor.name) == "Zoë"))).one()
    assert (guest.kind, guest.email) == (ActorKind.GUEST, "z@example.com")
    assert (guest.language, guest.country) == ("fr", "FR")


@pytest.mark.parametrize(
    ("headings", "cells", "fields"),
    [
        (["Totale"], ["250"], ["total"]),
        (["Valuta"], ["EUR"], ["currency"]),
        (["Ospite"], ["Bob Stone"], ["guest_name"]),
        (["Ospite"], ["ZOE"], None),
        (["Portal code"], ["HM-1"], ["portal_code"]),
    ],
)
async def test_a_known_stay_changes_by_what_the_line_says_alone(
    importer: Importer,
    database: Database,
    headings: list[str],
    cells: list[str],
    fields: list[str] | None,
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", _NEW)
    await importer.take_in("reservations", [["Codice", *headings], ["A1", *cells]])
    await importer.check()
    assert await importer.told() == [(2, Outcome.CHANGED if fields else Outcome.UNCHANGED, fields)]


async def test_a_stay_is_found_by_the_portals_code_that_a_later_table_tells_and_by_the_first_again(
    importer: Importer, database: Database, world: World
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", _NEW)
    keys: list[str] = []
    await importer.all("reservations", [["Codice", "Portal code"], ["A1", "HM-1"]])
    keys += [stay.portal_key for stay in await rows(database, Reservation, world.account_id)]
    await importer.undo()
    keys += [stay.portal_key for stay in await rows(database, Reservation, world.account_id)]
    assert keys == ["hm1", "hmab12"]


async def test_what_cannot_be_true_of_a_known_stay_is_refused_by_its_field(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    await importer.all("accommodations", HOMES)
    await importer.all("reservations", _NEW)
    async with database.transaction() as session:
        for key in ("eva", "ida"):
            given = GivenActor(
                kind=ActorKind.GUEST, name=key, email="two@example.com", phones=["+39 333 123 4567"]
            )
            await put_actor(session, world.account_id, key, given, now)
    headings = ["Codice", "Arrivo", "Totale", "Valuta", "Guest id", "E-mail", "Telefono"]
    lines = [
        ["A1", "2026-12-05", None, None, None, None, None],
        ["a1 ", None, "5 EUR", "USD", None, None, None],
        ["a-1", None, None, None, "nobody", None, None],
        ["A.1", None, None, None, None, "two@example.com", None],
        ["A 1", None, None, None, None, None, "333 1234567"],
        ["a 1", None, None, None, None, "none@example.com", None],
    ]
    refusals = [
        ("no_night", "check_out", "2026-12-05"),
        ("bad_currency", "currency", "EUR / USD"),
        ("unknown_guest", "guest_key", "nobody"),
        ("several", "guest_email", "two@example.com"),
        ("several", "guest_phones", "333 1234567"),
        ("missing", "guest_name", ""),
    ]
    for line, refusal in zip(lines, refusals, strict=True):
        again = await Importer(database, world.account_id, now).take_in(
            "reservations", [headings, line]
        )
        await again.check()
        async with database.reading() as session:
            (refused,) = await refused_lines(session, world.account_id, again.id)
        assert (refused.why, refused.field, refused.value) == refusal
