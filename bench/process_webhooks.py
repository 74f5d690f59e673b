"""How many kept events are understood in a second, on each database:
`python -m bench.process_webhooks`.

Each event is one text. PostgreSQL is the server at TEST_DATABASE_URL, left out when none answers.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import psycopg
from sqlalchemy import func, make_url, select
from sqlmodel import col

from bench.support.load import texts
from inbox_app.channel_setup import register_channels
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.config.settings import Settings
from inbox_app.database import Database
from inbox_app.jobs import process_webhooks
from inbox_app.live import InProcess
from inbox_app.models import EventState, InboundEvent, Message
from inbox_app.operating.migrations import migrate
from inbox_app.runtime import Runtime
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.storage import Storage
from inbox_app.vault import Vault
from tests.support.factories import make_world

EVENTS = 10_000
TARGET = 500
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def main() -> None:
    """Print the figures; exit code 1 when one misses the target or anything was lost or doubled."""
    misses = 0
    with tempfile.TemporaryDirectory(prefix="inbox-bench-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        misses += not _measure("SQLite", url)
    with _postgres() as url:
        if url is None:
            print("PostgreSQL: no server answers at TEST_DATABASE_URL")
        else:
            misses += not _measure("PostgreSQL", url)
    sys.exit(misses > 0)


def _measure(name: str, url: str) -> bool:
    migrate(url)
    before = time.process_time()
    seconds, understood, messages = asyncio.run(_drain(url))
    computed = 1000 * (time.process_time() - before) / EVENTS
    rate = EVENTS / seconds
    print(
        f"{name}: {rate:.0f} events/s, {rate / TARGET:.1f} times the {TARGET} to reach"
        f" ({EVENTS} texts of 500 people, {seconds:.1f} s;"
        f" computed {computed:.2f} ms for each here)"
    )
    complete = understood == messages == EVENTS
    if not complete:
        print(f"  {understood} events applied and {messages} messages instead of {EVENTS}")
    return rate >= TARGET and complete


async def _drain(url: str) -> tuple[float, int, int]:
    register_channels()
    database = Database(url)
    now = datetime.now(UTC)
    async with database.transaction() as session:
        await make_world(session, now)
    await store_webhook.store(
        database.append, WHATSAPP, [RawEvent(body, now) for body in texts(EVENTS)]
    )
    running = Runtime(
        cast("Settings", None),
        database,
        cast("Vault", None),
        InProcess(),
        cast("httpx.AsyncClient", None),
        cast("Storage", None),
    )
    began = time.perf_counter()
    while await process_webhooks.drain_once(running):
        pass
    seconds = time.perf_counter() - began
    async with database.reading() as session:
        connection = await session.connection()
        applied = col(InboundEvent.state) == EventState.APPLIED
        understood = await connection.scalar(
            select(func.count(col(InboundEvent.id)).filter(applied))
        )
        messages = await connection.scalar(select(func.count(col(Message.id))))
    await database.close()
    return seconds, understood or 0, messages or 0


@contextmanager
def _postgres() -> Iterator[str | None]:
    name = f"inbox_bench_{os.getpid()}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    with server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            url = make_url(POSTGRES).set(drivername="postgresql+psycopg", database=name)
            yield url.render_as_string(hide_password=False)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


if __name__ == "__main__":
    main()
