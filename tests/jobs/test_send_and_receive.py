"""Sends and the webhooks that tell of them, together: whatever their order, the truth is one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.controls import decide
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.domain.sending import Reason
from inbox_app.jobs import process_webhooks
from inbox_app.jobs.outbox_worker import OutboxWorker
from inbox_app.models import Connection, Conversation, Draft, EarlyStatus, Message
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.services.sending.send import queue_text
from tests.support.factories import World
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta

pytestmark = pytest.mark.anyio
ADA = "393471234567"
A_TEXT = {"type": "text", "text": {"body": "Buongiorno"}}


@dataclass
class Line:
    """A guest at one end, a property manager at the other, the simulator between them."""

    database: Database
    world: World
    clock: Clock
    meta: Meta
    sender: OutboxWorker

    async def guest_writes(self) -> int:
        await self.meta.simulator.write(DEMO_NUMBER, ADA, A_TEXT)
        async with self.database.reading() as session:
            return (await session.exec(select(Conversation.id))).one()

    async def manager_answers(self, conversation_id: int) -> None:
        async with self.database.transaction() as session:
            await queue_text(
                session,
                account_id=self.world.account_id,
                conversation_id=conversation_id,
                text="Eccoci",
                author_id=self.world.marta_id,
                origin=Origin.PM,
                client_ref=None,
                now=self.clock.now(),
            )
        await self.sender.pass_once()
        await self.sender.finish()
        await self.meta.simulator.webhooks.settle()

    async def answer(self) -> Message:
        async with self.database.reading() as session:
            sent = select(Message).where(Message.text == "Eccoci")
            return (await session.exec(sent)).one()


@pytest.fixture
async def line(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[Line]:
    clock = Clock(now)

    async def hear(body: bytes) -> None:
        await store_webhook.store(database.append, WHATSAPP, [RawEvent(body, clock.now())])
        while await process_webhooks.drain_once(runtime):
            pass

    meta = simulated_meta(clock, hear=hear)
    runtime = meta.runtime(database, tmp_path)
    async with database.transaction() as session:
        connection = await session.get_one(Connection, world.connection_id)
        connection.credentials_encrypted = runtime.vault.encrypt(TOKEN)
    sender = OutboxWorker(runtime, now=clock.now, real_now=clock.now)
    yield Line(database, world, clock, meta, sender)
    await meta.simulator.close()
    await runtime.http.aclose()


@pytest.mark.parametrize(
    "switches",
    [
        {},
        {"duplicate": True},
        {"shuffle": True},
        {"early": True},
        {"early": True, "duplicate": True},
        {"sends": ["silent_after_acceptance"]},
        {"sends": ["reset_after_acceptance"], "shuffle": True},
    ],
    ids=lambda switches: "+".join(switches) or "all well",
)
async def test_the_ticks_come_back_whatever_the_order(line: Line, switches: dict[str, Any]) -> None:
    conversation_id = await line.guest_writes()
    await line.meta.simulator.deliveries.open_chat("a tab", DEMO_NUMBER, ADA)
    line.meta.simulator.faults.set(switches)

    await line.manager_answers(conversation_id)

    answer = await line.answer()
    assert answer.status is DeliveryStatus.READ
    assert answer.provider_id in {
        message.id for message in line.meta.simulator.phones.chat(*_CHAT).messages
    }
    async with line.database.reading() as session:
        assert (await session.exec(select(EarlyStatus))).all() == []


_CHAT = (DEMO_NUMBER.phone_number_id, ADA)


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("code", "reason"), [(131047, Reason.REENGAGEMENT_NEEDED), (131026, Reason.UNDELIVERABLE)]
)
async def test_what_meta_took_and_then_refused_changes_the_foot_until_the_guest_writes(
    line: Line, code: int, reason: Reason
) -> None:
    conversation_id = await line.guest_writes()
    line.clock.move(timedelta(minutes=1))
    line.meta.simulator.faults.failures.append(code)

    await line.manager_answers(conversation_id)

    answer = await line.answer()
    assert (answer.status, answer.error_code) == (DeliveryStatus.FAILED, code)
    assert await _reason(line, conversation_id) is reason
    async with line.database.reading() as session:
        drafts = (await session.exec(select(Draft.text))).all()
    assert drafts == (["Eccoci"] if code == 131047 else [])
    line.clock.move(timedelta(minutes=1))
    await line.guest_writes()
    assert await _reason(line, conversation_id) is Reason.WINDOW_OPEN


async def _reason(line: Line, conversation_id: int) -> Reason:
    async with line.database.reading() as session:
        facts = await load_facts(
            session, line.world.account_id, [conversation_id], line.clock.now()
        )
    return decide(facts[conversation_id]).reason
