"""What the API's list of conversations costs beside the database's own work.

    python -m bench.api_lists [how many] [database]

A page of 25 is read at 30,000 conversations as `GET /api/v1/conversations` reads it, in turns with
the same rows by plain SQL; on a fresh SQLite, or in the empty PostgreSQL database named.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.support.seeded import NOW, add_conversations
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from inbox_app.queries.api.conversations import conversations
from inbox_app.queries.inbox.list.view import View
from tests.support.factories import make_world

HOW_MANY, ROWS, ROUNDS = 30_000, 25, 200
PLAIN = text(
    "SELECT c.*, a.value, a.profile_name, m.kind, m.text, m.sent_at, f.filename, l.last_inbound_at"
    " FROM conversation c LEFT JOIN address a ON a.id = c.address_id"
    " LEFT JOIN message m ON m.id = c.last_message_id LEFT JOIN media f ON f.message_id = m.id"
    " LEFT JOIN last_inbound l ON l.address_id = c.address_id"
    " WHERE c.id IN (SELECT id FROM conversation WHERE account_id = :account"
    " ORDER BY arrived_at DESC, id DESC LIMIT :rows) ORDER BY c.arrived_at DESC, c.id DESC"
)

Reading = Callable[[AsyncSession], Awaitable[int]]


async def main(count: int, url: str) -> None:
    """Print the figures, of the migrated and empty database at `url`."""
    register_channels()
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
        await add_conversations(session, world, count)
    await database.refresh_statistics()

    async def listed(session: AsyncSession) -> int:
        page, _ = await conversations(
            session, View(world.account_id, None), NOW, limit=ROWS, after=None
        )
        return len(page)

    async def plain(session: AsyncSession) -> int:
        core = await session.connection()
        return len((await core.execute(PLAIN, {"account": world.account_id, "rows": ROWS})).all())

    ours, theirs = await _in_turns(database, listed, plain)
    await database.close()
    print(f"{ROWS} of {count} conversations, median of {ROUNDS}: {ours:.2f} ms, plain {theirs:.2f}")
    print(f"ratio {ours / theirs:.2f}")


async def _in_turns(database: Database, *readings: Reading) -> list[float]:
    """Median milliseconds of each."""
    taken: dict[Reading, list[float]] = {reading: [] for reading in readings}
    for _ in range(ROUNDS):
        for reading, times in taken.items():
            began = time.perf_counter()
            async with database.reading() as session:
                assert await reading(session) == ROWS  # noqa: S101
            times.append(1000 * (time.perf_counter() - began))
    return [median(times) for times in taken.values()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as room:
        at = sys.argv[2] if sys.argv[2:] else f"sqlite+aiosqlite:///{Path(room) / 'inbox.db'}"
        migrate(at)
        asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else HOW_MANY, at))
