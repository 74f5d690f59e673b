"""The sender against everything that can go wrong between us and Meta (M6, W5, B9)."""

import json
from datetime import timedelta
from typing import NamedTuple

import pytest
from sqlmodel import select

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.live import Change
from inbox_app.models import (
    Connection,
    ConnectionState,
    Draft,
    OutboxState,
)
from tests.support.outbox import SendHarness

QUEUED = DeliveryStatus.QUEUED
SENT = DeliveryStatus.SENT
FAILED = DeliveryStatus.FAILED
UNKNOWN = DeliveryStatus.UNKNOWN
WAITING = DeliveryStatus.WAITING
pytestmark = pytest.mark.anyio


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
    Case("190", WAITING),
    Case("10", WAITING),
    Case("999999", FAILED, code=999999),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fault or "none")
async def test_each_fault_has_its_outcome(harness: SendHarness, case: Case) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.append(case.fault)

    await harness.drain()

    message, outbox = await harness.message(message_id), await harness.outbox(message_id)
    assert len(harness.meta.wire.calls) == 1
    assert message.status is case.status
    assert message.error_code == case.code
    assert (message.provider_id is not None) == (case.status is SENT)
    if case.status is WAITING:
        assert outbox.state is OutboxState.HELD
    elif case.waits is None:
        assert outbox.state is OutboxState.DONE
    else:
        assert outbox.state is OutboxState.QUEUED
        assert outbox.next_attempt_at is not None
        waits = (outbox.next_attempt_at - harness.clock.now()).total_seconds()
        assert case.waits[0] <= waits <= case.waits[1]


@pytest.mark.parametrize("case", [c for c in CASES if c.waits], ids=lambda case: case.fault)
async def test_what_waits_leaves_when_its_time_has_come_and_not_before(
    harness: SendHarness, case: Case
) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.append(case.fault)
    await harness.drain()
    await harness.drain()
    assert len(harness.meta.wire.calls) == 1

    harness.clock.move(timedelta(seconds=31))
    await harness.drain()

    assert (await harness.message(message_id)).status is SENT
    assert len(harness.meta.wire.calls) == 2


@pytest.mark.parametrize("case", [c for c in CASES if not c.waits], ids=lambda c: c.fault or "none")
async def test_what_is_settled_or_unknown_is_never_sent_again_by_itself(
    harness: SendHarness, case: Case
) -> None:
    await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.append(case.fault)

    for _ in range(3):
        await harness.drain()
        harness.clock.move(timedelta(hours=1))

    assert len(harness.meta.wire.calls) == 1


@pytest.mark.postgresql("its statements")
async def test_pages_hear_of_each_outcome(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    await harness.queue(conversation_id)

    await harness.drain()

    assert Change(harness.world.account_id, conversation_id) in harness.changes


@pytest.mark.postgresql("its statements")
async def test_refused_credentials_break_the_connection_and_stop_what_follows(
    harness: SendHarness,
) -> None:
    conversation_id = await harness.writes()
    first, second = await harness.queue(conversation_id), await harness.queue(conversation_id)
    harness.meta.simulator.faults.sends.append("190")

    await harness.drain()
    await harness.drain()

    connection = await harness.connection()
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert "Invalid OAuth access token" in connection.state_reason
    assert (await harness.message(first)).status is WAITING
    assert (await harness.message(second)).status is WAITING
    assert len(harness.meta.wire.calls) == 1
    assert Change(harness.world.account_id) in harness.changes


@pytest.mark.postgresql("its statements")
async def test_a_text_that_meta_wants_a_template_for_comes_back_as_draft(
    harness: SendHarness,
) -> None:
    conversation_id = await harness.writes()
    await harness.queue(conversation_id, "A domani")
    harness.meta.simulator.faults.sends.append("131047")

    await harness.drain()

    async with harness.database.reading() as session:
        draft = (await session.exec(select(Draft))).one()
    assert (draft.user_id, draft.text) == (harness.world.marta_id, "A domani")


async def test_what_never_gets_through_fails_in_the_end(harness: SendHarness) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.meta.simulator.faults.sends.extend(["131016"] * 50)

    for _ in range(40):
        await harness.drain()
        harness.clock.move(timedelta(minutes=2))

    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131016)
    assert len(harness.meta.wire.calls) == 12


@pytest.mark.postgresql("its statements")
async def test_a_window_that_closed_meanwhile_refuses_the_message_before_meta(
    harness: SendHarness,
) -> None:
    message_id = await harness.queue(await harness.writes())
    harness.clock.move(timedelta(hours=24))

    await harness.drain()

    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131047)
    assert message.error_message == "The 24-hour window closed before the message left."
    assert message.text == "Buongiorno"
    assert not harness.meta.wire.calls


async def test_a_token_that_the_secret_key_no_longer_opens_asks_for_reconnecting(
    harness: SendHarness,
) -> None:
    message_id = await harness.queue(await harness.writes())
    async with harness.database.transaction() as session:
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.credentials_encrypted = "another key's"

    await harness.drain()

    assert (await harness.message(message_id)).status is WAITING
    assert (await harness.connection()).state is ConnectionState.CREDENTIALS_REFUSED
    assert not harness.meta.wire.calls


@pytest.mark.postgresql("its statements")
async def test_a_test_number_s_list_may_have_the_other_spelling(harness: SendHarness) -> None:
    conversation = await harness.writes("5212221234567")
    harness.meta.simulator.faults.sends.extend(["131030", "", ""])
    first = await harness.queue(conversation)
    await harness.drain()
    second = await harness.queue(conversation)
    await harness.drain()

    dialled = [json.loads(call.content)["to"] for call in harness.meta.wire.calls]
    assert dialled == ["+5212221234567", "+522221234567", "+522221234567"]
    for id_ in (first, second):
        assert (await harness.message(id_)).status is DeliveryStatus.SENT


async def test_who_is_on_the_list_in_no_spelling_is_not_written_to(harness: SendHarness) -> None:
    conversation = await harness.writes("5212221234567")
    harness.meta.simulator.faults.sends.extend(["131030", "131030"])
    message = await harness.queue(conversation)
    await harness.drain()

    stored = await harness.message(message)
    assert (stored.status, stored.error_code) == (DeliveryStatus.FAILED, 131030)
    assert len(harness.meta.wire.calls) == 2
