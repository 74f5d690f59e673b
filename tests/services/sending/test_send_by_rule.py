"""A text is queued exactly when the rule lets it, and «Riprova» too (W1, B17)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from inbox_app.channels.whatsapp import controls
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.domain.sending import Control, Reason
from inbox_app.models import Message, Outbox, OutboxState
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.sending.retry_send import retry
from tests.support.control_cases import (
    CASES,
    FAILED,
    HOUR,
    SINCE,
    TEXT,
    ConversationHarness,
    close,
    disconnect,
    sent,
)
from tests.support.factories import make_account, make_connection
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("arrange", "reason"),
    [
        pytest.param(arrange, reason, id=f"{n}-{reason}")
        for n, (arrange, reason) in enumerate(CASES)
    ],
)
async def test_it_is_queued_exactly_when_the_rule_says_composer(
    harness: ConversationHarness, arrange: Any, reason: Reason
) -> None:
    async with harness.database.transaction() as session:
        if (arranging := arrange(session, harness)) is not None:
            await arranging

    if reason is Reason.WINDOW_OPEN:
        await harness.queue()
        return
    before = await harness.count()
    with pytest.raises(SendRefusedError) as refused:
        await harness.queue()
    assert refused.value.decision.reason is reason
    assert await harness.count() == before


async def test_a_template_sent_after_closing_waits_for_an_answer(
    harness: ConversationHarness,
) -> None:
    async with harness.database.transaction() as session:
        await close(session, harness)
        await sent(MessageKind.TEMPLATE, DeliveryStatus.SENT, None, SINCE)(session, harness)

    decision = controls.decide(await harness.facts())

    assert decision.reason is Reason.TEMPLATE_WAITING


async def test_a_number_is_good_again_once_something_arrived(harness: ConversationHarness) -> None:
    async with harness.database.transaction() as session:
        await sent(TEXT, FAILED, 131026, SINCE)(session, harness)
        await sent(TEXT, DeliveryStatus.DELIVERED, None, SINCE / 2)(session, harness)

    assert (await harness.facts()).undeliverable_at is None


@pytest.mark.parametrize(
    "earlier",
    [
        sent(TEXT, FAILED, 131026, SINCE),
        sent(TEXT, FAILED, 131047, SINCE),
        sent(MessageKind.TEMPLATE, DeliveryStatus.SENT, None, SINCE),
    ],
    ids=["undeliverable", "reengagement", "template"],
)
async def test_what_became_of_sends_from_another_number_is_no_matter(
    harness: ConversationHarness, earlier: Any
) -> None:
    """After a change of number every window is new (W4)."""
    async with harness.database.transaction() as session:
        await earlier(session, harness)
        await disconnect(session, harness)
        await session.flush()
        await make_connection(session, harness.world.account_id, harness.now, external_id="2")

    assert controls.decide(await harness.facts()).reason is Reason.NEVER_WROTE


@pytest.mark.postgresql("many rows at once")
async def test_the_facts_of_a_hundred_conversations_take_four_queries(
    harness: ConversationHarness,
) -> None:
    async with harness.database.transaction() as session:
        ids = [
            await a_person_wrote(session, harness.world, harness.now - n * HOUR, f"39347{n:07}")
            for n in range(100)
        ]
    asked: list[str] = []
    async with harness.database.reading() as session:
        bind = (await session.connection()).sync_connection
        assert bind is not None
        event.listen(bind, "before_cursor_execute", lambda *call: asked.append(call[2]))
        facts = await load_facts(session, harness.world.account_id, ids, harness.now)
        assert await load_facts(session, 10**9, ids, harness.now) == {}

    assert len(facts) == 100
    assert facts[ids[7]] == replace(facts[ids[0]], last_inbound_at=harness.now - 7 * HOUR)
    assert len(asked) <= 4 + 3


async def test_riprova_leaves_alone_what_is_on_its_way_or_has_arrived(
    harness: ConversationHarness,
) -> None:
    message = await harness.queue()

    async with harness.database.transaction() as session:
        await retry(session, harness.world.account_id, message.id, harness.now)

    async with harness.database.reading() as session:
        assert (await session.get_one(Message, message.id)).ref == message.ref
        assert len((await session.exec(select(Outbox))).all()) == 1


async def test_riprova_is_refused_when_the_window_has_closed(harness: ConversationHarness) -> None:
    message_id = await _failed(harness, 131042)

    async with harness.database.transaction() as session:
        with pytest.raises(SendRefusedError) as refused:
            await retry(session, harness.world.account_id, message_id, harness.now + 24 * HOUR)

    assert refused.value.decision.control is Control.SEND_TEMPLATE


@pytest.mark.postgresql("its statements")
async def test_riprova_stands_beside_correcting_the_number(harness: ConversationHarness) -> None:
    message_id = await _failed(harness, 131026)

    async with harness.database.transaction() as session:
        message = await retry(session, harness.world.account_id, message_id, harness.now)

    assert message.status is DeliveryStatus.QUEUED


async def test_riprova_of_another_accounts_message_finds_nothing(
    harness: ConversationHarness,
) -> None:
    message_id = await _failed(harness, 131042)
    async with harness.database.transaction() as session:
        other = await make_account(session, harness.now)
        with pytest.raises(NotFoundError):
            await retry(session, other, message_id, harness.now)


async def _failed(harness: ConversationHarness, code: int) -> int:
    message = await harness.queue()
    async with harness.database.transaction() as session:
        stored = await session.get_one(Message, message.id)
        stored.status, stored.error_code = FAILED, code
        (await session.exec(select(Outbox))).one().state = OutboxState.DONE
    return message.id
