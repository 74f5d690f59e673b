"""What deciding the control costs for a list of conversations: `python -m bench.control`.

One and a hundred conversations in the same run: the queries must be the same few, and deciding for
a hundred must take less than 5 ms.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.controls import decide
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.sending import Control
from inbox_app.models import ActorPhone
from inbox_app.operating.migrations import migrate
from inbox_app.queries.inbox.send_facts import load_facts
from tests.queries.conversations import begin, book, open_window, say
from tests.support.factories import World, add, make_actor, make_world

ROWS = 100
ROUNDS = 50
TARGET_MS = 5.0
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def main() -> None:
    """Print the figures; exit code 1 when one misses the target."""
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        migrate(url)
        sys.exit(not asyncio.run(_measure(url)))


async def _measure(url: str) -> bool:
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
        ids = [await _one(session, world, number) for number in range(ROWS)]
    one = await _decide(database, world.account_id, ids[:1])
    all_ = await _decide(database, world.account_id, ids)
    await database.close()
    print(
        f"SQLite: {ROWS} controls ({all_.controls} different ones) decided in"
        f" {all_.deciding:.2f} ms, {TARGET_MS / all_.deciding:.1f} times as quick as the"
        f" {TARGET_MS:.0f} ms allowed;\n"
        f"their facts read in {all_.reading:.2f} ms by {all_.queries} queries; for one alone"
        f" {one.reading:.2f} ms by {one.queries}: {ROWS} times the rows for"
        f" {all_.reading / one.reading:.1f} times the time"
    )
    return all_.deciding < TARGET_MS and all_.queries == one.queries


class _Figures(NamedTuple):
    """Medians, in milliseconds."""

    reading: float
    deciding: float
    queries: int
    controls: int


async def _decide(database: Database, account_id: int, ids: list[int]) -> _Figures:
    reading: list[float] = []
    deciding: list[float] = []
    controls: set[Control] = set()
    async with database.reading() as session:
        await session.connection()
        with _counted(database) as queries:
            for _ in range(ROUNDS):
                began = time.perf_counter()
                facts = await load_facts(session, account_id, ids, NOW)
                read = time.perf_counter()
                controls = {decide(one).control for one in facts.values()}
                reading.append((read - began) * 1000)
                deciding.append((time.perf_counter() - read) * 1000)
                session.expunge_all()
    return _Figures(median(reading), median(deciding), len(queries) // ROUNDS, len(controls))


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    engine = database._reader.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


async def _one(session: AsyncSession, world: World, number: int) -> int:
    """Every fourth has no address yet, and a phone that needs a prefix; of the others some are
    closed, some were written to in vain."""
    guest = await make_actor(session, world.account_id, NOW, f"Ospite {number}", ActorKind.GUEST)
    await book(session, world.account_id, guest.id, NOW, f"R-{number}")
    if number % 4 == 0:
        wrong = ActorPhone(account_id=world.account_id, actor_id=guest.id, raw=f"34712345{number}")
        await add(session, wrong)
        return (await begin(session, world.account_id, NOW, None, actor_id=guest.id)).id
    talk = await begin(session, world.account_id, NOW, f"3934712{number:05}", actor_id=guest.id)
    last = NOW - timedelta(hours=number)
    await open_window(session, talk, last)
    for answer in range(5):
        at = last + timedelta(minutes=answer)
        status = DeliveryStatus.FAILED if number % 3 == 0 else DeliveryStatus.READ
        await say(
            session,
            talk,
            at,
            "Buongiorno",
            direction=Direction.OUT,
            status=status,
            error_code=131026 if status is DeliveryStatus.FAILED else None,
            queued_at=at,
            connection_id=world.connection_id,
        )
    return talk.id


if __name__ == "__main__":
    main()
