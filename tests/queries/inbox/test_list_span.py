"""The part of the list that a page holds moves through all of it, both ways (P1, P5)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.models import Conversation
from inbox_app.pages.inbox.list.list_reading import ListQuery, ListReading, ListView
from inbox_app.queries.inbox.list.list_span import MOST, PAGE
from inbox_app.queries.inbox.list.view import Filter, View
from tests.queries.conversations import begin, open_window
from tests.support.factories import World, marta

pytestmark = pytest.mark.anyio

MANY = 300


@pytest.fixture
async def many(database: Database, world: World, now: datetime) -> World:
    async with database.transaction() as session:
        for number in range(MANY):
            at = now - timedelta(minutes=number)
            talk = await begin(session, world.account_id, at, f"39347{number:07}")
            await open_window(session, talk, now - timedelta(hours=19, seconds=number))
    return world


class _Reader:
    """Somebody who looks at the list."""

    def __init__(self, database: Database, world: World, now: datetime, filter_: Filter) -> None:
        self._database, self._world, self._now = database, world, now
        self.query = ListQuery(View(world.account_id, filter_))

    async def seen(self) -> ListView:
        async with self._database.reading() as session:
            reading = ListReading(session, self._world.account_id, self._now)
            return await reading.read(marta(self._world, self._now), self.query)

    async def step(
        self, step: Callable[[ListReading, ListQuery], Awaitable[ListQuery]]
    ) -> ListView:
        async with self._database.reading() as session:
            reading = ListReading(session, self._world.account_id, self._now)
            self.query = await step(reading, self.query)
        return await self.seen()


def _ids(seen: ListView) -> list[str]:
    return [row["id"] for row in seen.rows]


@pytest.mark.postgresql("places are compared")
@pytest.mark.parametrize("filter_", [Filter.ALL, Filter.EXPIRING])
async def test_one_walks_to_the_end_and_back_without_a_gap_and_with_few_rows_at_a_time(
    database: Database, many: World, now: datetime, filter_: Filter
) -> None:
    reader = _Reader(database, many, now, filter_)
    seen = await reader.seen()
    assert (len(seen.rows), seen.has_earlier) == (PAGE, False)
    begins, walked = _ids(seen), _ids(seen)
    for step, on in ((ListReading.later, "has_later"), (ListReading.earlier, "has_earlier")):
        while getattr(seen, on):
            before = set(_ids(seen))
            seen = await reader.step(step)
            assert before & set(_ids(seen))
            assert len(seen.rows) <= MOST
            assert seen.top["id"] == begins[0]
            walked += [id_ for id_ in _ids(seen) if id_ not in walked]
        assert len(walked) >= MANY
    assert _ids(seen)[:PAGE] == begins
    assert len(walked) == len(set(walked))


async def test_what_comes_while_one_is_far_down_is_the_top_and_moves_nothing(
    database: Database, many: World, now: datetime
) -> None:
    reader = _Reader(database, many, now, Filter.ALL)
    seen = await reader.seen()
    while seen.has_later:
        seen = await reader.step(ListReading.later)
    last = seen.rows[-1]["id"]
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, int(last))
        talk.arrived_at = now + timedelta(minutes=1)
    after = await reader.seen()
    assert after.top["id"] == last
    assert _ids(after) == _ids(seen)[:-1]


async def test_where_nothing_is_left_of_the_part_one_is_shown_the_beginning(
    database: Database, many: World, now: datetime
) -> None:
    reader = _Reader(database, many, now, Filter.UNREAD)
    async with database.transaction() as session:
        for talk in (await session.exec(select(Conversation))).all():
            talk.unread = 1
    seen = await reader.seen()
    while not seen.has_earlier:
        seen = await reader.step(ListReading.later)
    async with database.transaction() as session:
        newest = select(Conversation).order_by(col(Conversation.arrived_at).desc())
        for talk in (await session.exec(newest)).all()[1:]:
            talk.unread = 0
    seen = await reader.seen()
    assert (len(seen.rows), seen.has_earlier, seen.has_later) == (1, False, False)
    assert reader.query.span != seen.span
