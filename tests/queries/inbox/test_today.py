"""«Oggi»: arrivals, who is in house, departures, each on the date at their home (P7)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Actor
from inbox_app.queries.inbox.list.conversation_list import stretch
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from tests.queries.conversations import begin, book
from tests.support.factories import World, add, make_account

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
"""Tomorrow in Dubai, today in Rome and in New York."""
TODAY, DAY, HOUR = NOW.date(), timedelta(days=1), timedelta(hours=1)


async def _guest(
    session: AsyncSession, account_id: int, name: str, comes: int, leaves: int, **more: object
) -> str:
    """The id of the conversation with who comes and leaves so many days from today."""
    stay = {"status": ReservationStatus.CONFIRMED, "timezone": "Europe/Rome"}
    stay |= {key: more.pop(key) for key in list(more) if key in stay}
    actor = await add(
        session, Actor(account_id=account_id, kind=ActorKind.GUEST, name=name, created_at=NOW)
    )
    days = {"check_in": TODAY + comes * DAY, "check_out": TODAY + leaves * DAY}
    await book(session, account_id, actor.id, NOW, f"HM{name}", **days, **stay)
    talk = await begin(session, account_id, NOW, None, actor_id=actor.id, **more)
    return str(talk.id)


async def _ids(database: Database, account_id: int, now: datetime = NOW) -> list[str]:
    async with database.reading() as session:
        seen = await stretch(session, View(account_id, Filter.TODAY), now, limit=99)
        return [row["id"] for row in seen.rows]


@pytest.mark.postgresql("dates are compared, and grouped")
async def test_the_day_is_that_at_the_home(database: Database, world: World) -> None:
    account = world.account_id
    async with database.transaction() as session:
        rome = await _guest(session, account, "Rome", 0, 3)
        dubai = await _guest(session, account, "Dubai", 1, 3, timezone="Asia/Dubai")
        await _guest(session, account, "Late", 1, 3)
        await _guest(session, account, "Early", 0, 0, timezone="Asia/Dubai")
        leaves = await _guest(session, account, "Leaves", -3, 0, timezone="America/New_York")
        stays = await _guest(session, account, "Stays", -1, 1)
        await _guest(session, account, "Gone", -4, -1)
        stranger = await make_account(session, NOW)
        await _guest(session, stranger, "Other", 0, 1)
    assert await _ids(database, account) == [rome, dubai, stays, leaves]


@pytest.mark.parametrize(
    ("status", "is_listed"),
    [
        (ReservationStatus.CONFIRMED, True),
        (ReservationStatus.IN_STAY, True),
        (ReservationStatus.OWNER_STAY, True),
        (ReservationStatus.INQUIRY, False),
        (ReservationStatus.PENDING, False),
        (ReservationStatus.CANCELLED, False),
        (ReservationStatus.NO_SHOW, False),
        (ReservationStatus.COMPLETED, False),
    ],
)
async def test_only_stays_that_take_place_are_listed(
    database: Database, world: World, status: ReservationStatus, *, is_listed: bool
) -> None:
    async with database.transaction() as session:
        await _guest(session, world.account_id, "Ada", 0, 3, status=status)
    assert bool(await _ids(database, world.account_id)) is is_listed


@pytest.mark.postgresql("places of three columns are compared")
async def test_in_each_lane_what_presses_most_comes_first_and_is_walked_both_ways(
    database: Database, world: World
) -> None:
    account = world.account_id
    expected: list[str] = []
    async with database.transaction() as session:
        for name, comes, leaves in (("A", 0, 2), ("B", -1, 2), ("C", -2, 0)):
            waits = {"waiting_since": NOW - 5 * HOUR}
            sooner = await _guest(
                session, account, f"{name}1", comes, leaves, **waits, answer_by=NOW
            )
            later = await _guest(
                session, account, f"{name}2", comes, leaves, **waits, answer_by=NOW + HOUR
            )
            nobody = await _guest(session, account, f"{name}3", comes, leaves)
            snoozed = await _guest(
                session, account, f"{name}4", comes, leaves, **waits, snooze=Snooze.ANSWER,
                answer_by=NOW,
            )  # fmt: skip
            await _guest(session, account, f"{name}5", comes, leaves, archived_at=NOW)
            expected += [sooner, later, nobody, snoozed]
    view = View(account, Filter.TODAY)
    down: list[str] = []
    place: Cursor | None = None
    async with database.reading() as session:
        while (part := await stretch(session, view, NOW, limit=5, after=place)).rows:
            down += [row["id"] for row in part.rows]
            place = part.last
        up = await stretch(session, view, NOW, limit=99, before=place)
    assert down == expected
    assert [row["id"] for row in up.rows] == expected[:-1]


async def test_each_lane_begins_under_its_heading(database: Database, world: World) -> None:
    account = world.account_id
    async with database.transaction() as session:
        for name, comes, leaves in (("A", 0, 2), ("B", 0, 2), ("C", -1, 2), ("D", -2, 0)):
            await _guest(session, account, name, comes, leaves)
    async with database.reading() as session:
        view = View(account, Filter.TODAY)
        seen = await stretch(session, view, NOW, limit=99)
        assert [row["lane"] for row in seen.rows] == ["arrivals", "", "in_house", "departures"]
        below = await stretch(session, view, NOW, limit=99, after=seen.first)
        assert [row["lane"] for row in below.rows] == ["arrivals", "in_house", "departures"]
        everything = await stretch(session, View(account), NOW, limit=99)
        assert {row["lane"] for row in everything.rows} == {""}
