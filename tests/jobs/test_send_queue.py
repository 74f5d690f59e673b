"""The sender against everything that can go wrong between us and Meta."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.jobs.send_queue import Sender
from inbox_app.live import Change
from inbox_app.models import (
    Address,
    AddressAlias,
    Connection,
    ConnectionState,
    Conversation,
    Draft,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.runtime import Runtime
from inbox_app.sandbox.people import DEMO_NUMBER, TOKEN
from inbox_app.services.claim_sends import Claimed
from inbox_app.services.record_outcome import Accepted
from inbox_app.services.retry_send import retry
from inbox_app.services.send import queue_text
from tests.factories import World
from tests.simulated_meta import Clock, Meta, simulated_meta
from tests.writers import a_person_wrote

QUEUED, SENT, FAILED, UNKNOWN = (
    DeliveryStatus.QUEUED,
    DeliveryStatus.SENT,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNKNOWN,
)
ADA = "393471234567"
pytestmark = pytest.mark.anyio


@dataclass
class Desk:
    """A property manager's desk: what they queue, and the sender that carries it."""

    database: Database
    world: World
    clock: Clock
    meta: Meta
    runtime: Runtime
    sender: Sender
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

    async def drain(self, sender: Sender | None = None) -> None:
        """One pass of the sender, to its end."""
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

    async def connection(self) -> Connection:
        async with self.database.reading() as session:
            return await session.get_one(Connection, self.world.connection_id)

    @property
    def sent_texts(self) -> list[str]:
        return [json.loads(call.content)["text"]["body"] for call in self.meta.wire.calls]

    def new_sender(self) -> Sender:
        return Sender(self.runtime, now=self.clock.now, real_now=self.clock.now)


@pytest.fixture
async def desk(
    database: Database, world: World, now: datetime, tmp_path: Path
) -> AsyncIterator[Desk]:
    clock = Clock(now)
    meta = simulated_meta(clock)
    runtime = meta.runtime(database, tmp_path)
    async with database.transaction() as session:
        connection = await session.get_one(Connection, world.connection_id)
        connection.token_encrypted = runtime.vault.encrypt(TOKEN)
    changes: list[Change] = []
    runtime.live.listen(changes.append)
    sender = Sender(runtime, now=clock.now, real_now=clock.now)
    yield Desk(database, world, clock, meta, runtime, sender, changes)
    await meta.simulator.close()
    await runtime.http.aclose()


class Case(NamedTuple):
    """What a fault leaves behind after one pass; `waits` in seconds, from and to."""

    fault: str
    status: DeliveryStatus
    waits: tuple[float, float] | None = None
    code: int | None = None


CASES = [
    Case("", SENT),
    Case("no_connection", QUEUED, (0.5, 1)),
    Case("html_502", UNKNOWN),
    Case("silent_after_acceptance", UNKNOWN),
    Case("reset_after_acceptance", UNKNOWN),
    Case("http_429", QUEUED, (30, 30)),
    Case("server_error", QUEUED, (0.5, 1)),
    Case("unavailable", QUEUED, (0.5, 1)),
    Case("131016", QUEUED, (0.5, 1)),
    Case("131056", QUEUED, (4, 4)),
    Case("130429", QUEUED, (0.5, 1)),
    Case("80007", QUEUED, (0.5, 1)),
    Case("4", QUEUED, (0.5, 1)),
    Case("131026", FAILED, code=131026),
    Case("131047", FAILED, code=131047),
    Case("131030", FAILED, code=131030),
    Case("131008", FAILED, code=131008),
    Case("131042", FAILED, code=131042),
    Case("190", FAILED, code=190),
    Case("10", FAILED, code=10),
    Case("999999", FAILED, code=999999),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault or "none")
async def test_each_fault_has_its_outcome(desk: Desk, case: Case) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append(case.fault)

    await desk.drain()

    message, outbox = await desk.message(message_id), await desk.outbox(message_id)
    assert len(desk.meta.wire.calls) == 1
    assert message.status is case.status
    assert message.error_code == case.code
    assert (message.provider_id is not None) == (case.status is SENT)
    if case.waits is None:
        assert outbox.state is OutboxState.DONE
    else:
        assert outbox.state is OutboxState.QUEUED
        assert outbox.next_attempt_at is not None
        waits = (outbox.next_attempt_at - desk.clock.now()).total_seconds()
        assert case.waits[0] <= waits <= case.waits[1]


@pytest.mark.parametrize("case", [c for c in CASES if c.waits], ids=lambda case: case.fault)
async def test_what_waits_leaves_when_its_time_has_come_and_not_before(
    desk: Desk, case: Case
) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append(case.fault)
    await desk.drain()
    await desk.drain()
    assert len(desk.meta.wire.calls) == 1

    desk.clock.move(timedelta(seconds=31))
    await desk.drain()

    assert (await desk.message(message_id)).status is SENT
    assert len(desk.meta.wire.calls) == 2


