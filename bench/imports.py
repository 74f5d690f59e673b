"""A table of 100,000 reservations read, checked, imported and taken back, while webhooks come in:
`python -m bench.imports`.

Prints how long each takes beside the three minutes that an import may, what memory it took, and
how long a webhook waits for its commit meanwhile, beside how long it does without.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

import httpx

from bench.support.load import texts
from inbox_app.channel_setup import register_channels
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.config.settings import Settings
from inbox_app.database import Database
from inbox_app.jobs import import_queue
from inbox_app.live import InProcess
from inbox_app.models import Accommodation, Account, DataImport
from inbox_app.operating.migrations import migrate
from inbox_app.runtime import Runtime
from inbox_app.services.imports import steps
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.storage import Storage
from inbox_app.vault import Vault
from inbox_app.workflows.take_in_table import take_in_table

LINES = 100_000
HOMES = 200
MOST_SECONDS = 180.0
_BETWEEN = 0.05

Done = TypeVar("Done")


class _Settings:
    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir


def main() -> None:
    """Print the figures; exit code 1 when the import takes longer than it may."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        migrate(url)
        seconds = asyncio.run(_measure(url, Path(folder), lines))
    sys.exit(seconds > MOST_SECONDS)


async def _measure(url: str, folder: Path, lines: int) -> float:
    register_channels()
    runtime = Runtime(
        cast("Settings", _Settings(folder)),
        Database(url),
        Vault("the bench's key"),
        InProcess(),
        cast("httpx.AsyncClient", None),
        cast("Storage", None),
    )
    account_id = await _company(runtime)
    print(f"{lines} reservations of {HOMES} homes, SQLite FULL, one process")
    await _beside(runtime, "nothing", asyncio.sleep(5))
    began = time.perf_counter()
    import_id = await _beside(runtime, "read", _read(runtime, account_id, lines))
    before = _memory()
    stop = asyncio.Event()
    loop = asyncio.create_task(import_queue.run(runtime, lambda: True, stop))
    await _beside(runtime, "check", _step(runtime, account_id, import_id, "check"))
    run = time.perf_counter()
    row = await _beside(runtime, "import", _step(runtime, account_id, import_id, "run"))
    took = time.perf_counter() - run
    print(f"{row.created} created, {row.refused} refused; all three {run + took - began:.0f} s")
    row = await _beside(runtime, "undo", _step(runtime, account_id, import_id, "undo"))
    print(f"{row.undone} undone, {row.kept} kept; memory {before:.0f} MB, at most {_memory():.0f}")
    stop.set()
    await loop
    await runtime.database.close()
    return took


async def _company(runtime: Runtime) -> int:
    now = datetime.now(UTC)
    async with runtime.database.transaction() as session:
        account = Account(name="Bench", created_at=now)
        session.add(account)
        await session.flush()
        session.add_all(
            Accommodation(
                account_id=account.id,
                external_id=f"h{n}",
                name=f"Casa {n}",
                timezone="Europe/Rome",
                created_at=now,
            )
            for n in range(HOMES)
        )
        return account.id


async def _read(runtime: Runtime, account_id: int, lines: int) -> int:
    return await take_in_table(
        runtime,
        _table(lines),
        "stays.csv",
        kind="reservations",
        account_id=account_id,
        user_id=None,
    )


async def _table(lines: int) -> AsyncIterator[bytes]:
    yield b"Key;Code;Accommodation;Guest;Phone;E-mail;Arrival;Departure;Adults;Total;Status\n"
    first = date(2024, 1, 1)
    for start in range(0, lines, 1000):
        rows: list[str] = []
        for n in range(start, min(start + 1000, lines)):
            day = first + timedelta(days=n % 900)
            guest = n // 2
            rows.append(
                f"k{n};R{n};h{n % HOMES};Guest {guest};+39347{guest:07};g{guest}@example.com;"
                f"{day:%d/%m/%Y};{day + timedelta(days=3):%d/%m/%Y};2;€ 1.{n % 1000:03},50;ok\n"
            )
        yield "".join(rows).encode()


async def _step(runtime: Runtime, account_id: int, import_id: int, step: str) -> DataImport:
    """As the page has it done: by the loop."""
    async with runtime.database.transaction() as session:
        row, now = await steps.find(session, account_id, import_id), datetime.now(UTC)
        if step == "check":
            await steps.check(session, row, now)
        elif step == "run":
            steps.run(session, row, without_refused=False, now=now)
        else:
            steps.undo(session, row, now)
    runtime.live.wake(import_queue.Queue.IMPORTS)
    while True:
        async with runtime.database.reading() as session:
            row = await session.get_one(DataImport, import_id)
            if row.state not in steps.AT_WORK:
                return row
        await asyncio.sleep(0.2)


async def _beside(runtime: Runtime, name: str, work: Awaitable[Done]) -> Done:
    """The work, while a webhook comes every 50 ms; prints how long these waited for a commit."""
    waits: list[float] = []
    ended = asyncio.Event()

    async def intake() -> None:
        (body,) = texts(1)
        while not ended.is_set():
            began = time.perf_counter()
            event = RawEvent(body, datetime.now(UTC))
            await store_webhook.store(runtime.database.append, WHATSAPP, [event])
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(_BETWEEN)

    task, began = asyncio.create_task(intake()), time.perf_counter()
    result = await work
    took = time.perf_counter() - began
    ended.set()
    await task
    waits.sort()
    print(
        f"{name:8} {took:6.1f} s   webhooks median {1000 * waits[len(waits) // 2]:5.1f} ms"
        f"   p95 {1000 * waits[len(waits) * 95 // 100]:5.1f} ms   most {1000 * waits[-1]:5.1f} ms"
    )
    return result


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
