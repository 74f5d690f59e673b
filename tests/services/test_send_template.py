"""A template is queued exactly when it is ready and the rule lets it (T3, B17)."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.failures import Failure
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
from tests.support.control_cases import CASES, HOUR, Room, without_address
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
async def room(database: Database, world: World, now: datetime) -> Room:
    """The window has closed."""
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - 25 * HOUR, "393471234567")
    return Room(database, world, now, conversation_id)


async def template(room: Room, name: str = "check_in", **changes: Any) -> int:
    async with room.database.transaction() as session:
        return (await here(session, room.world, room.now, name, **changes)).id


async def test_it_is_queued_as_the_recipient_will_read_it(room: Room) -> None:
    components = [
        {"type": "HEADER", "format": "TEXT", "text": "Benvenuti"},
        {"type": "BODY", "text": CHECK_IN},
    ]
    id_ = await template(room, components=components, internal_name="Il check-in")

    message = await room.queue_template(id_)

    async with room.database.reading() as session:
        stored = await session.get_one(Message, message.id)
        outbox = (await session.exec(select(Outbox))).one()
        conversation = await session.get_one(Conversation, room.conversation_id)
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


async def test_it_goes_into_an_open_window_too(room: Room) -> None:
    async with room.database.transaction() as session:
        open_one = await a_person_wrote(session, room.world, room.now - HOUR, "393489876543")
    assert (await room.queue_template(await template(room), conversation_id=open_one)).id


@pytest.mark.parametrize(
    ("arrange", "reason"),
    [
        pytest.param(arrange, reason, id=f"{n}-{reason}")
        for n, (arrange, reason) in enumerate(CASES)
    ],
)
async def test_it_is_queued_exactly_when_the_rule_lets_templates(
    room: Room, arrange: Any, reason: Reason
) -> None:
    id_ = await template(room)
    async with room.database.transaction() as session:
        await _reopen(session, room)
        if (arranging := arrange(session, room)) is not None:
            await arranging

    if reason not in REFUSED_FOR:
        await room.queue_template(id_)
        return
    before = await room.count()
    with pytest.raises(SendRefusedError) as refused:
        await room.queue_template(id_)
    assert refused.value.decision.reason is reason
    assert refused.value.decision.control not in SENDABLE
    assert await room.count() == before


async def _reopen(session: Any, room: Room) -> None:
    """The cases are told from an open window on."""
    window = (await session.exec(select(LastInbound))).one()
    window.last_inbound_at = room.now - HOUR
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
    room: Room, changes: dict[str, Any], state: TemplateState, reasons: Any
) -> None:
    id_ = await template(room, **changes)
    with pytest.raises(TemplateNotReadyError) as refused:
        await room.queue_template(id_)
    assert (refused.value.state, refused.value.reasons) == (state, reasons)
    assert await room.count() == 0


async def test_one_that_stops_being_accepted_after_it_was_chosen_is_refused(room: Room) -> None:
    id_ = await template(room)
    async with room.database.transaction() as session:
        stored = await session.get_one(Template, id_)
        for column, value in told("PAUSED", stored.category, stored.components).items():
            setattr(stored, column, value)
    with pytest.raises(TemplateNotReadyError):
        await room.queue_template(id_)


async def test_another_accounts_template_or_conversation_does_not_exist(room: Room) -> None:
    mine = await template(room)
    async with room.database.transaction() as session:
        other = await make_account(session, room.now)
    theirs = await template(room, "theirs", account_id=other)
    for changes in (
        {"template_id": theirs},
        {"template_id": 10**15},
        {"template_id": mine, "account_id": other},
        {"template_id": mine, "conversation_id": 10**15},
    ):
        with pytest.raises(NotFoundError):
            await room.queue_template(**changes)
    assert await room.count() == 0


@pytest.mark.postgresql("its statements")
async def test_who_stopped_marketing_gets_everything_else(room: Room) -> None:
    async with room.database.transaction() as session:
        (await session.exec(select(Address))).one().marketing_stopped_at = room.now - HOUR
    with pytest.raises(MarketingStoppedError):
        await room.queue_template(await template(room, "news", category="marketing"))
    assert await room.count() == 0
    await room.queue_template(await template(room))


@pytest.mark.postgresql("rows are locked")
async def test_the_same_send_twice_is_one_message_even_after_the_template_is_gone(
    room: Room,
) -> None:
    id_ = await template(room)
    first = await room.queue_template(id_, client_ref="a click")
    async with room.database.transaction() as session:
        (await session.get_one(Template, id_)).hidden_at = room.now

    again = await room.queue_template(id_, client_ref="a click")

    assert again.id == first.id
    assert await room.count() == 1


async def test_a_reference_of_another_send_sends_nothing(room: Room) -> None:
    id_, other = await template(room), await template(room, "other")
    await room.queue_template(id_, client_ref="a click")
    with pytest.raises(ReferenceTakenError):
        await room.queue_template(other, client_ref="a click")
    with pytest.raises(ReferenceTakenError):
        await room.queue(CHECK_IN, client_ref="a click")


@pytest.mark.postgresql("its statements")
async def test_an_actor_whose_number_was_mended_meanwhile_is_written_to_at_that_number(
    room: Room,
) -> None:
    """Nobody has written from there: the conversation had no address."""
    async with room.database.transaction() as session:
        await without_address(session, room)
        conversation = await session.get_one(Conversation, room.conversation_id)
        conversation.actor_id = room.world.giuseppe_id

    await room.queue_template(await template(room))

    async with room.database.reading() as session:
        conversation = await session.get_one(Conversation, room.conversation_id)
        address = await session.get_one(Address, conversation.address_id)
    assert address.value == "393489876543"


def failure(code: int) -> Failure:
    return Failure(remedy=remedy_of(code), code=code, words="no")


@pytest.mark.postgresql("its statements")
async def test_riprova_sends_a_failed_template_again_whatever_the_window(room: Room) -> None:
    id_ = await template(room)
    for code in (131042, 131026):
        message = await room.queue_template(id_)
        async with room.database.transaction() as session:
            stored = await session.get_one(Message, message.id)
            await mark_failed(session, stored, failure(code), room.now)
            (await session.exec(select(Outbox))).one().state = OutboxState.DONE
        async with room.database.transaction() as session:
            again = await retry(session, room.world.account_id, message.id, room.now)
        assert again.status is DeliveryStatus.QUEUED
        async with room.database.transaction() as session:
            await session.delete((await session.exec(select(Outbox))).one())
            await session.delete(await session.get_one(Message, message.id))


async def test_nobody_gets_a_templates_words_back_as_a_draft(room: Room) -> None:
    message = await room.queue_template(await template(room))
    async with room.database.transaction() as session:
        stored = await session.get_one(Message, message.id)
        await mark_failed(session, stored, failure(131047), room.now)
        assert (await session.exec(select(Draft))).all() == []


async def test_after_a_change_of_business_account_its_templates_are_others(room: Room) -> None:
    id_ = await template(room)
    async with room.database.transaction() as session:
        query = select(WhatsAppNumber).where(
            col(WhatsAppNumber.account_id) == room.world.account_id
        )
        (await session.exec(query)).one().waba_id = "another"
    with pytest.raises(TemplateNotReadyError):
        await room.queue_template(id_)
