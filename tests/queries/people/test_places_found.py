"""Where somebody who is put on file belongs (A1)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation
from inbox_app.queries.people.places_found import homes_found, stays_found
from tests.queries.conversations import book
from tests.support.factories import World, add, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]


async def stay(
    session: AsyncSession, world: World, now: datetime, code: str, arrives: int, **columns: object
) -> None:
    day = now.date() + timedelta(days=arrives)
    dates = {"check_in": day, "check_out": day + timedelta(days=3)}
    await book(session, world.account_id, world.ada_id, now, code, **dates, **columns)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", ["IN-HOUSE", "NEXT", "LATER"]),
        ("next", ["NEXT"]),
        ("in house", ["IN-HOUSE"]),
        ("BIANC", ["PAST", "IN-HOUSE", "NEXT", "LATER"]),
        ("nessuno", []),
    ],
)
async def test_stays_are_found_by_code_and_guest_else_those_ahead(
    database: Database, world: World, now: datetime, words: str, codes: list[str]
) -> None:
    async with database.transaction() as session:
        for code, arrives in (("LATER", 40), ("NEXT", 2), ("IN-HOUSE", -1), ("PAST", -90)):
            await stay(session, world, now, code, arrives)
        await stay(session, world, now, "GONE", 3, status=ReservationStatus.CANCELLED)
        await stay(session, world, now, "AWAY", 3, archived_at=now)
        other = await make_account(session, now)
        await book(session, other, world.ada_id, now, "NEXT-OF-OTHERS")
    async with database.reading() as session:
        found = await stays_found(session, world.account_id, words, now)
    assert [row["code"] for row in found] == codes
    assert {(row["guest"], row["accommodation"]) for row in found} <= {
        ("Ada Bianchi", f"Casa {code}") for code in codes
    }


@pytest.mark.parametrize(
    ("words", "names"), [("", ["Mansarda", "Trullo"]), (" trul ", ["Trullo"]), ("%", [])]
)
async def test_homes_are_found_by_name(
    database: Database, world: World, now: datetime, words: str, names: list[str]
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        for account_id, name, away in (
            (world.account_id, "Trullo", None),
            (world.account_id, "Mansarda", None),
            (world.account_id, "Trullo vecchio", now),
            (other, "Trullo degli altri", None),
        ):
            home = {"account_id": account_id, "name": name, "timezone": "Europe/Rome"}
            await add(session, Accommodation(**home, created_at=now, archived_at=away))
    async with database.reading() as session:
        found = await homes_found(session, world.account_id, words)
    assert [row["accommodation"] for row in found] == names
