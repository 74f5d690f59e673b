"""What «/» costs: the saved replies that are shown, filled in for a conversation.

    python -m bench.saved_replies [how many replies]

Asked for in turns in an account with as many replies as are shown, and in one with as many as
given, each in three languages; beside them a plain read of the rows that are shown.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from sqlmodel.ext.asyncio.session import AsyncSession

from bench.support.seeded import NOW, add_rows
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import SavedReply, SavedReplyText
from inbox_app.operating.migrations import migrate
from inbox_app.queries.saved_replies import saved_replies
from inbox_app.queries.saved_replies.filled_replies import filled_replies
from inbox_app.vault import Vault
from tests.queries.conversations import begin, book
from tests.support.factories import make_world

SHOWN, MANY, ROUNDS = 30, 2_000, 60
LANGUAGES = ("it", "en", "es")
TEXT = "Ciao {first_name}, dal {check_in} alle {check_in_time}; il codice è {door_code}. " * 4
VAULT = Vault("the key of this bench, long enough")

Ask = Callable[[], Awaitable[object]]


async def main(many: int) -> None:
    """Print the medians in milliseconds, and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        few_ask, plain = await _account(Path(folder) / "few.db", SHOWN)
        many_ask, _ = await _account(Path(folder) / "many.db", many)
        asks = {f"of {SHOWN}": few_ask, f"of {many:,}": many_ask, "plain read": plain}
        took = {name: median(times) for name, times in (await _in_turns(asks)).items()}
    for name, seconds in took.items():
        print(f"{name:>12} {1000 * seconds:6.1f} ms")
    few, of_many, read = took.values()
    print(f"of many against of few: {of_many / few:.2f}; filled against read: {few / read:.2f}")


async def _account(file: Path, count: int) -> tuple[Ask, Ask]:
    """How to ask for the filled ones, and for their plain rows."""
    url = f"sqlite+aiosqlite:///{file}"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
        day = (NOW + timedelta(days=7)).date()
        dates = {"check_in": day, "check_out": day + timedelta(days=3)}
        stay = {"status": ReservationStatus.CONFIRMED, **dates}
        await book(session, world.account_id, world.ada_id, NOW, "CB-1", **stay)
        talk = await begin(session, world.account_id, NOW, "393471234567", actor_id=world.ada_id)
        await _write(session, world.account_id, count)

    async def filled() -> object:
        async with database.reading() as session:
            return await filled_replies(session, world.account_id, talk.id, NOW, VAULT, limit=SHOWN)

    async def plain() -> object:
        async with database.reading() as session:
            return await saved_replies.found(session, world.account_id, reader="it", limit=SHOWN)

    return filled, plain


async def _write(session: AsyncSession, account_id: int, count: int) -> None:
    ids = range(1, count + 1)
    at = {"created_at": NOW, "updated_at": NOW}
    named = [{"id": id_, "name": f"Reply {id_}", "name_key": f"reply {id_}"} for id_ in ids]
    texts = [
        {"account_id": account_id, "saved_reply_id": id_, "language": language, "text": TEXT}
        for id_ in ids
        for language in LANGUAGES
    ]
    replies = [
        {"account_id": account_id, "use_count": one["id"] % 97, **one, **at} for one in named
    ]
    await add_rows(session, {SavedReply: replies, SavedReplyText: texts})


async def _in_turns(asks: dict[str, Ask]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            begun = time.perf_counter()
            await ask()
            took[name].append(time.perf_counter() - begun)
    return took


if __name__ == "__main__":
    register_channels()
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
