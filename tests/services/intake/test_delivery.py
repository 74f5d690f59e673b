"""How far outgoing messages have come, whatever order Meta tells it in (M6)."""

import itertools
from datetime import datetime, timedelta

import pytest

from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.live import Change
from inbox_app.models import Conversation, Draft, EarlyStatus, EventState, Message
from inbox_app.services.intake.delivery import settle_early_statuses, settle_missed
from tests.support.factories import World, add, make_account, make_connection
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import change, post, says, status

REF = "our own reference"


@pytest.fixture
async def answer(inbox: Inbox, world: World, now: datetime) -> int:
    """The id of a message that Meta has taken as wamid.out."""
    return await make_answer(inbox, world, now, provider_id="wamid.out", sent=DeliveryStatus.SENT)


async def make_answer(
    inbox: Inbox,
    world: World,
    now: datetime,
    *,
    provider_id: str | None,
    sent: DeliveryStatus,
) -> int:
    await inbox.hear(says("Domanda", "wamid.in", now), at=now)
    conversation = await inbox.only(Conversation)
    inbox.changes.clear()
    async with inbox.database.transaction() as session:
        message = await add(
            session,
            Message(
                account_id=world.account_id,
                conversation_id=conversation.id,
                connection_id=world.connection_id,
                provider_id=provider_id,
                direction=Direction.OUT,
                kind=MessageKind.TEXT,
                text="Risposta",
                status=sent,
                origin=Origin.PM,
                ref=REF,
                sent_at=now,
                created_at=now,
            ),
        )
        return message.id


async def find(inbox: Inbox, message_id: int) -> Message:
    async with inbox.database.reading() as session:
        return await session.get_one(Message, message_id)


def told(name: str, at: datetime, **more: object) -> bytes:
    return post(change(statuses=[status("wamid.out", name, at, **more)]))


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "delivered", "read"])))
async def test_the_ticks_only_advance(
    inbox: Inbox, answer: int, now: datetime, order: tuple[str, ...]
) -> None:
    for name in order:
        await inbox.hear(told(name, now), at=now)

    assert (await find(inbox, answer)).status is DeliveryStatus.READ


async def test_pages_hear_of_a_tick_and_not_of_a_repetition(
    inbox: Inbox, answer: int, world: World, now: datetime
) -> None:
    await inbox.hear(told("delivered", now), told("delivered", now), at=now)

    conversation = await inbox.only(Conversation)
    assert inbox.changes == [Change(world.account_id, conversation.id)]
    assert (await inbox.states())[-2:] == [EventState.APPLIED, EventState.DUPLICATE]


async def test_a_failure_keeps_metas_reason_until_the_message_arrives_after_all(
    inbox: Inbox, answer: int, now: datetime
) -> None:
    error = {
        "code": 131026,
        "title": "Message undeliverable",
        "error_data": {"details": "Message Undeliverable."},
    }
    await inbox.hear(told("failed", now, errors=[error]), at=now)
    failed = await find(inbox, answer)
    assert (failed.status, failed.error_code) == (DeliveryStatus.FAILED, 131026)
    assert failed.error_message == "Message undeliverable: Message Undeliverable."

    await inbox.hear(told("sent", now), at=now)
    assert (await find(inbox, answer)).status is DeliveryStatus.FAILED

    await inbox.hear(told("delivered", now + timedelta(minutes=1)), at=now)
    arrived = await find(inbox, answer)
    assert (arrived.status, arrived.error_code) == (DeliveryStatus.DELIVERED, None)


