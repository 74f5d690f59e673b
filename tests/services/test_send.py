"""A text is queued exactly when the rule lets it, once, with its place in the outbox
(M2, W1, B17)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp import controls
from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import (
    DeliveryStatus,
    Direction,
    MessageKind,
    Origin,
    TextProblem,
)
from inbox_app.domain.sending import Control, Facts, Reason
from inbox_app.models import (
    Conversation,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.sending import send
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import BadTextError, ReferenceTakenError
from tests.support.control_cases import (
    CASES,
    FAILED,
    HOUR,
    SINCE,
    TEXT,
    Room,
    a_message,
    close,
    disconnect,
    sent,
)
from tests.support.factories import World, make_account, make_connection
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
ADA = "393471234567"


@pytest.fixture
async def room(database: Database, world: World, now: datetime) -> Room:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - HOUR, ADA)
    return Room(database, world, now, conversation_id)


async def test_a_text_is_queued_with_its_place_in_the_outbox(room: Room) -> None:
    message = await room.queue("  Arrivo alle 18 😀\r\n")

    async with room.database.reading() as session:
        stored = await session.get_one(Message, message.id)
        outbox = (await session.exec(select(Outbox))).one()
        conversation = await session.get_one(Conversation, room.conversation_id)
    assert stored.text == "Arrivo alle 18 😀"
    assert (stored.status, stored.direction) == (DeliveryStatus.QUEUED, Direction.OUT)
    assert stored.ref
    assert (outbox.message_id, outbox.state) == (message.id, OutboxState.QUEUED)
    assert conversation.last_message_id == message.id
    assert conversation.arrived_at == room.now


@pytest.mark.postgresql("its statements")
async def test_who_answers_has_read_and_what_answers_by_api_has_not(room: Room) -> None:
    await room.queue(origin=Origin.API, author_id=None)
    async with room.database.reading() as session:
        assert (await session.get_one(Conversation, room.conversation_id)).unread == 1

    message = await room.queue()

    async with room.database.reading() as session:
        conversation = await session.get_one(Conversation, room.conversation_id)
    assert (conversation.unread, conversation.last_read_id) == (0, message.id)


@pytest.mark.postgresql("rows are locked")
async def test_the_same_send_twice_is_one_message(room: Room) -> None:
    first = await room.queue("uno", client_ref="a click")
    again = await room.queue("uno", client_ref="a click")

    assert again.id == first.id
    assert await room.count() == 1


async def test_the_same_send_is_known_even_after_the_window_closed(room: Room) -> None:
    first = await room.queue(client_ref="a click")
    again = await room.queue(client_ref="a click", now=room.now + 24 * HOUR)

    assert again.id == first.id


async def test_a_reference_that_another_message_has_sends_nothing_and_says_so(room: Room) -> None:
    await room.queue("uno", client_ref="a click")
    async with room.database.transaction() as session:
        elsewhere = await a_person_wrote(session, room.world, room.now - HOUR, "393489876543")

    for other in ({"text": "due"}, {"text": "uno", "conversation_id": elsewhere}):
        with pytest.raises(ReferenceTakenError):
            await room.queue(client_ref="a click", **other)
    assert await room.count() == 1


@pytest.mark.postgresql("two at once")
async def test_a_reference_that_another_process_takes_meanwhile_sends_nothing_and_says_so(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock on the conversation does not stop who sends in another one."""
    async with room.database.transaction() as session:
        elsewhere = await a_person_wrote(session, room.world, room.now - HOUR, "393489876543")
    before = await room.count()

    async def load_and_be_overtaken(session: AsyncSession, *asked: Any) -> dict[int, Facts]:
        taken = {"conversation_id": elsewhere, "client_ref": "a click"}
        session.add(a_message(room, TEXT, DeliveryStatus.QUEUED, None, room.now, **taken))
        await session.flush()
        return await load_facts(session, *asked)

    monkeypatch.setattr(send, "load_facts", load_and_be_overtaken)
    with pytest.raises(ReferenceTakenError):
        await room.queue(client_ref="a click")
    assert await room.count() == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", TextProblem.EMPTY),
        (" \n\x00 ", TextProblem.EMPTY),
        ("x" * 4097, TextProblem.TOO_LONG),
    ],
)
async def test_a_text_that_cannot_be_is_refused(
    room: Room, text: str, problem: TextProblem
) -> None:
    with pytest.raises(BadTextError) as refused:
        await room.queue(text)

    assert refused.value.problem is problem
    assert await room.count() == 0


@pytest.mark.postgresql("what a column may hold")
async def test_a_text_of_full_length_goes(room: Room) -> None:
    assert (await room.queue("è" * 4096)).text == "è" * 4096


