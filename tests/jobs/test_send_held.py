"""What is queued while Meta refuses the credentials: held, and sent or given back afterwards."""

from datetime import timedelta

import pytest
from sqlmodel import select

from inbox_app.domain.failures import Failure, Remedy
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.domain.pace import PairPace
from inbox_app.live import Change
from inbox_app.models import Connection, ConnectionState, Draft, OutboxState
from inbox_app.sandbox.simulator.people import TOKEN
from inbox_app.services.connecting.connect import disconnect
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.record_delivery import CredentialsRefused, record
from tests.support.outbox import Desk

FAILED, SENT, WAITING = DeliveryStatus.FAILED, DeliveryStatus.SENT, DeliveryStatus.WAITING
pytestmark = pytest.mark.anyio


async def three_are_held(desk: Desk) -> tuple[int, list[int]]:
    """The conversation and its messages, the first of which Meta refused the token for."""
    conversation_id = await desk.writes()
    held = [await desk.queue(conversation_id, text) for text in ("uno", "due", "tre")]
    desk.meta.simulator.faults.sends.append("190")
    await desk.drain()
    await desk.drain()
    desk.meta.wire.calls.clear()
    return conversation_id, held


async def reconnect(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.state = ConnectionState.ACTIVE


async def statuses(desk: Desk, messages: list[int]) -> list[DeliveryStatus | None]:
    return [(await desk.message(message)).status for message in messages]


async def drafts(desk: Desk) -> list[str]:
    async with desk.database.reading() as session:
        return [draft.text for draft in (await session.exec(select(Draft))).all()]


async def test_all_that_is_queued_waits_and_pages_hear_of_it(desk: Desk) -> None:
    conversation_id, held = await three_are_held(desk)

    assert await statuses(desk, held) == [WAITING] * 3
    assert [(await desk.outbox(message)).state for message in held] == [OutboxState.HELD] * 3
    assert desk.changes.count(Change(desk.world.account_id, conversation_id)) >= 2


@pytest.mark.postgresql("times are compared")
async def test_after_reconnecting_it_leaves_in_its_order_at_the_time_of_then(desk: Desk) -> None:
    _, held = await three_are_held(desk)
    desk.clock.move(timedelta(hours=2))
    await reconnect(desk)

    for _ in held:
        await desk.drain()

    assert desk.sent_texts == ["uno", "due", "tre"]
    assert await statuses(desk, held) == [SENT] * 3
    assert (await desk.message(held[0])).sent_at == desk.clock.now().replace(microsecond=0)
    assert not await drafts(desk)


@pytest.mark.postgresql("its statements")
async def test_a_restart_forgets_nothing(desk: Desk) -> None:
    _, held = await three_are_held(desk)
    sender = desk.new_sender()
    await sender.take_over()
    await reconnect(desk)

    for _ in held:
        await desk.drain(sender)

    assert await statuses(desk, held) == [SENT] * 3


@pytest.mark.postgresql("rows are locked")
async def test_what_the_window_no_longer_allows_goes_before_the_draft_that_stands_there(
    desk: Desk,
) -> None:
    conversation_id, held = await three_are_held(desk)
    async with desk.database.transaction() as session:
        await save_draft(
            session,
            account_id=desk.world.account_id,
            user_id=desk.world.marta_id,
            conversation_id=conversation_id,
            text="quattro",
            now=desk.clock.now(),
        )
    desk.clock.move(timedelta(hours=24))
    await reconnect(desk)

    await desk.drain()

    assert await drafts(desk) == ["uno\n\ndue\n\ntre\n\nquattro"]
    assert await statuses(desk, held) == [FAILED] * 3
    assert not desk.meta.wire.calls


@pytest.mark.postgresql("rows are locked")
async def test_disconnecting_gives_it_back(desk: Desk) -> None:
    _, held = await three_are_held(desk)
    async with desk.database.transaction() as session:
        await disconnect(session, desk.world.account_id, desk.clock.now())

    await desk.drain()

    assert await drafts(desk) == ["uno\n\ndue\n\ntre"]
    assert await statuses(desk, held) == [FAILED] * 3
    assert not desk.meta.wire.calls


@pytest.mark.postgresql("rows are locked")
async def test_a_refusal_of_a_token_that_was_renewed_meanwhile_breaks_nothing(desk: Desk) -> None:
    message, now = await desk.queue(await desk.writes()), desk.clock.now()
    async with desk.database.transaction() as session:
        claimed = await claim(session, owner="us", limit=1, pace=PairPace(), now=now, real_now=now)
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.credentials_encrypted = desk.runtime.vault.encrypt(TOKEN)
    async with desk.database.transaction() as session:
        refused = CredentialsRefused(Failure(remedy=Remedy.RECONNECT, code=190, words=""))
        await record(session, claimed.jobs[0], refused, owner="us", now=now, real_now=now)
    assert (await desk.connection()).state is ConnectionState.ACTIVE

    await desk.drain()

    assert (await desk.message(message)).status is SENT


async def test_credentials_that_are_only_said_to_be_good_are_not_tried_for_ever(desk: Desk) -> None:
    message = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.extend(["10"] * 50)
    for _ in range(14):
        await desk.drain()
        await reconnect(desk)

    assert (await desk.message(message)).status is FAILED
    assert len(desk.meta.wire.calls) == 12
