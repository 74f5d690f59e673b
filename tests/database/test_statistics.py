"""SQLite knows how large its tables are, and its page caches are bounded together."""

import pytest
from sqlalchemy import insert, text

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.models import InboundEvent

pytestmark = pytest.mark.anyio


async def test_who_reads_after_a_look_at_the_sizes_plans_with_them(sqlite: Database) -> None:
    row = {"body": b"", "state": "received", "attempts": 0, "received_at": real_now()}
    await sqlite.append(insert(InboundEvent), [row] * 50)
    await sqlite.refresh_statistics()
    async with sqlite.reading() as session:
        connection = await session.connection()
        found = await connection.execute(
            text("SELECT stat FROM sqlite_stat1 WHERE idx = 'inbound_event_queue'")
        )
        assert str(found.scalar()).startswith("50 ")


async def test_the_page_caches_of_all_connections_hold_48_megabytes(sqlite: Database) -> None:
    async with sqlite.reading() as session:
        kib = -(await (await session.connection()).execute(text("PRAGMA cache_size"))).scalar_one()
    assert 6 * kib == 48 * 1024
