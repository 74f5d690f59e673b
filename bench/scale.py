"""What the inbox costs at 100,000 conversations and a million messages, beside 1,000.

    python -m bench.scale [how many] [PostgreSQL server]

Each reading is the one that a page or the API makes, within a session that is open already, on a
fresh SQLite and in a database that it makes, and removes, on the server.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import psycopg
from sqlalchemy import make_url
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.support.scale_data import fill
from bench.support.seeded import NOW
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from inbox_app.pages.inbox.thread.thread_reading import Missing, ThreadQuery, ThreadReading
from inbox_app.queries.api.conversations import conversations
from inbox_app.queries.inbox.list.conversation_list import stretch
from inbox_app.queries.inbox.list.counts import pressing, unread_by
from inbox_app.queries.inbox.list.list_order import NOBODY_WAITS, Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from tests.support.factories import World, make_world, marta

FEW, MANY = 1_000, 100_000
ROWS, API_ROWS, FAR = 50, 100, 49
LEAST, MOST, SECONDS = 10, 200, 0.5
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"

SEARCHES = {
    "a name": "Persona 77",
    "a name that all have": "rossi",
    "a number": "393510000077",
    "the end of a number": "000077",
    "a rare word": "parola77",
    "a common word": "buongiorno",
    "two common words": "buongiorno arriviamo",
    "an absent word": "zanzibar",
    "two letters": "ar",
    "a word with an accent": "cosi",
    "a common and an absent word": "buongiorno zanzibar",
}

Reading = Callable[[AsyncSession], Awaitable[object]]


class Measure(NamedTuple):
    """One line of the table: what is read, how many milliseconds it may take, and the reading."""

    name: str
    limit: float | None
    read: Reading


class Taken(NamedTuple):
    """Milliseconds: of half the readings at most, and of 95 of 100; and what was asked."""

    median: float
    most: float
    limit: float | None


async def main(many: int, server: str) -> None:
    """Print a table for each kind of database."""
    register_channels()
    for kind, place in (("SQLite", _sqlite), ("PostgreSQL", lambda: _postgres(server))):
        tables: list[dict[str, Taken]] = []
        for count in (FEW, many):
            async with place() as url:
                tables.append(await _measured(url, count))
        print(f"{kind}, milliseconds:{'median':>27}{'95 of 100':>11}{'of':>8} {FEW}")
        for name, taken in tables[1].items():
            _print_line(name, tables[0][name], taken)


def _print_line(name: str, few: Taken, many: Taken) -> None:
    asked = "" if many.limit is None else f"asked {many.limit:g}"
    over = "OVER" if many.limit is not None and many.most > many.limit else ""
    times = f"{many.median / few.median:.1f} times"
    print(f"  {name:34}{many.median:10.2f}{many.most:11.2f}{times:>13}  {asked} {over}", flush=True)


async def _measured(url: str, count: int) -> dict[str, Taken]:
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
    await fill(database, world, count)
    measures = [*await _pages(database, world), *_others(world, count)]
    taken = {each.name: await _time(database, each) for each in measures}
    await database.close()
    return taken


async def _pages(database: Database, world: World) -> list[Measure]:
    measures: list[Measure] = []
    for filter_ in Filter:
        person = world.marta_id if filter_ in {Filter.MINE, Filter.UNREAD} else 0
        view = View(world.account_id, filter_, user_id=person)
        end = _end(view)
        async with database.reading() as session:
            far = await _far(session, view)
            last = (await stretch(session, view, NOW, limit=ROWS + 1, before=end)).first
        measures += [
            Measure(f"{filter_}: first page", 15, _page(view)),
            Measure(f"{filter_}: page {FAR + 1}, or its last", 15, _page(view, far)),
            Measure(f"{filter_}: last page", 15, _page(view, last)),
            Measure(f"{filter_}: last page, from below", 15, _page(view, before=end)),
        ]
    return measures


def _end(view: View) -> Cursor:
    """Behind all."""
    if view.filter is Filter.TODAY:
        return Cursor(NOBODY_WAITS, 2**31, lane=9)
    years = 10 if view.filter in {Filter.EXPIRING, Filter.TO_ANSWER} else -10
    return Cursor(NOW.replace(year=NOW.year + years), 0)


async def _far(session: AsyncSession, view: View) -> Cursor | None:
    place: Cursor | None = None
    for _ in range(FAR):
        found = await stretch(session, view, NOW, limit=ROWS, after=place)
        if len(found.rows) < ROWS:
            break
        place = found.last
    return place


def _page(view: View, after: Cursor | None = None, before: Cursor | None = None) -> Reading:
    return lambda session: stretch(session, view, NOW, limit=ROWS, after=after, before=before)


def _others(world: World, count: int) -> list[Measure]:
    account = world.account_id

    def search(words: str) -> Reading:
        return _page(View(account, search=words))

    async def api(session: AsyncSession) -> object:
        after = Cursor(NOW.replace(hour=8), 0)
        return await conversations(session, View(account, None), NOW, limit=API_ROWS, after=after)

    async def chips(session: AsyncSession) -> object:
        unread = await unread_by(session, account, world.marta_id)
        return unread, await pressing(session, account, NOW)

    async def opened(session: AsyncSession) -> object:
        reading = ThreadReading(session, marta(world, NOW), NOW)
        query, _ = await reading.newest(ThreadQuery(count // 2 + 1))
        seen = await reading.read(marta(world, NOW), query)
        assert not isinstance(seen, Missing)  # noqa: S101
        return seen

    return [
        Measure("the chips' counts", 5, chips),
        Measure("a label's first page", 15, _page(View(account, label_id=1))),
        *(
            Measure(f"a rare label's: {which}", 15, _page(View(account, which, label_id=2)))
            for which in (Filter.ALL, Filter.GUESTS, Filter.UNASSIGNED, Filter.DONE)
        ),
        Measure("a conversation opened", 15, opened),
        Measure(f"the API's list, {API_ROWS} of them", 30, api),
        *(Measure(f"search: {what}", 50, search(words)) for what, words in SEARCHES.items()),
    ]


async def _time(database: Database, measure: Measure) -> Taken:
    taken: list[float] = []
    async with database.reading() as session:
        await measure.read(session)
        until = time.perf_counter() + SECONDS
        while len(taken) < LEAST or (time.perf_counter() < until and len(taken) < MOST):
            began = time.perf_counter()
            await measure.read(session)
            taken.append(1000 * (time.perf_counter() - began))
    return Taken(median(taken), quantiles(taken, n=20)[-1], measure.limit)


@asynccontextmanager
async def _sqlite() -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory() as room:
        url = f"sqlite+aiosqlite:///{Path(room) / 'inbox.db'}"
        await asyncio.to_thread(migrate, url)
        yield url


@asynccontextmanager
async def _postgres(server: str) -> AsyncIterator[str]:
    name = "inbox_bench_scale"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    try:
        shown = url.render_as_string(hide_password=False)
        await asyncio.to_thread(migrate, shown)
        yield shown
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if sys.argv[1:] else MANY
    asyncio.run(main(how_many, sys.argv[2] if sys.argv[2:] else POSTGRES))