@pytest.mark.parametrize("case", [c for c in CASES if not c.waits], ids=lambda c: c.fault or "none")
async def test_what_is_settled_or_unknown_is_never_sent_again_by_itself(
    desk: Desk, case: Case
) -> None:
    await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append(case.fault)

    for _ in range(3):
        await desk.drain()
        desk.clock.move(timedelta(hours=1))

    assert len(desk.meta.wire.calls) == 1


async def test_a_send_carries_our_reference_and_learns_the_number_as_whatsapp_spells_it(
    desk: Desk,
) -> None:
    conversation_id = await desk.writes("5531987654321")
    message_id = await desk.queue(conversation_id)

    await desk.drain()

    message = await desk.message(message_id)
    assert f'"biz_opaque_callback_data":"{message.ref}"'.encode() in desk.meta.wire.calls[
        0
    ].content.replace(b": ", b":")
    async with desk.database.reading() as session:
        aliases = (await session.exec(select(col(AddressAlias.value)))).all()
    assert list(aliases) == ["5531987654321"]


async def test_pages_hear_of_each_outcome(desk: Desk) -> None:
    conversation_id = await desk.writes()
    await desk.queue(conversation_id)

    await desk.drain()

    assert Change(desk.world.account_id, conversation_id) in desk.changes


async def test_refused_credentials_break_the_connection_and_stop_what_follows(desk: Desk) -> None:
    conversation_id = await desk.writes()
    first, second = await desk.queue(conversation_id), await desk.queue(conversation_id)
    desk.meta.simulator.faults.sends.append("190")

    await desk.drain()
    await desk.drain()

    connection = await desk.connection()
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert "Invalid OAuth access token" in connection.state_reason
    assert (await desk.message(first)).status is FAILED
    assert (await desk.message(second)).status is FAILED
    assert len(desk.meta.wire.calls) == 1
    assert Change(desk.world.account_id) in desk.changes


async def test_a_text_that_meta_wants_a_template_for_comes_back_as_draft(desk: Desk) -> None:
    conversation_id = await desk.writes()
    await desk.queue(conversation_id, "A domani")
    desk.meta.simulator.faults.sends.append("131047")

    await desk.drain()

    async with desk.database.reading() as session:
        draft = (await session.exec(select(Draft))).one()
    assert (draft.user_id, draft.text) == (desk.world.marta_id, "A domani")


async def test_messages_of_a_conversation_leave_one_after_another(desk: Desk) -> None:
    conversation_id = await desk.writes()
    for text in ("uno", "due", "tre"):
        await desk.queue(conversation_id, text)
    desk.meta.simulator.faults.sends.extend(["", "unavailable"])

    await desk.drain()
    assert desk.sent_texts == ["uno"]
    await desk.drain()
    await desk.drain()
    assert desk.sent_texts == ["uno", "due"]
    desk.clock.move(timedelta(seconds=2))
    await desk.drain()
    await desk.drain()
    assert desk.sent_texts == ["uno", "due", "due", "tre"]


async def test_a_conversation_that_waits_does_not_hold_up_another(desk: Desk) -> None:
    ada, marie = await desk.writes(), await desk.writes("33612345678")
    await desk.queue(ada, "ad Ada")
    desk.meta.simulator.faults.sends.append("131056")
    await desk.drain()
    await desk.queue(marie, "a Marie")

    await desk.drain()

    assert desk.sent_texts == ["ad Ada", "a Marie"]


async def test_a_limit_of_the_number_rests_all_its_conversations(desk: Desk) -> None:
    ada, marie = await desk.writes(), await desk.writes("33612345678")
    await desk.queue(ada)
    desk.meta.simulator.faults.sends.append("130429")
    await desk.drain()
    later = await desk.queue(marie)

    await desk.drain()
    assert len(desk.meta.wire.calls) == 1
    desk.clock.move(timedelta(seconds=2))
    await desk.drain()

    assert (await desk.message(later)).status is SENT


async def test_one_person_gets_no_more_than_meta_allows(desk: Desk) -> None:
    conversation_id = await desk.writes()
    for number in range(47):
        await desk.queue(conversation_id, str(number))

    for _ in range(48):
        await desk.drain()
    assert len(desk.meta.wire.calls) == 45
    desk.clock.move(timedelta(seconds=6))
    await desk.drain()

    assert len(desk.meta.wire.calls) == 46
    async with desk.database.reading() as session:
        codes = (await session.exec(select(col(Message.error_code)))).all()
    assert not any(codes)


async def test_what_never_gets_through_fails_in_the_end(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.extend(["131016"] * 50)

    for _ in range(40):
        await desk.drain()
        desk.clock.move(timedelta(minutes=2))

    message = await desk.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131016)
    assert len(desk.meta.wire.calls) == 12


