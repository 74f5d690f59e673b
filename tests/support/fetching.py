"""Fetching files in tests: a guest who sends them, the fetcher, and the simulator as Meta."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.jobs import process_webhooks
from inbox_app.jobs.fetch_queue import Fetcher
from inbox_app.live import Change
from inbox_app.models import Connection, Media
from inbox_app.runtime import Runtime
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.sandbox.simulator.samples import fixed_sample, of_file
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.storage import Storage
from tests.support.factories import World
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta

ADA = "393471234567"


@dataclass
class Line:
    """A guest at one end, our storage at the other."""

    database: Database
    clock: Clock
    meta: Meta
    runtime: Runtime
    fetcher: Fetcher
    changes: list[Change]

    async def sends(self, kind: str) -> None:
        await self.meta.simulator.write(DEMO_NUMBER, ADA, fixed_sample(kind).content)

    async def sends_file(self, content: bytes, mime_type: str, kind: str = "document") -> None:
        kept = self.meta.simulator.media.keep(content, mime_type)
        await self.meta.simulator.write(DEMO_NUMBER, ADA, of_file(kept, kind, "").content)

    async def drain(self, fetcher: Fetcher | None = None) -> float:
        fetcher = fetcher or self.fetcher
        pause = await fetcher.pass_once()
        await fetcher.finish()
        return pause

    async def files(self) -> list[Media]:
        async with self.database.reading() as session:
            return list(await session.exec(select(Media).order_by(col(Media.id))))

    async def file(self) -> Media:
        (only,) = await self.files()
        return only

    async def bytes_of(self, sha256: str | None) -> bytes:
        chunks = self.runtime.storage.read(sha256 or "")
        return b"".join([chunk async for chunk in chunks])

    def new_fetcher(self) -> Fetcher:
        return Fetcher(self.runtime, now=self.clock.now, real_now=self.clock.now)


@asynccontextmanager
async def fetch_line(
    database: Database, world: World, now: datetime, folder: Path, storage: Storage | None = None
) -> AsyncIterator[Line]:
    """Ada's files are heard of at once and wait to be fetched; ``storage`` is a folder unless
    another is given."""
    clock = Clock(now)
    there: list[Line] = []

    async def hear(body: bytes) -> None:
        await store_webhook.store(database.append, WHATSAPP, [RawEvent(body, clock.now())])
        await process_webhooks.drain_once(there[0].runtime)

    meta = simulated_meta(clock, hear=hear)
    runtime = meta.runtime(database, folder)
    runtime = replace(runtime, storage=storage or runtime.storage)
    async with database.transaction() as session:
        connection = await session.get_one(Connection, world.connection_id)
        connection.external_id = DEMO_NUMBER.phone_number_id
        connection.credentials_encrypted = runtime.vault.encrypt(TOKEN)
    fetcher = Fetcher(runtime, now=clock.now, real_now=clock.now)
    line = Line(database, clock, meta, runtime, fetcher, [])
    runtime.live.listen(line.changes.append)
    there.append(line)
    yield line
    await runtime.http.aclose()
