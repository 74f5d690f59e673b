"""What SQLite's statistics are worth to the list: `python -m bench.statistics [how many]`.

100,000 conversations of one account, every tenth archived, each with a message. The first page of
the archived list is read without statistics, as in a database that was never looked at, and with
those that the server gathers at its start and hourly; what gathering takes stands beside.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from bench.support.seeded import NOW, add_conversations
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.view import Filter, View
from tests.support.factories import make_world

HOW_MANY = 100_000
ROWS = 50


async def main(count: int, url: str) -> None:
    """Print the figures, of the migrated database at `url`."""
    register_channels()
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
        await add_conversations(session, world, count)
    await _forget_statistics(database)
    await database.close()
    database = Database(url)
    without = await _read(database, world.account_id)
    began = time.perf_counter()
    await database.refresh_statistics()
    gathering = time.perf_counter() - began
    with_them = await _read(database, world.account_id)
    await database.close()
    print(f"archived list at {count} conversations, {ROWS} rows, the better of two readings:")
    print(f"without statistics {without:.3f} s, with them {with_them:.3f} s")
    print(f"{without / with_them:.1f} times as quick, for {gathering:.2f} s of gathering")


async def _forget_statistics(database: Database) -> None:
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.execute(text("ANALYZE sqlite_schema"))
        await connection.execute(text("DELETE FROM sqlite_stat1"))


async def _read(database: Database, account_id: int) -> float:
    taken: list[float] = []
    for _ in range(2):
        began = time.perf_counter()
        async with database.reading() as session:
            view = View(account_id, Filter.ARCHIVED)
            assert len(await page(session, view, NOW, limit=ROWS)) == ROWS  # noqa: S101
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        at = f"sqlite+aiosqlite:///{Path(room) / 'inbox.db'}"
        migrate(at)
        asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else HOW_MANY, at))
