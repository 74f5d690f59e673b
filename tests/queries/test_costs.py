"""What the connected number cost this month (C7)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox_app.database import Database
from inbox_app.domain.messages import Direction
from inbox_app.queries.connecting.costs import costs
from inbox_app.queries.connecting.rows import CostsRow
from tests.queries.conversations import begin, say
from tests.support.factories import World

pytestmark = pytest.mark.anyio

FREE = {"billed": False, "charge_category": "service", "charge_type": "free_customer_service"}
PAID = {"billed": True, "charge_category": "utility", "charge_type": "regular"}
ROME = "Europe/Rome"


async def send(database: Database, world: World, at: datetime, *each: dict[str, Any]) -> None:
    """What left at this moment, and what became of it."""
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, at, None)
        for told in each:
            columns = {"connection_id": world.connection_id, "queued_at": at, **told}
            await say(session, talk, at, "Ciao", direction=Direction.OUT, **columns)


async def seen(database: Database, world: World, now: datetime) -> CostsRow:
    async with database.reading() as session:
        return await costs(session, world.account_id, world.connection_id, now, ROME)


@pytest.mark.postgresql("booleans and moments are grouped and compared")
async def test_this_month_s_messages_are_counted_by_category_and_by_what_was_charged(
    database: Database, world: World, now: datetime
) -> None:
    await send(database, world, now, PAID, PAID, FREE, {}, {"error_code": 131042})
    shown = await seen(database, world, now)
    assert shown["categories"] == [
        {"name": "utility", "paid": 2, "free": 0},
        {"name": "service", "paid": 0, "free": 1},
    ]
    assert (shown["free_left"], shown["free_in_all"], shown["unpaid"]) == (999, 1_000, 1)


async def test_a_new_month_has_all_its_free_messages_from_midnight_where_the_company_is(
    database: Database, world: World
) -> None:
    last_minute = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    await send(database, world, last_minute, FREE)
    assert (await seen(database, world, last_minute))["free_left"] == 999
    assert (await seen(database, world, last_minute + timedelta(minutes=1)))["free_left"] == 1_000


async def test_another_company_s_messages_are_not_counted(
    database: Database, world: World, now: datetime
) -> None:
    await send(database, world, now, PAID)
    async with database.reading() as session:
        row = await costs(session, world.account_id + 1, world.connection_id, now, ROME)
    assert row["categories"] == []
