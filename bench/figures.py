"""What the page of figures costs at 100,000 conversations and a million messages of a year.

    python -m bench.figures [how many] [PostgreSQL server]

The page and its table, of this week and of a year, beside the same with a hundredth of the
messages, on a fresh SQLite and in a database that it makes, and removes, on the server; ten people
answer, at fifty homes. Beside it what counting costs a message, which is done once.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.scale import MANY, POSTGRES, Measure, Taken, _postgres, _sqlite, _time
from bench.support.scale_data import MESSAGES, _look_over, fill
from bench.support.seeded import NOW
from inbox_app.api.figures_export import table
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.domain.figures.periods import PeriodChoice
from inbox_app.queries.figures.figures import figures
from tests.support.factories import World, make_user, make_world, marta
from tests.support.figures import count_figures

PEOPLE = 10
YEAR = timedelta(days=360)
PAGE_MS, TABLE_MS = 150, 150
PERIODS = {"a week": PeriodChoice.LAST_WEEK, "a year": PeriodChoice.YEAR}
_AUTHORS = (
    "UPDATE message SET origin = 'pm', author_id = {first} + conversation_id % {people}"
    " WHERE direction = 'out'"
)


async def main(many: int, server: str) -> None:
    """Print the figures; exit code 1 when one misses its target."""
    register_channels()
    missed = False
    for kind, place in (("SQLite", _sqlite), ("PostgreSQL", lambda: _postgres(server))):
        tables: list[dict[str, Taken]] = []
        for count in (many // 100, many):
            async with place() as url:
                tables.append(await _measured(url, count))
        few, much = tables
        print(f"{kind}, milliseconds:{'half':>16}{'95 of 100':>11}{'of a hundredth':>16}")
        for name, taken in much.items():
            ratio = f"{taken.median / few[name].median:.1f} times"
            is_over = taken.limit is not None and taken.most > taken.limit
            print(f"  {name:25}{taken.median:9.1f}{taken.most:11.1f}{ratio:>16}", end=" ")
            print(f"asked {taken.limit:g}" + " OVER" * is_over, flush=True)
            missed = missed or is_over
    sys.exit(missed)


async def _measured(url: str, count: int) -> dict[str, Taken]:
    database = Database(url)
    world = await _filled(database, count)
    began = time.perf_counter()
    await count_figures(database, NOW)
    taken = time.perf_counter() - began
    await _look_over(database)
    print(f"counted {count * MESSAGES:,} messages, {1e6 * taken / count / MESSAGES:.0f} µs each")
    measures = [
        Measure(f"{what}, {name}", limit, read(world, choice))
        for what, limit, read in (("page", PAGE_MS, _page), ("table", TABLE_MS, _table))
        for name, choice in PERIODS.items()
    ]
    found = {each.name: await _time(database, each) for each in measures}
    await database.close()
    return found


async def _filled(database: Database, count: int) -> World:
    async with database.transaction() as session:
        world = await make_world(session, NOW)
        names = [f"{number}@example.com" for number in range(PEOPLE)]
        ids = [(await make_user(session, world.account_id, NOW, name)).id for name in names]
    await fill(database, world, count, between=YEAR / count, is_found=False)
    async with database.transaction() as session:
        core = await session.connection()
        await core.execute(text(_AUTHORS.format(first=ids[0], people=PEOPLE)))
    return world


def _page(world: World, choice: PeriodChoice) -> Callable[[AsyncSession], Awaitable[object]]:
    return lambda session: figures(session, world.account_id, choice, NOW.date())


def _table(world: World, choice: PeriodChoice) -> Callable[[AsyncSession], Awaitable[object]]:
    return lambda session: table(session, marta(world, NOW), choice, NOW.date())


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if sys.argv[1:] else MANY
    asyncio.run(main(how_many, sys.argv[2] if sys.argv[2:] else POSTGRES))
