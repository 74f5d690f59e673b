"""Which home and which stay a line means: of several none, of those put away none by name (A3)."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Reservation
from tests.support.factories import World, add
from tests.support.importing import Importer, Table

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]


@pytest.fixture
async def homes(database: Database, world: World, now: datetime) -> dict[str, int]:
    """By key: two of one name, and two of another, of which one is put away."""
    named = {"s1": "Casa Sole", "s2": "Casa Sole", "old": "Casa Blu", "new": "Casa Blu"}
    ids: dict[str, int] = {}
    async with database.transaction() as session:
        for key, name in named.items():
            home = Accommodation(
                account_id=world.account_id, external_id=key, name=name, timezone="Europe/Rome",
                archived_at=now if key == "old" else None, created_at=now,
            )  # fmt: skip
            ids[key] = (await add(session, home)).id
    return ids


async def test_of_two_homes_of_one_name_neither_is_guessed_and_one_put_away_is_not_meant(
    importer: Importer, database: Database, homes: dict[str, int]
) -> None:
    await importer.take_in("accommodations", [["Name", "Parking"], *_of("Casa Sole", "Casa Blu")])
    await importer.check()
    assert await importer.told() == [
        (2, Outcome.REFUSED, ("several", "Casa Sole")),
        (3, Outcome.CHANGED, ["parking"]),
    ]
    await importer.run(without_refused=True)
    await importer.all("accommodations", [["Key", "Parking"], ["old", "yard"]])
    assert await importer.told() == [(2, Outcome.CHANGED, ["parking", "archived_at"])]
    async with database.reading() as session:
        blu = select(Accommodation).where(col(Accommodation.name) == "Casa Blu")
        kept = {home.external_id: home for home in await session.exec(blu)}
    assert (kept["new"].parking, kept["old"].archived_at) == ("yard", None)


async def test_a_stay_is_at_no_home_that_may_be_another(
    importer: Importer, database: Database, homes: dict[str, int]
) -> None:
    table: Table = [
        ["Codice", "Alloggio", "Arrivo", "Partenza"],
        *[[f"A{at}", home, "2026-12-01", "2026-12-05"] for at, home in enumerate(_SAID)],
    ]
    await importer.take_in("reservations", table)
    await importer.check()
    await importer.run(without_refused=True)
    async with database.reading() as session:
        at = {stay.code: stay.accommodation_id for stay in await session.exec(select(Reservation))}
    assert at == {"A1": homes["s2"], "A2": homes["new"]}
    assert (await importer.told())[0] == (2, Outcome.REFUSED, ("several", "Casa Sole"))


async def test_of_two_stays_of_one_code_neither_is_guessed_and_one_put_away_comes_back_by_its_key(
    importer: Importer, database: Database, world: World, homes: dict[str, int], now: datetime
) -> None:
    of: dict[str, Any] = {"account_id": world.account_id, "accommodation_id": homes["new"]}
    of |= {"check_in": date(2026, 12, 1), "check_out": date(2026, 12, 5), "created_at": now}
    async with database.transaction() as session:
        for key, code, away in (
            ("1", "TWO", None), ("2", "TWO", None), ("3", "ONE", now), ("4", "ONE", None),
        ):  # fmt: skip
            status = ReservationStatus.CONFIRMED
            stay = Reservation(**of, external_id=key, code=code, status=status, archived_at=away)
            await add(session, stay)
    await importer.take_in("reservations", [["Codice", "Note"], ["TWO", "late"], ["ONE", "late"]])
    await importer.check()
    assert await importer.told() == [
        (2, Outcome.REFUSED, ("several", "TWO")),
        (3, Outcome.CHANGED, ["notes"]),
    ]
    await importer.all("reservations", [["Key", "Notes"], ["3", "early"]])
    assert await importer.told() == [(2, Outcome.CHANGED, ["notes", "archived_at"])]
    money: Table = [["Key", "Total", "Balance"], ["3", "5 EUR", "3 USD"]]
    await importer.take_in("reservations", money)
    await importer.check()
    assert await importer.told() == [(2, Outcome.REFUSED, ("bad_currency", "EUR / USD"))]


_SAID = ("Casa Sole", "s2", "Casa Blu")


def _of(*names: str) -> list[list[str]]:
    return [[name, "yard"] for name in names]
