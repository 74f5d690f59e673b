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
from tests.support.outbox import Desk

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
async def test_each_fault_has_its_outcome(desk: Desk, case: Case) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.append(case.fault)

    await desk.drain()

    message, outbox = await desk.message(message_id), await desk.outbox(message_id)
    assert len(desk.meta.wire.calls) == 1
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


@pytest.mark.postgresql("its statements")
async def test_pages_hear_of_each_outcome(desk: Desk) -> None:
    conversation_id = await desk.writes()
    await desk.queue(conversation_id)

    await desk.drain()

    assert Change(desk.world.account_id, conversation_id) in desk.changes


@pytest.mark.postgresql("its statements")
async def test_refused_credentials_break_the_connection_and_stop_what_follows(desk: Desk) -> None:
    conversation_id = await desk.writes()
    first, second = await desk.queue(conversation_id), await desk.queue(conversation_id)
    desk.meta.simulator.faults.sends.append("190")

    await desk.drain()
    await desk.drain()

    connection = await desk.connection()
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert "Invalid OAuth access token" in connection.state_reason
    assert (await desk.message(first)).status is WAITING
    assert (await desk.message(second)).status is WAITING
    assert len(desk.meta.wire.calls) == 1
    assert Change(desk.world.account_id) in desk.changes


@pytest.mark.postgresql("its statements")
async def test_a_text_that_meta_wants_a_template_for_comes_back_as_draft(desk: Desk) -> None:
    conversation_id = await desk.writes()
    await desk.queue(conversation_id, "A domani")
    desk.meta.simulator.faults.sends.append("131047")

    await desk.drain()

    async with desk.database.reading() as session:
        draft = (await session.exec(select(Draft))).one()
    assert (draft.user_id, draft.text) == (desk.world.marta_id, "A domani")


async def test_what_never_gets_through_fails_in_the_end(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.meta.simulator.faults.sends.extend(["131016"] * 50)

    for _ in range(40):
        await desk.drain()
        desk.clock.move(timedelta(minutes=2))

    message = await desk.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131016)
    assert len(desk.meta.wire.calls) == 12


@pytest.mark.postgresql("its statements")
async def test_a_window_that_closed_meanwhile_refuses_the_message_before_meta(desk: Desk) -> None:
    message_id = await desk.queue(await desk.writes())
    desk.clock.move(timedelta(hours=24))

    await desk.drain()

    message = await desk.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131047)
    assert message.error_message == "The 24-hour window closed before the message left."
    assert message.text == "Buongiorno"
    assert not desk.meta.wire.calls


async def test_a_token_that_the_secret_key_no_longer_opens_asks_for_reconnecting(
    desk: Desk,
) -> None:
    message_id = await desk.queue(await desk.writes())
    async with desk.database.transaction() as session:
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.credentials_encrypted = "another key's"

    await desk.drain()

    assert (await desk.message(message_id)).status is WAITING
    assert (await desk.connection()).state is ConnectionState.CREDENTIALS_REFUSED
    assert not desk.meta.wire.calls


@pytest.mark.postgresql("its statements")
async def test_a_test_number_s_list_may_have_the_other_spelling(desk: Desk) -> None:
    conversation = await desk.writes("5212221234567")
    desk.meta.simulator.faults.sends.extend(["131030", "", ""])
    first = await desk.queue(conversation)
    await desk.drain()
    second = await desk.queue(conversation)
    await desk.drain()

    dialled = [json.loads(call.content)["to"] for call in desk.meta.wire.calls]
    assert dialled == ["+5212221234567", "+522221234567", "+522221234567"]
    for id_ in (first, second):
        assert (await desk.message(id_)).status is DeliveryStatus.SENT


async def test_who_is_on_the_list_in_no_spelling_is_not_written_to(desk: Desk) -> None:
    conversation = await desk.writes("5212221234567")
    desk.meta.simulator.faults.sends.extend(["131030", "131030"])
    message = await desk.queue(conversation)
    await desk.drain()

    stored = await desk.message(message)
    assert (stored.status, stored.error_code) == (DeliveryStatus.FAILED, 131030)
    assert len(desk.meta.wire.calls) == 2
