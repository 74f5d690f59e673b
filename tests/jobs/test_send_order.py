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
from tests.support.outbox import Desk

SENT = DeliveryStatus.SENT
pytestmark = pytest.mark.anyio


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


@pytest.mark.postgresql("rows are locked")
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


@pytest.mark.postgresql("times are compared")
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


async def test_an_address_without_a_number_is_written_to_by_its_id(desk: Desk) -> None:
    conversation_id = await desk.writes()
    async with desk.database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        address = await session.get_one(Address, conversation.address_id)
        address.value, address.external_id = None, "IT.13491208655302741918"
    await desk.queue(conversation_id)

    await desk.drain()

    assert b'"recipient":"IT.13491208655302741918"' in desk.meta.wire.calls[0].content
    assert b'"to"' not in desk.meta.wire.calls[0].content


@pytest.mark.postgresql("times are compared")
@pytest.mark.parametrize("fault", ["131056", "unavailable", "130429"])
async def test_a_clock_set_back_lengthens_no_pause(desk: Desk, fault: str) -> None:
    conversation_id = await desk.writes()
    desk.meta.simulator.faults.sends.append(fault)
    message = await desk.queue(conversation_id)
    await desk.drain()
    desk.clock.move(-timedelta(hours=1))

    await desk.drain()

    assert (await desk.message(message)).status is SENT


async def test_a_clock_set_back_delays_nobody_who_was_just_written_to(desk: Desk) -> None:
    conversation_id = await desk.writes()
    for number in range(46):
        await desk.queue(conversation_id, str(number))
    for _ in range(46):
        await desk.drain()
    assert len(desk.meta.wire.calls) == 45
    desk.clock.move(-timedelta(hours=1))

    await desk.drain()
    desk.clock.move(timedelta(seconds=6))
    await desk.drain()

    assert len(desk.meta.wire.calls) == 46
