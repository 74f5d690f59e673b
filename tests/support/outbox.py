"""Sending in tests: a little world, the outbox worker, and the simulator in place of Meta."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.jobs.outbox_worker import OutboxWorker
from inbox_app.live import Change
from inbox_app.models import Connection, Message, Outbox, WhatsAppNumber
from inbox_app.runtime import Runtime
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.services.sending.send import queue_text
from inbox_app.storage import Storage
from tests.support.factories import World
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta
from tests.support.writers import a_person_wrote

ADA = "393471234567"


@dataclass
class SendHarness:
    """What property managers queue, and the worker that sends it."""

    database: Database
    world: World
    clock: Clock
    meta: Meta
    runtime: Runtime
    sender: OutboxWorker
    changes: list[Change]

    async def queue(self, conversation_id: int, text: str = "Buongiorno") -> int:
        async with self.database.transaction() as session:
            message = await queue_text(
                session,
                account_id=self.world.account_id,
                conversation_id=conversation_id,
                text=text,
                author_id=self.world.marta_id,
                origin=Origin.PM,
                client_ref=None,
                now=self.clock.now(),
            )
        return message.id

    async def writes(self, wa_id: str = ADA) -> int:
        """Somebody writes to us; their conversation."""
        chat = self.meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, wa_id)
        chat.last_written_at = int(self.clock.now().timestamp())
        async with self.database.transaction() as session:
            return await a_person_wrote(session, self.world, self.clock.now(), wa_id)

    async def drain(self, sender: OutboxWorker | None = None) -> None:
        """One pass of the worker, to its end."""
        sender = sender or self.sender
        await sender.pass_once()
        await sender.finish()

    async def message(self, message_id: int) -> Message:
        async with self.database.reading() as session:
            return await session.get_one(Message, message_id)

    async def outbox(self, message_id: int) -> Outbox:
        async with self.database.reading() as session:
            query = select(Outbox).where(col(Outbox.message_id) == message_id)
            return (await session.exec(query)).one()

    async def number(self) -> WhatsAppNumber:
        async with self.database.reading() as session:
            of_connection = col(WhatsAppNumber.connection_id) == self.world.connection_id
            return (await session.exec(select(WhatsAppNumber).where(of_connection))).one()

    async def connection(self) -> Connection:
        async with self.database.reading() as session:
            return await session.get_one(Connection, self.world.connection_id)

    @property
    def sent_texts(self) -> list[str]:
        return [json.loads(call.content)["text"]["body"] for call in self.meta.wire.calls]

    def new_sender(self) -> OutboxWorker:
        return OutboxWorker(self.runtime, now=self.clock.now, real_now=self.clock.now)


@asynccontextmanager
async def send_harness(
    database: Database,
    world: World,
    now: datetime,
    tmp_path: Path,
    storage: Storage | None = None,
) -> AsyncIterator[SendHarness]:
    """Files lie in a folder unless another ``storage`` is given."""
    clock = Clock(now)
    meta = simulated_meta(clock)
    runtime = meta.runtime(database, tmp_path)
    runtime = replace(runtime, storage=storage or runtime.storage)
    async with database.transaction() as session:
        connection = await session.get_one(Connection, world.connection_id)
        connection.credentials_encrypted = runtime.vault.encrypt(TOKEN)
    changes: list[Change] = []
    runtime.live.listen(changes.append)
    sender = OutboxWorker(runtime, now=clock.now, real_now=clock.now)
    yield SendHarness(database, world, clock, meta, runtime, sender, changes)
    await meta.simulator.close()
    await runtime.http.aclose()
