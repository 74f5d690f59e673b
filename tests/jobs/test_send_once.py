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
from tests.support.outbox import Desk

SENT = DeliveryStatus.SENT
UNKNOWN = DeliveryStatus.UNKNOWN
pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("claims are raced for")]


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


async def test_what_a_former_leader_claims_after_the_take_over_is_given_up_too(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    leader = desk.new_sender()
    await leader.take_over()
    await desk.sender._claim(20, desk.clock.now())  # and dies before it sends

    await desk.drain(leader)
    assert (await desk.message(message_id)).status is DeliveryStatus.QUEUED
    desk.clock.move(STRAYS_EVERY)
    await desk.drain(leader)

    assert (await desk.message(message_id)).status is UNKNOWN
    assert desk.sent_texts == []


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


async def test_what_goes_astray_in_our_own_code_is_unknown_and_holds_up_nobody(
    desk: Desk,
) -> None:
    ada, marie = await desk.writes(), await desk.writes("33612345678")
    astray = await desk.queue(ada)
    async with desk.database.transaction() as session:
        conversation = await session.get_one(Conversation, ada)
        (await session.get_one(Address, conversation.address_id)).value = None
    fine = await desk.queue(marie)

    await desk.drain()

    assert (await desk.message(astray)).status is UNKNOWN
    assert (await desk.message(fine)).status is SENT


async def test_a_wamid_that_stands_already_leaves_the_outcome_open(desk: Desk) -> None:
    conversation_id = await desk.writes()
    first = await desk.message(await _sent_one(desk, conversation_id))
    job = (await _claimed(desk, conversation_id)).jobs[0]

    await desk.sender._record(job, Sent(provider_id=first.provider_id or ""))

    assert (await desk.message(job.message_id)).status is UNKNOWN
    assert (await desk.outbox(job.message_id)).state is OutboxState.DONE


async def _sent_one(desk: Desk, conversation_id: int) -> int:
    message_id = await desk.queue(conversation_id)
    await desk.drain()
    return message_id


async def _claimed(desk: Desk, conversation_id: int) -> Claimed:
    await desk.queue(conversation_id)
    return await desk.sender._claim(20, desk.clock.now())
