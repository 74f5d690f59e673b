"""What waits for one person, as the list shows it (P1, P5)."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.models import Conversation, Unseen
from inbox_app.queries.inbox.list.conversation_list import ids_in, place_beyond, stretch
from inbox_app.queries.inbox.list.counts import MOST, unread_by
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from tests.queries.conversations import begin
from tests.support.factories import World

pytestmark = pytest.mark.anyio


async def _fill(session: AsyncSession, world: World, now: datetime) -> list[int]:
    """Some that nobody has read, some that others have, some of which both is true, some read by
    all, and some archived; answers those that wait for Marta, the newest first."""
    waiting: list[Conversation] = []
    for number in range(24):
        archived, at = number % 6 == 5, now - timedelta(minutes=number // 3)
        nobody, others = number % 4 == 1, number % 3 == 0
        talk = await begin(
            session,
            world.account_id,
            at,
            f"39347{number:07}",
            unread=int(nobody),
            archived_at=now if archived else None,
        )
        if others:
            session.add(
                Unseen(
                    account_id=world.account_id,
                    user_id=world.marta_id,
                    conversation_id=talk.id,
                    up_to=0,
                    known_to=0,
                    messages=1,
                    arrived_at=talk.arrived_at,
                    archived_at=talk.archived_at,
                )
            )
        waiting += [talk] if (nobody or others) and not archived else []
    await session.flush()
    return [
        talk.id
        for talk in sorted(waiting, key=lambda talk: (talk.arrived_at, talk.id), reverse=True)
    ]


@pytest.mark.postgresql("places are compared, and two lists put together")
async def test_it_is_walked_both_ways_without_a_gap_or_a_repetition(
    database: Database, world: World, now: datetime
) -> None:
    view = View(world.account_id, Filter.UNREAD, user_id=world.marta_id)
    async with database.transaction() as session:
        expected = await _fill(session, world, now)
        assert await unread_by(session, world.account_id, world.marta_id) == len(expected)
        assert await ids_in(session, view, now, limit=99) == expected
        down: list[int] = []
        place: Cursor | None = None
        while (found := await stretch(session, view, now, limit=3, after=place)).rows:
            down += [int(row["id"]) for row in found.rows]
            place = found.last
        up: list[int] = []
        place = Cursor(datetime(1971, 1, 1, tzinfo=UTC), 0)
        while place and (found := await stretch(session, view, now, limit=3, before=place)).rows:
            up = [*(int(row["id"]) for row in found.rows), *up]
            place = found.first
        fifth = await place_beyond(session, view, now, count=5)
    assert (down, up) == (expected, expected)
    assert fifth is not None
    assert fifth.id == expected[4]


@pytest.mark.postgresql("its statements")
async def test_another_system_sees_what_nobody_has_read(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        await _fill(session, world, now)
        everybody = await ids_in(session, View(world.account_id, Filter.UNREAD), now, limit=99)
        theirs = View(world.account_id, Filter.UNREAD, user_id=world.marta_id)
        found = await stretch(session, View(world.account_id), now, limit=99)
        narrowed = View(world.account_id, Filter.UNREAD, user_id=world.marta_id, channel="mail")
        assert {*everybody} < {*await ids_in(session, theirs, now, limit=99)}
        assert await ids_in(session, narrowed, now, limit=99) == []
    assert {*everybody} == {int(row["id"]) for row in found.rows if row["unread"]}


async def test_each_list_is_read_in_the_order_of_its_index(
    sqlite: Database, world: World, now: datetime
) -> None:
    """However many there are: nothing is sorted, and nothing counted beyond what is shown."""
    said: list[tuple[str, object]] = []
    async with sqlite.transaction() as session:
        await _fill(session, world, now)
    await sqlite.refresh_statistics()
    async with sqlite.reading() as session:
        core = await session.connection()
        event.listen(
            core.sync_connection, "before_cursor_execute", lambda *of: said.append(of[2:4])
        )
        view = View(world.account_id, Filter.UNREAD, user_id=world.marta_id)
        await stretch(session, view, now, limit=3, after=Cursor(now, 1))
        asked = [*said[:2]]
        said.clear()
        await unread_by(session, world.account_id, world.marta_id)
        asked += said
        plans = [
            [step for *_, step in await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]  # pyright: ignore[reportArgumentType]
            for sql, given in asked
        ]
    nobody, others, count = plans
    assert any("INDEX conversation_unread (" in step for step in nobody), nobody
    assert any("INDEX unseen_by_person (" in step for step in others), others
    assert not any("TEMP B-TREE" in step for step in (*nobody, *others)), plans
    assert any("COVERING INDEX conversation_unread (" in step for step in count), count
    assert any("COVERING INDEX unseen_by_person (" in step for step in count), count


async def test_no_more_are_counted_than_are_shown(
    sqlite: Database, world: World, now: datetime
) -> None:
    async with sqlite.transaction() as session:
        for number in range(MOST + 5):
            of = f"3934{number:08}"
            await begin(session, world.account_id, now, of, unread=1)
        assert await unread_by(session, world.account_id, world.marta_id) == MOST
