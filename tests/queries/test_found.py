"""What a search finds, in its groups (P5, P9)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Reservation
from inbox_app.queries.search.found import Found, found
from inbox_app.queries.search.rows import PieceRow
from tests.queries.conversations import begin, book, say
from tests.support.factories import World, add, make_account
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]


def words(pieces: list[PieceRow]) -> str:
    """Hits in brackets."""
    return "".join(f"[{each['text']}]" if each["hit"] else each["text"] for each in pieces)


async def search(database: Database, account_id: int, typed: str, now: datetime) -> Found:
    async with database.reading() as session:
        return await found(session, account_id, typed, now, limit=5)


async def codes(database: Database, account_id: int, typed: str, now: datetime) -> list[str]:
    rows = (await search(database, account_id, typed, now)).reservations
    return ["".join(piece["text"] for piece in row["code"]) for row in rows]


@pytest.fixture
async def booked(database: Database, world: World, now: datetime) -> Database:
    """Stays of Ada's, and what must not be found."""
    async with database.transaction() as session:
        for code, arrives in (("CB-3107", 2), ("CB-9000", -90)):
            await _stay(session, world.account_id, world.ada_id, now, code, arrives)
        await _stay(session, world.account_id, world.ada_id, now, "CB-1", 9, archived_at=now)
        blocked = {"status": ReservationStatus.BLOCK}
        await _stay(session, world.account_id, world.ada_id, now, "CB-2", 9, **blocked)
        other = await make_account(session, now)
        await _stay(session, other, world.ada_id, now, "CB-3", 9)
    return database


async def _stay(
    session: AsyncSession,
    account_id: int,
    actor_id: int,
    now: datetime,
    code: str,
    arrives: int,
    **more: Any,
) -> None:
    day = now.date() + timedelta(days=arrives)
    dates = {"check_in": day, "check_out": day + timedelta(days=3)}
    await book(session, account_id, actor_id, now, code, **(dates | more))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cb3107", ["CB-3107"]),
        ("CB 31", ["CB-3107"]),
        ("cb", ["CB-3107", "CB-9000"]),
        ("bianc", ["CB-3107", "CB-9000"]),
        ("casa cb", ["CB-3107", "CB-9000"]),
        ("càsa", ["CB-3107", "CB-9000"]),
        ("nobody", []),
        ("", []),
        ("—!?", []),
    ],
)
async def test_stays_are_found_by_code_guest_and_home(
    booked: Database, world: World, now: datetime, typed: str, expected: list[str]
) -> None:
    assert await codes(booked, world.account_id, typed, now) == expected


async def test_a_stay_tells_whose_it_is_and_where_one_writes_to_them(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        conversation = await begin(session, world.account_id, now, None, actor_id=world.ada_id)
        await book(session, world.account_id, world.ada_id, now, "HMX", portal_code="HM AB1")
    row = (await search(database, world.account_id, "hmab", now)).reservations[0]
    assert (row["conversation_id"], row["phase"]) == (str(conversation.id), "arriving_today")
    assert (words(row["guest"]), words(row["code"])) == ("Ada Bianchi", "HM AB1")
    assert words(row["accommodation"]) == "Casa HMX"


async def test_a_home_that_is_called_otherwise_is_found_by_its_new_name(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        facts: dict[str, Any] = {"account_id": world.account_id, "created_at": now}
        home = await add(session, Accommodation(name="Mansarda", timezone="Europe/Rome", **facts))
        facts |= {"check_in": now.date(), "check_out": now.date() + timedelta(days=1)}
        facts |= {"accommodation_id": home.id, "status": ReservationStatus.CONFIRMED}
        await add(session, Reservation(code="R-1", **facts))
        home.name = "Trullo Antico"
        session.add(home)
    assert await codes(database, world.account_id, "mansarda", now) == []
    assert await codes(database, world.account_id, "trullo ant", now) == ["R-1"]


async def test_people_are_found_whether_known_or_not(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        ada = await begin(session, world.account_id, now, None, actor_id=world.ada_id)
        await say(session, ada, now, "Grazie Adamo")
    await open_inbox(database).hear(says("Buongiorno", "w.1", now, wa_id="34600111222"), at=now)
    seen = await search(database, world.account_id, "ada", now)
    assert [(words(row["name"]), words(row["below"])) for row in seen.people] == [
        ("[Ada] Bianchi", "+39 347 123 4567")
    ]
    assert seen.people[0]["conversation_id"] == str(ada.id)
    assert [words(row["pieces"]) for row in seen.messages] == ["Grazie [Adamo]"]
    by_number = (await search(database, world.account_id, "600 11", now)).people
    assert [(row["actor_id"], words(row["name"])) for row in by_number] == [
        ("", "+34 [600] [11] 12 22")
    ]