async def test_a_conversation_of_another_account_does_not_exist(
    room: Room, database: Database
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, room.now)

    with pytest.raises(NotFoundError):
        await room.queue(account_id=other)
    with pytest.raises(NotFoundError):
        await room.queue(conversation_id=10**15)


@pytest.mark.parametrize(
    ("arrange", "reason"),
    [
        pytest.param(arrange, reason, id=f"{n}-{reason}")
        for n, (arrange, reason) in enumerate(CASES)
    ],
)
async def test_it_is_queued_exactly_when_the_rule_says_composer(
    room: Room, arrange: Any, reason: Reason
) -> None:
    async with room.database.transaction() as session:
        if (arranging := arrange(session, room)) is not None:
            await arranging

    if reason is Reason.WINDOW_OPEN:
        await room.queue()
        return
    before = await room.count()
    with pytest.raises(SendRefusedError) as refused:
        await room.queue()
    assert refused.value.decision.reason is reason
    assert await room.count() == before


async def test_a_template_sent_after_closing_waits_for_an_answer(room: Room) -> None:
    async with room.database.transaction() as session:
        await close(session, room)
        await sent(MessageKind.TEMPLATE, DeliveryStatus.SENT, None, SINCE)(session, room)

    decision = controls.decide(await room.facts())

    assert decision.reason is Reason.TEMPLATE_WAITING


async def test_a_number_is_good_again_once_something_arrived(room: Room) -> None:
    async with room.database.transaction() as session:
        await sent(TEXT, FAILED, 131026, SINCE)(session, room)
        await sent(TEXT, DeliveryStatus.DELIVERED, None, SINCE / 2)(session, room)

    assert (await room.facts()).undeliverable_at is None


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
    room: Room, earlier: Any
) -> None:
    """After a change of number every window is new (W4)."""
    async with room.database.transaction() as session:
        await earlier(session, room)
        await disconnect(session, room)
        await session.flush()
        await make_connection(session, room.world.account_id, room.now, external_id="2")

    assert controls.decide(await room.facts()).reason is Reason.NEVER_WROTE


@pytest.mark.postgresql("many rows at once")
async def test_the_facts_of_a_hundred_conversations_take_four_queries(room: Room) -> None:
    async with room.database.transaction() as session:
        ids = [
            await a_person_wrote(session, room.world, room.now - n * HOUR, f"39347{n:07}")
            for n in range(100)
        ]
    asked: list[str] = []
    async with room.database.reading() as session:
        bind = (await session.connection()).sync_connection
        assert bind is not None
        event.listen(bind, "before_cursor_execute", lambda *call: asked.append(call[2]))
        facts = await load_facts(session, room.world.account_id, ids, room.now)
        assert await load_facts(session, 10**9, ids, room.now) == {}

    assert len(facts) == 100
    assert facts[ids[7]] == replace(facts[ids[0]], last_inbound_at=room.now - 7 * HOUR)
    assert len(asked) <= 4 + 3


async def test_riprova_leaves_alone_what_is_on_its_way_or_has_arrived(room: Room) -> None:
    message = await room.queue()

    async with room.database.transaction() as session:
        await retry(session, room.world.account_id, message.id, room.now)

    async with room.database.reading() as session:
        assert (await session.get_one(Message, message.id)).ref == message.ref
        assert len((await session.exec(select(Outbox))).all()) == 1


async def test_riprova_is_refused_when_the_window_has_closed(room: Room) -> None:
    message_id = await _failed(room, 131042)

    async with room.database.transaction() as session:
        with pytest.raises(SendRefusedError) as refused:
            await retry(session, room.world.account_id, message_id, room.now + 24 * HOUR)

    assert refused.value.decision.control is Control.SEND_TEMPLATE


@pytest.mark.postgresql("its statements")
async def test_riprova_stands_beside_correcting_the_number(room: Room) -> None:
    message_id = await _failed(room, 131026)

    async with room.database.transaction() as session:
        message = await retry(session, room.world.account_id, message_id, room.now)

    assert message.status is DeliveryStatus.QUEUED


async def test_riprova_of_another_accounts_message_finds_nothing(room: Room) -> None:
    message_id = await _failed(room, 131042)
    async with room.database.transaction() as session:
        other = await make_account(session, room.now)
        with pytest.raises(NotFoundError):
            await retry(session, other, message_id, room.now)


async def _failed(room: Room, code: int) -> int:
    message = await room.queue()
    async with room.database.transaction() as session:
        stored = await session.get_one(Message, message.id)
        stored.status, stored.error_code = FAILED, code
        (await session.exec(select(Outbox))).one().state = OutboxState.DONE
    return message.id
