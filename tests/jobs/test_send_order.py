"""What leaves when, to whom, and how fast."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import (
    Address,
    AddressAlias,
    Conversation,
    Message,
)
from tests.support.outbox import SendHarness

SENT = DeliveryStatus.SENT
pytestmark = pytest.mark.anyio


async def test_a_send_carries_our_reference_and_learns_the_number_as_whatsapp_spells_it(
    harness: SendHarness,
) -> None:
    conversation_id = await harness.writes("5531987654321")
    message_id = await harness.queue(conversation_id)

    await harness.drain()

    message = await harness.message(message_id)
    assert f'"biz_opaque_callback_data":"{message.ref}"'.encode() in harness.meta.wire.calls[
        0
    ].content.replace(b": ", b":")
    async with harness.database.reading() as session:
        aliases = (await session.exec(select(col(AddressAlias.value)))).all()
    assert list(aliases) == ["5531987654321"]


@pytest.mark.postgresql("rows are locked")
async def test_messages_of_a_conversation_leave_one_after_another(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    for text in ("uno", "due", "tre"):
        await harness.queue(conversation_id, text)
    harness.meta.simulator.faults.sends.extend(["", "unavailable"])

    await harness.drain()
    assert harness.sent_texts == ["uno"]
    await harness.drain()
    await harness.drain()
    assert harness.sent_texts == ["uno", "due"]
    harness.clock.move(timedelta(seconds=2))
    await harness.drain()
    await harness.drain()
    assert harness.sent_texts == ["uno", "due", "due", "tre"]


async def test_a_conversation_that_waits_does_not_hold_up_another(harness: SendHarness) -> None:
    ada, marie = await harness.writes(), await harness.writes("33612345678")
    await harness.queue(ada, "ad Ada")
    harness.meta.simulator.faults.sends.append("131056")
    await harness.drain()
    await harness.queue(marie, "a Marie")

    await harness.drain()

    assert harness.sent_texts == ["ad Ada", "a Marie"]


@pytest.mark.postgresql("times are compared")
async def test_a_limit_of_the_number_rests_all_its_conversations(harness: SendHarness) -> None:
    ada, marie = await harness.writes(), await harness.writes("33612345678")
    await harness.queue(ada)
    harness.meta.simulator.faults.sends.append("130429")
    await harness.drain()
    later = await harness.queue(marie)

    await harness.drain()
    assert len(harness.meta.wire.calls) == 1
    harness.clock.move(timedelta(seconds=2))
    await harness.drain()

    assert (await harness.message(later)).status is SENT


async def test_one_person_gets_no_more_than_meta_allows(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    for number in range(47):
        await harness.queue(conversation_id, str(number))

    for _ in range(48):
        await harness.drain()
    assert len(harness.meta.wire.calls) == 45
    harness.clock.move(timedelta(seconds=6))
    await harness.drain()

    assert len(harness.meta.wire.calls) == 46
    async with harness.database.reading() as session:
        codes = (await session.exec(select(col(Message.error_code)))).all()
    assert not any(codes)


async def test_an_address_without_a_number_is_written_to_by_its_id(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    async with harness.database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        address = await session.get_one(Address, conversation.address_id)
        address.value, address.external_id = None, "IT.13491208655302741918"
    await harness.queue(conversation_id)

    await harness.drain()

    assert b'"recipient":"IT.13491208655302741918"' in harness.meta.wire.calls[0].content
    assert b'"to"' not in harness.meta.wire.calls[0].content


@pytest.mark.postgresql("times are compared")
@pytest.mark.parametrize("fault", ["131056", "unavailable", "130429"])
async def test_a_clock_set_back_lengthens_no_pause(harness: SendHarness, fault: str) -> None:
    conversation_id = await harness.writes()
    harness.meta.simulator.faults.sends.append(fault)
    message = await harness.queue(conversation_id)
    await harness.drain()
    harness.clock.move(-timedelta(hours=1))

    await harness.drain()

    assert (await harness.message(message)).status is SENT


async def test_a_clock_set_back_delays_nobody_who_was_just_written_to(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    for number in range(46):
        await harness.queue(conversation_id, str(number))
    for _ in range(46):
        await harness.drain()
    assert len(harness.meta.wire.calls) == 45
    harness.clock.move(-timedelta(hours=1))

    await harness.drain()
    harness.clock.move(timedelta(seconds=6))
    await harness.drain()

    assert len(harness.meta.wire.calls) == 46
