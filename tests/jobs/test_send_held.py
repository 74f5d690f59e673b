"""What is queued while Meta refuses the credentials: held, and sent or given back afterwards."""

from datetime import timedelta

import pytest
from sqlmodel import select

from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.live import Change
from inbox_app.models import Connection, ConnectionState, Draft, OutboxState
from inbox_app.sandbox.simulator.people import TOKEN
from inbox_app.services.connecting.connect import disconnect
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.record_delivery import CredentialsRefused, record
from tests.support.outbox import SendHarness

FAILED, SENT, WAITING = DeliveryStatus.FAILED, DeliveryStatus.SENT, DeliveryStatus.WAITING
pytestmark = pytest.mark.anyio


async def three_are_held(harness: SendHarness) -> tuple[int, list[int]]:
    """The conversation and its messages, the first of which Meta refused the token for."""
    conversation_id = await harness.writes()
    held = [await harness.queue(conversation_id, text) for text in ("uno", "due", "tre")]
    harness.meta.simulator.faults.sends.append("190")
    await harness.drain()
    await harness.drain()
    harness.meta.wire.calls.clear()
    return conversation_id, held


async def reconnect(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.state = ConnectionState.ACTIVE


async def statuses(harness: SendHarness, messages: list[int]) -> list[DeliveryStatus | None]:
    return [(await harness.message(message)).status for message in messages]


async def drafts(harness: SendHarness) -> list[str]:
    async with harness.database.reading() as session:
        return [draft.text for draft in (await session.exec(select(Draft))).all()]


async def test_all_that_is_queued_waits_and_pages_hear_of_it(harness: SendHarness) -> None:
    conversation_id, held = await three_are_held(harness)

    assert await statuses(harness, held) == [WAITING] * 3
    assert [(await harness.outbox(message)).state for message in held] == [OutboxState.HELD] * 3
    assert harness.changes.count(Change(harness.world.account_id, conversation_id)) >= 2


@pytest.mark.postgresql("times are compared")
async def test_after_reconnecting_it_leaves_in_its_order_at_the_time_of_then(
    harness: SendHarness,
) -> None:
    _, held = await three_are_held(harness)
    harness.clock.move(timedelta(hours=2))
    await reconnect(harness)

    for _ in held:
        await harness.drain()

    assert harness.sent_texts == ["uno", "due", "tre"]
    assert await statuses(harness, held) == [SENT] * 3
    assert (await harness.message(held[0])).sent_at == harness.clock.now().replace(microsecond=0)
    assert not await drafts(harness)


@pytest.mark.postgresql("its statements")
async def test_a_restart_forgets_nothing(harness: SendHarness) -> None:
    _, held = await three_are_held(harness)
    sender = harness.new_sender()
    await sender.take_over()
    await reconnect(harness)

    for _ in held:
        await harness.drain(sender)

    assert await statuses(harness, held) == [SENT] * 3


@pytest.mark.postgresql("rows are locked")
async def test_what_the_window_no_longer_allows_goes_before_the_draft_that_stands_there(
    harness: SendHarness,
) -> None:
    conversation_id, held = await three_are_held(harness)
    async with harness.database.transaction() as session:
        await save_draft(
            session,
            account_id=harness.world.account_id,
            user_id=harness.world.marta_id,
            conversation_id=conversation_id,
            text="quattro",
            now=harness.clock.now(),
        )
    harness.clock.move(timedelta(hours=24))
    await reconnect(harness)

    await harness.drain()

    assert await drafts(harness) == ["uno\n\ndue\n\ntre\n\nquattro"]
    assert await statuses(harness, held) == [FAILED] * 3
    assert not harness.meta.wire.calls


@pytest.mark.postgresql("rows are locked")
async def test_disconnecting_gives_it_back(harness: SendHarness) -> None:
    _, held = await three_are_held(harness)
    async with harness.database.transaction() as session:
        await disconnect(session, harness.world.account_id, harness.clock.now())

    await harness.drain()

    assert await drafts(harness) == ["uno\n\ndue\n\ntre"]
    assert await statuses(harness, held) == [FAILED] * 3
    assert not harness.meta.wire.calls


@pytest.mark.postgresql("rows are locked")
async def test_a_refusal_of_a_token_that_was_renewed_meanwhile_breaks_nothing(
    harness: SendHarness,
) -> None:
    message, now = await harness.queue(await harness.writes()), harness.clock.now()
    async with harness.database.transaction() as session:
        claimed = await claim(
            session, owner="us", limit=1, rate_limit=PairRateLimit(), now=now, real_now=now
        )
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.credentials_encrypted = harness.runtime.vault.encrypt(TOKEN)
    async with harness.database.transaction() as session:
        refused = CredentialsRefused(Failure(remedy=Remedy.RECONNECT, code=190, words=""))
        await record(session, claimed.jobs[0], refused, owner="us", now=now, real_now=now)
    assert (await harness.connection()).state is ConnectionState.ACTIVE

    await harness.drain()

    assert (await harness.message(message)).status is SENT


async def test_credentials_that_are_only_said_to_be_good_are_not_tried_for_ever(
    harness: SendHarness,
) -> None:
    message = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.extend(["10"] * 50)
    for _ in range(14):
        await harness.drain()
        await reconnect(harness)

    assert (await harness.message(message)).status is FAILED
    assert len(harness.meta.wire.calls) == 12
