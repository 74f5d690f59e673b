"""However often it is tried and whoever dies over it, a message leaves at most once by itself
(M6)."""

import asyncio
from datetime import timedelta

import pytest

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.jobs.outbox_worker import STRAYS_EVERY
from inbox_app.models import (
    Address,
    Conversation,
    OutboxState,
)
from inbox_app.services.sending.claim_sends import Claimed
from inbox_app.services.sending.record_delivery import Sent
from inbox_app.services.sending.retry_send import retry
from tests.support.outbox import SendHarness

SENT = DeliveryStatus.SENT
UNKNOWN = DeliveryStatus.UNKNOWN
pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("claims are raced for")]


async def test_two_senders_send_each_message_once(harness: SendHarness) -> None:
    for number in range(10):
        await harness.queue(await harness.writes(f"3934700000{number:02}"), f"a {number}")
    other = harness.new_sender()

    await asyncio.gather(*(s.pass_once() for s in (harness.sender, other, harness.sender, other)))
    await harness.sender.finish()
    await other.finish()

    assert sorted(harness.sent_texts) == [f"a {number}" for number in range(10)]


async def test_what_a_sender_that_died_had_claimed_becomes_unknown(harness: SendHarness) -> None:
    message_id = await harness.queue(await harness.writes())
    await harness.sender._claim(20, harness.clock.now())  # and dies before it sends
    successor = harness.new_sender()

    await successor.take_over()
    await harness.drain(successor)

    assert (await harness.message(message_id)).status is UNKNOWN
    assert not harness.meta.wire.calls


async def test_what_a_former_leader_claims_after_the_take_over_is_given_up_too(
    harness: SendHarness,
) -> None:
    message_id = await harness.queue(await harness.writes())
    leader = harness.new_sender()
    await leader.take_over()
    await harness.sender._claim(20, harness.clock.now())  # and dies before it sends

    await harness.drain(leader)
    assert (await harness.message(message_id)).status is DeliveryStatus.QUEUED
    harness.clock.move(STRAYS_EVERY)
    await harness.drain(leader)

    assert (await harness.message(message_id)).status is UNKNOWN
    assert harness.sent_texts == []


async def test_a_sender_keeps_its_own_claims_when_it_leads_again(harness: SendHarness) -> None:
    message_id = await harness.queue(await harness.writes())
    await harness.sender._claim(20, harness.clock.now())

    await harness.sender.take_over()

    assert (await harness.outbox(message_id)).state is OutboxState.CLAIMED


async def test_a_sender_that_was_given_up_may_still_bring_good_news(harness: SendHarness) -> None:
    message_id = await harness.queue(await harness.writes())
    claimed = await harness.sender._claim(20, harness.clock.now())
    await harness.new_sender().take_over()

    await harness.sender._send(claimed.jobs[0])

    assert (await harness.message(message_id)).status is SENT


async def test_riprova_sends_a_failed_message_again(harness: SendHarness) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.append("131042")
    await harness.drain()
    first_ref = (await harness.message(message_id)).ref

    async with harness.database.transaction() as session:
        await retry(session, harness.world.account_id, message_id, harness.clock.now())
    await harness.drain()

    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (SENT, None)
    assert message.ref != first_ref
    assert len(harness.meta.wire.calls) == 2


async def test_riprova_waits_ten_minutes_for_the_outcome_of_an_unanswered_send(
    harness: SendHarness,
) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.append("silent_after_acceptance")
    await harness.drain()

    for minutes, sends in ((9, 1), (1, 2)):
        harness.clock.move(timedelta(minutes=minutes))
        async with harness.database.transaction() as session:
            await retry(session, harness.world.account_id, message_id, harness.clock.now())
        await harness.drain()
        assert len(harness.meta.wire.calls) == sends


async def test_what_goes_astray_in_our_own_code_is_unknown_and_holds_up_nobody(
    harness: SendHarness,
) -> None:
    ada, marie = await harness.writes(), await harness.writes("33612345678")
    astray = await harness.queue(ada)
    async with harness.database.transaction() as session:
        conversation = await session.get_one(Conversation, ada)
        (await session.get_one(Address, conversation.address_id)).value = ""
    fine = await harness.queue(marie)

    await harness.drain()

    assert (await harness.message(astray)).status is UNKNOWN
    assert (await harness.message(fine)).status is SENT


async def test_a_wamid_that_stands_already_leaves_the_outcome_open(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    first = await harness.message(await _sent_one(harness, conversation_id))
    job = (await _claimed(harness, conversation_id)).jobs[0]

    await harness.sender._record(job, Sent(provider_id=first.provider_id or ""))

    assert (await harness.message(job.message_id)).status is UNKNOWN
    assert (await harness.outbox(job.message_id)).state is OutboxState.DONE


async def _sent_one(harness: SendHarness, conversation_id: int) -> int:
    message_id = await harness.queue(conversation_id)
    await harness.drain()
    return message_id


async def _claimed(harness: SendHarness, conversation_id: int) -> Claimed:
    await harness.queue(conversation_id)
    return await harness.sender._claim(20, harness.clock.now())
