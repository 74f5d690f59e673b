"""How much is asked of the database for a change, however many tabs look on."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from inbox_app.database import Database
from inbox_app.pages.inbox.list import inbox_state
from inbox_app.pages.inbox.list.list_reading import ListQuery
from inbox_app.pages.shared import notices_state
from inbox_app.pages.tabs.subscriptions import Changes, Panel, Subscription
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.runtime import Runtime
from tests.queries.conversations import begin, say
from tests.support.factories import World, marta
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        yield runtime


async def _asked(runtime: Runtime, panel: Panel, subscriptions: list[Subscription]) -> int:
    asked: list[str] = []
    engine = runtime.database._reader.sync_engine
    note = lambda *told: asked.append(told[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    assert len(await panel(subscriptions, Changes(everything=True))) == len(subscriptions)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize(
    ("panel", "at_most"), [(inbox_state.refresh, 14), (notices_state.refresh, 7)]
)
async def test_one_tab_costs_a_few_statements_and_many_the_same(
    runtime: Runtime, world: World, now: datetime, panel: Panel, at_most: int
) -> None:
    async with runtime.database.transaction() as session:
        for _ in range(3):
            await say(session, await begin(session, world.account_id, now, None), now, "Ciao")
    query, who = ListQuery(View(world.account_id)), marta(world, now)
    tabs = [Subscription(str(number), who, panel, query) for number in range(50)]
    one, many = await _asked(runtime, panel, tabs[:1]), await _asked(runtime, panel, tabs)
    assert one == many <= at_most


async def test_another_list_of_the_same_person_costs_no_more_than_its_rows(
    runtime: Runtime, world: World, now: datetime
) -> None:
    who, panel = marta(world, now), inbox_state.refresh
    views = [View(world.account_id), View(world.account_id, Filter.ARCHIVED)]
    tabs = [Subscription(str(view), who, panel, ListQuery(view)) for view in views]
    assert await _asked(runtime, panel, tabs) - await _asked(runtime, panel, tabs[:1]) <= 5
