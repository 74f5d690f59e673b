"""Webhook intake beside a bare handler: `python -m bench.intake`.

Both keep the same rows in SQLite with synchronous=FULL, under the same server with one worker,
taking turns. Beside it the product's figure while it also understands what it keeps.
"""

import asyncio
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.support.load import PHONE_NUMBER_ID, Load, post_all, texts
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.operating import build_pages
from inbox_app.operating.migrations import migrate
from inbox_app.serve import reflex_environment
from tests.support.factories import make_account, make_connection

SECRET = "the bench's app secret"  # noqa: S105 - of this run alone
POSTS = 4_000
CONNECTIONS = 32
ROUNDS = 5
TARGET = 0.7


def main() -> None:
    """Print the figures; exit code 1 when they miss the target or anything was lost or doubled."""
    build_pages.build_if_stale()
    rates: dict[str, list[float]] = {"floor": [], "paused": [], "product": []}
    problems: list[str] = []
    for _ in range(ROUNDS):
        for name, of_this in rates.items():
            load, found = _round(name)
            of_this.append(load.per_second)
            problems += found
            print(
                f"{name:8} {load.per_second:7.0f} posts/s   median {load.median_ms:5.1f} ms"
                f"   p99 {load.p99_ms:5.1f} ms   {dict(load.answers)}"
            )
    ratios = [ours / bare for ours, bare in zip(rates["paused"], rates["floor"], strict=True)]
    busy = [ours / bare for ours, bare in zip(rates["product"], rates["floor"], strict=True)]
    print(f"{POSTS} distinct texts a round, {CONNECTIONS} at once, SQLite FULL, one worker:")
    print(f"{median(ratios):.2f} of a bare handler that keeps the same rows (at least {TARGET})")
    print(f"{median(busy):.2f} of it while understanding everything beside")
    print("\n".join(problems) or "Nothing lost, nothing doubled.")
    sys.exit(median(ratios) < TARGET or bool(problems))


def _round(name: str) -> tuple[Load, list[str]]:
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as folder:
        file = Path(folder) / "inbox.db"
        migrate(f"sqlite+aiosqlite:///{file}")
        asyncio.run(_connect_number(file))
        bodies = texts(POSTS)
        with _server(name, file) as port:
            asyncio.run(post_all(port, bodies[:50], "wrong", CONNECTIONS))
            load = asyncio.run(post_all(port, bodies, SECRET, CONNECTIONS))
            problems = _audit(file, name)
    return load, problems


@contextmanager
def _server(name: str, file: Path) -> Iterator[int]:
    port = _free_port()
    environment = _environment(file, port)
    command = [sys.executable, "-m", "granian", "--factory", "--interface", "asgi"]
    command += ["--port", str(port), "--log-level", "warning", f"bench.support.servers:{name}"]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _environment(file: Path, port: int) -> dict[str, str]:
    own = {
        "PORT": str(port),
        "DATA_DIR": str(file.parent),
        "META_APP_SECRET": SECRET,
        "SANDBOX": "0",
        "FLOOR_DATABASE": str(file),
    }
    configured = settings.load(None, port=port, data_dir=file.parent, meta_app_secret=SECRET)
    return os.environ | own | reflex_environment(configured)


async def _connect_number(file: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}")
    async with database.transaction() as session:
        now = datetime.now(UTC)
        account_id = await make_account(session, now)
        await make_connection(session, account_id, now, external_id=PHONE_NUMBER_ID)
    await database.close()


def _audit(file: Path, name: str) -> list[str]:
    kept = "SELECT count(*), count(DISTINCT body) FROM inbound_event"
    said = "SELECT count(*), count(DISTINCT provider_id) FROM message"
    waits = "SELECT count(*) FROM inbound_event WHERE state = 'received'"
    with sqlite3.connect(file) as database:
        found = {"events": database.execute(kept).fetchone()}
        if name == "product":
            _wait_until(lambda: not database.execute(waits).fetchone()[0])
            found["messages"] = database.execute(said).fetchone()
    return [
        f"{name}: {rows} {what}, {distinct} distinct, instead of {POSTS}"
        for what, (rows, distinct) in found.items()
        if (rows, distinct) != (POSTS, POSTS)
    ]


def _wait_until(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    def answers() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    _wait_until(answers)


if __name__ == "__main__":
    main()
