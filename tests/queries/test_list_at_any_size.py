"""What the list orders and filters by has an index with its rows in order, and is read from any
place both ways (P1, P5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.triage import Snooze
from inbox_app.models import Conversation
from inbox_app.queries.inbox.conversation_list import Filter, View, page, stretch
from inbox_app.queries.inbox.list_order import Cursor
from tests.queries.conversations import begin, open_window
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio


@pytest.fixture
async def many(database: Database, world: World, now: datetime) -> World:
    """Some of each, of several the same moment; and one of another company's."""
    actors = (world.ada_id, world.giuseppe_id, world.pulizie_rossi_id, None)
    async with database.transaction() as session:
        for number in range(24):
            talk = await begin(
                session,
                world.account_id,
                now - timedelta(minutes=number // 3),
                f"39347{number:07}",
                actor_id=actors[number % 4],
                assigned_to=world.marta_id if number % 5 == 0 else None,
                archived_at=now if number % 6 == 5 else None,
                unread=number % 2,
                waiting_since=now if number % 4 else None,
                answer_by=now + timedelta(minutes=number // 3) if number % 4 else None,
                snooze=Snooze.ANSWER if number % 7 == 1 else None,
                starred_at=now if number % 3 == 1 else None,
            )
            await open_window(session, talk, now - timedelta(hours=19, minutes=number % 4))
        other = await make_account(session, now)
        await begin(session, other, now, "393470000001", unread=1)
    return world


def _expected(rows: Sequence[Conversation], filter_: Filter, person_id: int) -> list[int]:
    kinds = {"guests": ActorKind.GUEST, "owners": ActorKind.OWNER, "suppliers": ActorKind.SUPPLIER}

    def holds(row: Conversation) -> bool:
        if filter_ is Filter.ARCHIVED:
            return row.archived_at is not None
        told = {
            Filter.ALL: True,
            Filter.EXPIRING: True,
            Filter.UNREAD: row.unread > 0,
            Filter.MINE: row.assigned_to == person_id,
            Filter.UNASSIGNED: row.assigned_to is None,
            Filter.UNKNOWN: row.actor_id is None,
            Filter.TO_ANSWER: row.waiting_since is not None and row.snooze is None,
            Filter.SNOOZED: row.snooze is not None,
            Filter.DONE: row.waiting_since is None and row.snooze is None,
            Filter.STARRED: row.starred_at is not None,
        }
        fits = told[filter_] if filter_ in told else row.actor_kind is kinds[filter_]
        return fits and row.archived_at is None

    def soonest(row: Conversation) -> tuple[int, int]:
        return (-((row.id - first) % 4), row.id)

    first = min(row.id for row in rows)
    held = [row for row in rows if holds(row)]
    if filter_ is Filter.EXPIRING:
        return [row.id for row in sorted(held, key=soonest)]
    if filter_ is Filter.TO_ANSWER:
        return [row.id for row in sorted(held, key=lambda row: (row.answer_by, row.id))]
    newest = sorted(held, key=lambda row: (row.arrived_at, row.id), reverse=True)
    return [row.id for row in newest]


async def _walked(session: AsyncSession, view: View, now: datetime) -> list[int]:
    ids: list[int] = []
    place: Cursor | None = None
    while (found := await stretch(session, view, now, limit=3, after=place)).rows:
        ids += [int(row["id"]) for row in found.rows]
        place = found.last
    return ids


async def _walked_up(session: AsyncSession, view: View, now: datetime) -> list[int]:
    ids: list[int] = []
    ahead = view.filter in {Filter.EXPIRING, Filter.TO_ANSWER}
    place: Cursor | None = Cursor(datetime(3000 if ahead else 1971, 1, 1, tzinfo=UTC), 0)
    while place and (found := await stretch(session, view, now, limit=3, before=place)).rows:
        ids = [*(int(row["id"]) for row in found.rows), *ids]
        place = found.first
    return ids


@pytest.mark.postgresql("places are compared, and indexes of some rows taken")
@pytest.mark.parametrize("filter_", [each for each in Filter if each is not Filter.TODAY])
async def test_each_filter_is_walked_both_ways_without_a_gap_or_a_repetition(
    database: Database, many: World, now: datetime, filter_: Filter
) -> None:
    person_id = many.marta_id if filter_ is Filter.MINE else 0
    view = View(many.account_id, filter_, user_id=person_id)
    async with database.reading() as session:
        ours = select(Conversation).where(col(Conversation.account_id) == many.account_id)
        expected = _expected((await session.exec(ours)).all(), filter_, person_id)
        assert expected
        assert await _walked(session, view, now) == expected
        assert await _walked_up(session, view, now) == expected
        assert [int(row["id"]) for row in await page(session, view, now, limit=99)] == expected


_INDEXES = {
    Filter.ALL: "conversation_listed",
    Filter.UNREAD: "conversation_unread",
    Filter.MINE: "conversation_assigned",
    Filter.UNASSIGNED: "conversation_assigned",
    Filter.GUESTS: "conversation_of_kind",
    Filter.OWNERS: "conversation_of_kind",
    Filter.SUPPLIERS: "conversation_of_kind",
    Filter.UNKNOWN: "conversation_of_kind",
    Filter.EXPIRING: "last_inbound_order",
    Filter.ARCHIVED: "conversation_archived",
    Filter.TODAY: "reservations_by_dates",
    Filter.TO_ANSWER: "conversation_to_answer",
    Filter.SNOOZED: "conversation_snoozed",
    Filter.DONE: "conversation_done",
    Filter.STARRED: "conversation_starred",
}


@pytest.mark.parametrize("filter_", Filter)
async def test_each_filter_is_read_in_the_order_of_an_index(
    sqlite: Database, world: World, now: datetime, filter_: Filter
) -> None:
    """Else a page would cost what the whole list does."""
    said: list[tuple[str, Any]] = []
    view = View(world.account_id, filter_, user_id=world.marta_id)
    async with sqlite.reading() as session:
        core = await session.connection()
        event.listen(
            core.sync_connection, "before_cursor_execute", lambda *of: said.append(of[2:4])
        )
        await stretch(session, view, now, limit=3, after=Cursor(now, 1))
        statement, parameters = said[filter_ is Filter.TODAY]
        plan = await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [detail for *_, detail in plan]
    assert any(f"INDEX {_INDEXES[filter_]} (" in step for step in steps), steps
