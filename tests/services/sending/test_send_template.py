"""A template is queued exactly when it is ready and the rule lets it (T3, B17)."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.database import Database
from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.domain.sending import Control, Reason
from inbox_app.domain.templates import Incompatibility, TemplateState
from inbox_app.models import (
    Address,
    Conversation,
    Draft,
    LastInbound,
    Message,
    Outbox,
    OutboxState,
    Template,
    WhatsAppNumber,
)
from inbox_app.services.sending.mark_failed import mark_failed
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import ReferenceTakenError
from inbox_app.services.templates.apply_templates import told
from inbox_app.services.templates.send_template import MarketingStoppedError, TemplateNotReadyError
from tests.support.control_cases import CASES, HOUR, ConversationHarness, without_address
from tests.support.factories import World, make_account
from tests.support.templates import CHECK_IN, here
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio

SENDABLE = {Control.COMPOSER, Control.SEND_TEMPLATE}
REFUSED_FOR = {
    Reason.NOT_CONNECTED,
    Reason.CREDENTIALS_REFUSED,
    Reason.BLOCKED_BY_US,
    Reason.GROUP,
    Reason.NO_PHONE,
    Reason.PHONE_UNUSABLE,
    Reason.UNDELIVERABLE,
}


@pytest.fixture
async def harness(database: Database, world: World, now: datetime) -> ConversationHarness:
    """The window has closed."""
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - 25 * HOUR, "393471234567")
    return ConversationHarness(database, world, now, conversation_id)


async def template(harness: ConversationHarness, name: str = "check_in", **changes: Any) -> int:
    async with harness.database.transaction() as session:
        return (await here(session, harness.world, harness.now, name, **changes)).id


async def test_it_is_queued_as_the_recipient_will_read_it(harness: ConversationHarness) -> None:
    components = [
        {"type": "HEADER", "format": "TEXT", "text": "Benvenuti"},
        {"type": "BODY", "text": CHECK_IN},
    ]
    id_ = await template(harness, components=components, internal_name="Il check-in")

    message = await harness.queue_template(id_)

    async with harness.database.reading() as session:
        stored = await session.get_one(Message, message.id)
        outbox = (await session.exec(select(Outbox))).one()
        conversation = await session.get_one(Conversation, harness.conversation_id)
    assert (stored.kind, stored.status) == (MessageKind.TEMPLATE, DeliveryStatus.QUEUED)
    assert stored.text == f"*Benvenuti*\n\n{CHECK_IN}"
    assert stored.details == {
        "template": {
            "id": str(id_),
            "name": "check_in",
            "internal_name": "Il check-in",
            "language": "it",
            "category": "utility",
        }
    }
    assert outbox.message_id == message.id
    assert (conversation.last_message_id, conversation.unread) == (message.id, 0)


async def test_it_goes_into_an_open_window_too(harness: ConversationHarness) -> None:
    async with harness.database.transaction() as session:
        open_one = await a_person_wrote(session, harness.world, harness.now - HOUR, "393489876543")
    assert (await harness.queue_template(await template(harness), conversation_id=open_one)).id


@pytest.mark.parametrize(
    ("arrange", "reason"),
    [
        pytest.param(arrange, reason, id=f"{n}-{reason}")
        for n, (arrange, reason) in enumerate(CASES)
    ],
)
async def test_it_is_queued_exactly_when_the_rule_lets_templates(
    harness: ConversationHarness, arrange: Any, reason: Reason
) -> None:
    id_ = await template(harness)
    async with harness.database.transaction() as session:
        await _reopen(session, harness)
        if (arranging := arrange(session, harness)) is not None:
            await arranging

    if reason not in REFUSED_FOR:
        await harness.queue_template(id_)
        return
    before = await harness.count()
    with pytest.raises(SendRefusedError) as refused:
        await harness.queue_template(id_)
    assert refused.value.decision.reason is reason
    assert refused.value.decision.control not in SENDABLE
    assert await harness.count() == before


async def _reopen(session: Any, harness: ConversationHarness) -> None:
    """The cases are told from an open window on."""
    window = (await session.exec(select(LastInbound))).one()
    window.last_inbound_at = harness.now - HOUR
    await session.flush()


@pytest.mark.parametrize(
    ("changes", "state", "reasons"),
    [
        ({"meta_status": "PENDING"}, TemplateState.PENDING, ()),
        ({"meta_status": "PAUSED"}, TemplateState.PENDING, ()),
        ({"meta_status": "SOMETHING_NEW"}, TemplateState.PENDING, ()),
        ({"meta_status": "REJECTED"}, TemplateState.CANCELLED, ()),
        (
            {"text": "Ciao {{1}}, vedi www.casa.it"},
            TemplateState.INCOMPATIBLE,
            (Incompatibility.VARIABLE, Incompatibility.URL),
        ),
        (
            {"category": "authentication"},
            TemplateState.INCOMPATIBLE,
            (Incompatibility.AUTHENTICATION,),
        ),
        ({"hidden_at": datetime.fromisoformat("2026-11-20T10:00Z")}, TemplateState.CANCELLED, ()),
        ({"waba_id": "another"}, TemplateState.CANCELLED, ()),
    ],
)
async def test_only_an_accepted_one_is_sent_and_the_others_say_why_not(
    harness: ConversationHarness, changes: dict[str, Any], state: TemplateState, reasons: Any
) -> None:
    id_ = await template(harness, **changes)
    with pytest.raises(TemplateNotReadyError) as refused:
        await harness.queue_template(id_)
    assert (refused.value.state, refused.value.reasons) == (state, reasons)
    assert await harness.count() == 0


async def test_one_that_stops_being_accepted_after_it_was_chosen_is_refused(
    harness: ConversationHarness,
) -> None:
    id_ = await template(harness)
    async with harness.database.transaction() as session:
        stored = await session.get_one(Template, id_)
        for column, value in told("PAUSED", stored.category, stored.components).items():
            setattr(stored, column, value)
    with pytest.raises(TemplateNotReadyError):
        await harness.queue_template(id_)


async def test_another_accounts_template_or_conversation_does_not_exist(
    harness: ConversationHarness,
) -> None:
    mine = await template(harness)
    async with harness.database.transaction() as session:
        other = await make_account(session, harness.now)
    theirs = await template(harness, "theirs", account_id=other)
    for changes in (
        {"template_id": theirs},
        {"template_id": 10**15},
        {"template_id": mine, "account_id": other},
        {"template_id": mine, "conversation_id": 10**15},
    ):
        with pytest.raises(NotFoundError):
            await harness.queue_template(**changes)
    assert await harness.count() == 0


@pytest.mark.postgresql("its statements")
async def test_who_stopped_marketing_gets_everything_else(harness: ConversationHarness) -> None:
    async with harness.database.transaction() as session:
        (await session.exec(select(Address))).one().marketing_stopped_at = harness.now - HOUR
    with pytest.raises(MarketingStoppedError):
        await harness.queue_template(await template(harness, "news", category="marketing"))
    assert await harness.count() == 0
    await harness.queue_template(await template(harness))


@pytest.mark.postgresql("rows are locked")
async def test_the_same_send_twice_is_one_message_even_after_the_template_is_gone(
    harness: ConversationHarness,
) -> None:
    id_ = await template(harness)
    first = await harness.queue_template(id_, client_ref="a click")
    async with harness.database.transaction() as session:
        (await session.get_one(Template, id_)).hidden_at = harness.now

    again = await harness.queue_template(id_, client_ref="a click")

    assert again.id == first.id
    assert await harness.count() == 1


async def test_a_reference_of_another_send_sends_nothing(harness: ConversationHarness) -> None:
    id_, other = await template(harness), await template(harness, "other")
    await harness.queue_template(id_, client_ref="a click")
    with pytest.raises(ReferenceTakenError):
        await harness.queue_template(other, client_ref="a click")
    with pytest.raises(ReferenceTakenError):
        await harness.queue(CHECK_IN, client_ref="a click")


@pytest.mark.postgresql("its statements")
async def test_an_actor_whose_number_was_mended_meanwhile_is_written_to_at_that_number(
    harness: ConversationHarness,
) -> None:
    """Nobody has written from there: the conversation had no address."""
    async with harness.database.transaction() as session:
        await without_address(session, harness)
        conversation = await session.get_one(Conversation, harness.conversation_id)
        conversation.actor_id = harness.world.giuseppe_id

    await harness.queue_template(await template(harness))

    async with harness.database.reading() as session:
        conversation = await session.get_one(Conversation, harness.conversation_id)
        address = await session.get_one(Address, conversation.address_id)
    assert address.value == "393489876543"


def failure(code: int) -> Failure:
    return Failure(remedy=remedy_of(code), code=code, words="no")


@pytest.mark.postgresql("its statements")
async def test_riprova_sends_a_failed_template_again_whatever_the_window(
    harness: ConversationHarness,
) -> None:
    id_ = await template(harness)
    for code in (131042, 131026):
        message = await harness.queue_template(id_)
        async with harness.database.transaction() as session:
            stored = await session.get_one(Message, message.id)
            await mark_failed(session, stored, failure(code), harness.now)
            (await session.exec(select(Outbox))).one().state = OutboxState.DONE
        async with harness.database.transaction() as session:
            again = await retry(session, harness.world.account_id, message.id, harness.now)
        assert again.status is DeliveryStatus.QUEUED
        async with harness.database.transaction() as session:
            await session.delete((await session.exec(select(Outbox))).one())
            await session.delete(await session.get_one(Message, message.id))


async def test_nobody_gets_a_templates_words_back_as_a_draft(harness: ConversationHarness) -> None:
    message = await harness.queue_template(await template(harness))
    async with harness.database.transaction() as session:
        stored = await session.get_one(Message, message.id)
        await mark_failed(session, stored, failure(131047), harness.now)
        assert (await session.exec(select(Draft))).all() == []


async def test_after_a_change_of_business_account_its_templates_are_others(
    harness: ConversationHarness,
) -> None:
    id_ = await template(harness)
    async with harness.database.transaction() as session:
        query = select(WhatsAppNumber).where(
            col(WhatsAppNumber.account_id) == harness.world.account_id
        )
        (await session.exec(query)).one().waba_id = "another"
    with pytest.raises(TemplateNotReadyError):
        await harness.queue_template(id_)