async def test_a_window_that_closed_meanwhile_refuses_the_message_before_meta(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.clock.move(timedelta(hours=24))

    await desk.drain()

    message = await desk.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131047)
    assert message.error_message == "The 24-hour window closed before the message left."
    assert message.text == "Buongiorno"
    assert not desk.meta.wire.calls


async def test_two_senders_send_each_message_once(desk: Desk) -> None:
    for number in range(10):
        await desk.queue(await desk.writes(f"3934700000{number:02}"), f"a {number}")
    other = desk.new_sender()

    await asyncio.gather(*(s.pass_once() for s in (desk.sender, other, desk.sender, other)))
    await desk.sender.finish()
    await other.finish()

    assert sorted(desk.sent_texts) == [f"a {number}" for number in range(10)]


async def test_what_a_sender_that_died_had_claimed_becomes_unknown(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    await desk.sender._claim(20, desk.clock.now())  # and dies before it sends
    successor = desk.new_sender()

    await successor.take_over()
    await desk.drain(successor)

    assert (await desk.message(message_id)).status is UNKNOWN
    assert not desk.meta.wire.calls


async def test_a_sender_keeps_its_own_claims_when_it_leads_again(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    await desk.sender._claim(20, desk.clock.now())

    await desk.sender.take_over()

    assert (await desk.outbox(message_id)).state is OutboxState.CLAIMED


async def test_a_sender_that_was_given_up_may_still_bring_good_news(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    claimed = await desk.sender._claim(20, desk.clock.now())
    await desk.new_sender().take_over()

    await desk.sender._send(claimed.jobs[0])

    assert (await desk.message(message_id)).status is SENT


async def test_riprova_sends_a_failed_message_again(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append("131042")
    await desk.drain()
    first_ref = (await desk.message(message_id)).ref

    async with desk.database.transaction() as session:
        await retry(session, desk.world.account_id, message_id, desk.clock.now())
    await desk.drain()

    message = await desk.message(message_id)
    assert (message.status, message.error_code) == (SENT, None)
    assert message.ref != first_ref
    assert len(desk.meta.wire.calls) == 2


async def test_riprova_waits_ten_minutes_for_the_outcome_of_an_unanswered_send(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append("silent_after_acceptance")
    await desk.drain()

    for minutes, sends in ((9, 1), (1, 2)):
        desk.clock.move(timedelta(minutes=minutes))
        async with desk.database.transaction() as session:
            await retry(session, desk.world.account_id, message_id, desk.clock.now())
        await desk.drain()
        assert len(desk.meta.wire.calls) == sends


async def test_an_address_without_a_number_is_written_to_by_its_id(desk: Desk) -> None:
    conversation_id = await desk.writes()
    async with desk.database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        address = await session.get_one(Address, conversation.address_id)
        address.wa_id, address.user_id = None, "IT.13491208655302741918"
    await desk.queue(conversation_id)

    await desk.drain()

    assert b'"recipient":"IT.13491208655302741918"' in desk.meta.wire.calls[0].content
    assert b'"to"' not in desk.meta.wire.calls[0].content


async def test_a_token_that_the_secret_key_no_longer_opens_asks_for_reconnecting(
    desk: Desk,
) -> None:
    message_id = await desk.queue(await desk.writes())
    async with desk.database.transaction() as session:
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.token_encrypted = "another key's"

    await desk.drain()

    assert (await desk.message(message_id)).status is FAILED
    assert (await desk.connection()).state is ConnectionState.CREDENTIALS_REFUSED
    assert not desk.meta.wire.calls


async def test_what_goes_astray_in_our_own_code_is_unknown_and_holds_up_nobody(
    desk: Desk,
) -> None:
    ada, marie = await desk.writes(), await desk.writes("33612345678")
    astray = await desk.queue(ada)
    async with desk.database.transaction() as session:
        conversation = await session.get_one(Conversation, ada)
        (await session.get_one(Address, conversation.address_id)).wa_id = None
    fine = await desk.queue(marie)

    await desk.drain()

    assert (await desk.message(astray)).status is UNKNOWN
    assert (await desk.message(fine)).status is SENT


async def test_a_wamid_that_stands_already_leaves_the_outcome_open(desk: Desk) -> None:
    conversation_id = await desk.writes()
    first = await desk.message(await _sent_one(desk, conversation_id))
    job = (await _claimed(desk, conversation_id)).jobs[0]

    await desk.sender._record(job, Accepted(provider_id=first.provider_id or ""))

    assert (await desk.message(job.message_id)).status is UNKNOWN
    assert (await desk.outbox(job.message_id)).state is OutboxState.DONE


async def _sent_one(desk: Desk, conversation_id: int) -> int:
    message_id = await desk.queue(conversation_id)
    await desk.drain()
    return message_id


async def _claimed(desk: Desk, conversation_id: int) -> Claimed:
    await desk.queue(conversation_id)
    return await desk.sender._claim(20, desk.clock.now())