@pytest.mark.postgresql("its statements")
async def test_a_refusal_told_again_brings_no_draft_back_that_was_thrown_away(
    inbox: Inbox, world: World, answer: int, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        (await session.get_one(Message, answer)).author_id = world.marta_id
    refused = told("failed", now, errors=[{"code": 131047, "title": "Re-engagement message"}])
    await inbox.hear(refused, at=now)
    assert (await inbox.only(Draft)).text == "Risposta"
    async with inbox.database.transaction() as session:
        await session.delete(await session.get_one(Draft, (await inbox.only(Draft)).id))

    await inbox.hear(refused, at=now)

    assert await inbox.all(Draft) == []


@pytest.mark.postgresql("its statements")
async def test_a_status_finds_by_our_reference_what_left_without_an_answer(
    inbox: Inbox, world: World, now: datetime
) -> None:
    unknown = await make_answer(inbox, world, now, provider_id=None, sent=DeliveryStatus.UNKNOWN)
    await inbox.hear(told("sent", now, biz_opaque_callback_data=REF), at=now)

    settled = await find(inbox, unknown)
    assert (settled.status, settled.provider_id) == (DeliveryStatus.SENT, "wamid.out")


@pytest.mark.postgresql("rows are locked")
async def test_a_status_that_comes_first_waits_for_its_message(
    inbox: Inbox, world: World, now: datetime
) -> None:
    queued = await make_answer(inbox, world, now, provider_id=None, sent=DeliveryStatus.QUEUED)
    await inbox.hear(told("sent", now), told("read", now), told("read", now), at=now)
    assert len(await inbox.all(EarlyStatus)) == 2
    assert (await inbox.states())[1:] == 2 * [EventState.APPLIED] + [EventState.DUPLICATE]

    async with inbox.database.transaction() as session:
        message = await session.get_one(Message, queued)
        message.provider_id = "wamid.out"
        message.status = DeliveryStatus.SENT
        session.add(message)
        await settle_early_statuses(session, world.connection_id, "wamid.out", queued, now)
        assert message.status is DeliveryStatus.READ

    assert (await find(inbox, queued)).status is DeliveryStatus.READ
    assert await inbox.all(EarlyStatus) == []


@pytest.mark.postgresql("its statements")
async def test_a_status_that_crossed_with_its_message_is_found_later(
    inbox: Inbox, world: World, now: datetime
) -> None:
    sent = await make_answer(inbox, world, now, provider_id=None, sent=DeliveryStatus.SENT)
    await inbox.hear(told("read", now), told("delivered", now), at=now)
    async with inbox.database.transaction() as session:
        (await session.get_one(Message, sent)).provider_id = "wamid.out"

    async with inbox.database.transaction() as session:
        changed = await settle_missed(session, now)
        assert await settle_missed(session, now) == set()

    message = await find(inbox, sent)
    assert message.status is DeliveryStatus.READ
    assert changed == {(world.account_id, message.conversation_id)}


async def test_a_status_waits_for_the_echo_that_it_is_about(
    inbox: Inbox, now: datetime, world: World
) -> None:
    await inbox.hear(told("delivered", now), at=now)
    echo = {
        "from": "390541555100",
        "to": "393471234567",
        "id": "wamid.out",
        "timestamp": str(int(now.timestamp())),
        "type": "text",
        "text": {"body": "Dal telefono"},
    }
    await inbox.hear(post({**change(message_echoes=[echo]), "field": "smb_message_echoes"}), at=now)

    assert (await inbox.only(Message)).status is DeliveryStatus.DELIVERED
    assert await inbox.all(EarlyStatus) == []


async def test_the_reference_of_another_company_means_nothing(
    inbox: Inbox, world: World, now: datetime
) -> None:
    theirs = await make_answer(inbox, world, now, provider_id=None, sent=DeliveryStatus.UNKNOWN)
    async with inbox.database.transaction() as session:
        other = await make_account(session, now)
        await make_connection(session, other, now, external_id="999")
    forged = status("wamid.x", "read", now, biz_opaque_callback_data=REF)
    await inbox.hear(post(change(statuses=[forged], phone_number_id="999")), at=now)

    assert (await find(inbox, theirs)).status is DeliveryStatus.UNKNOWN


async def test_a_status_not_known_yet_is_counted_and_changes_nothing(
    inbox: Inbox, answer: int, now: datetime
) -> None:
    await inbox.hear(told("teleported", now), at=now)

    assert (await find(inbox, answer)).status is DeliveryStatus.SENT
    assert (await inbox.states())[-1] is EventState.APPLIED


FREE = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service"}
PAID = {"billable": True, "pricing_model": "PMP", "type": "regular", "category": "utility"}


@pytest.mark.parametrize(
    ("pricing", "billed", "category"),
    [
        (PAID, True, "utility"),
        (PAID | {"billable": ...}, True, "utility"),
        (FREE | {"category": "service"}, False, "service"),
        ({"type": "free_entry_point", "category": "marketing"}, False, "marketing"),
        ({"billable": True, "pricing_model": "CBP", "category": "service"}, True, "service"),
        ({"category": "service"}, None, "service"),
        ({"type": 7, "category": ["odd"], "billable": "yes"}, None, None),
        ({}, None, None),
        ("odd", None, None),
    ],
)
async def test_a_message_keeps_what_it_cost(
    inbox: Inbox, answer: int, now: datetime, pricing: object, billed: bool, category: str
) -> None:
    """C7: by the type, since ``billable`` is on its way out."""
    if isinstance(pricing, dict):
        pricing = {name: value for name, value in pricing.items() if value is not ...}
    await inbox.hear(told("sent", now, pricing=pricing), at=now)

    kept = await find(inbox, answer)
    assert (kept.billed, kept.charge_category) == (billed, category)


async def test_the_first_charge_that_is_told_counts_whenever_it_comes(
    inbox: Inbox, answer: int, now: datetime
) -> None:
    """C7: a status that is late for the ticks may be the one that tells the price."""
    await inbox.hear(told("read", now), at=now)
    await inbox.hear(told("delivered", now, pricing=PAID), at=now)
    await inbox.hear(told("sent", now, pricing=FREE), at=now)

    kept = await find(inbox, answer)
    assert (kept.status, kept.billed, kept.charge_type) == (DeliveryStatus.READ, True, "regular")


async def test_a_charge_told_before_its_message_is_known_waits_with_its_status(
    inbox: Inbox, world: World, now: datetime
) -> None:
    """C7."""
    await inbox.hear(told("sent", now, pricing=PAID), at=now)

    late = await make_answer(inbox, world, now, provider_id="wamid.out", sent=DeliveryStatus.QUEUED)
    async with inbox.database.transaction() as session:
        assert world.connection_id
        await settle_early_statuses(session, world.connection_id, "wamid.out", late, now)

    kept = await find(inbox, late)
    assert (kept.billed, kept.charge_category) == (True, "utility")
