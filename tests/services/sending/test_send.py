"""A text is queued once, with its place in the outbox (M2)."""

from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import (
    DeliveryStatus,
    Direction,
    Origin,
    TextProblem,
)
from inbox_app.domain.sending import Facts
from inbox_app.models import (
    Conversation,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.sending import send
from inbox_app.services.sending.send import BadTextError, ReferenceTakenError
from tests.support.control_cases import (
    HOUR,
    TEXT,
    ConversationHarness,
    a_message,
)
from tests.support.factories import make_account
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio


async def test_a_text_is_queued_with_its_place_in_the_outbox(harness: ConversationHarness) -> None:
    message = await harness.queue("  Arrivo alle 18 😀\r\n")

    async with harness.database.reading() as session:
        stored = await session.get_one(Message, message.id)
        outbox = (await session.exec(select(Outbox))).one()
        conversation = await session.get_one(Conversation, harness.conversation_id)
    assert stored.text == "Arrivo alle 18 😀"
    assert (stored.status, stored.direction) == (DeliveryStatus.QUEUED, Direction.OUT)
    assert stored.ref
    assert (outbox.message_id, outbox.state) == (message.id, OutboxState.QUEUED)
    assert conversation.last_message_id == message.id
    assert conversation.arrived_at == harness.now


@pytest.mark.postgresql("its statements")
async def test_who_answers_has_read_and_what_answers_by_api_has_not(
    harness: ConversationHarness,
) -> None:
    await harness.queue(origin=Origin.API, author_id=None)
    async with harness.database.reading() as session:
        assert (await session.get_one(Conversation, harness.conversation_id)).unread == 1

    message = await harness.queue()

    async with harness.database.reading() as session:
        conversation = await session.get_one(Conversation, harness.conversation_id)
    assert (conversation.unread, conversation.last_read_id) == (0, message.id)


@pytest.mark.postgresql("rows are locked")
async def test_the_same_send_twice_is_one_message(harness: ConversationHarness) -> None:
    first = await harness.queue("uno", client_ref="a click")
    again = await harness.queue("uno", client_ref="a click")

    assert again.id == first.id
    assert await harness.count() == 1


async def test_the_same_send_is_known_even_after_the_window_closed(
    harness: ConversationHarness,
) -> None:
    first = await harness.queue(client_ref="a click")
    again = await harness.queue(client_ref="a click", now=harness.now + 24 * HOUR)

    assert again.id == first.id


async def test_a_reference_that_another_message_has_sends_nothing_and_says_so(
    harness: ConversationHarness,
) -> None:
    await harness.queue("uno", client_ref="a click")
    async with harness.database.transaction() as session:
        elsewhere = await a_person_wrote(session, harness.world, harness.now - HOUR, "393489876543")

    for other in ({"text": "due"}, {"text": "uno", "conversation_id": elsewhere}):
        with pytest.raises(ReferenceTakenError):
            await harness.queue(client_ref="a click", **other)
    assert await harness.count() == 1


@pytest.mark.postgresql("two at once")
async def test_a_reference_that_another_process_takes_meanwhile_sends_nothing_and_says_so(
    harness: ConversationHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock on the conversation does not stop who sends in another one."""
    async with harness.database.transaction() as session:
        elsewhere = await a_person_wrote(session, harness.world, harness.now - HOUR, "393489876543")
    before = await harness.count()

    async def load_and_be_overtaken(session: AsyncSession, *asked: Any) -> dict[int, Facts]:
        taken = {"conversation_id": elsewhere, "client_ref": "a click"}
        session.add(a_message(harness, TEXT, DeliveryStatus.QUEUED, None, harness.now, **taken))
        await session.flush()
        return await load_facts(session, *asked)

    monkeypatch.setattr(send, "load_facts", load_and_be_overtaken)
    with pytest.raises(ReferenceTakenError):
        await harness.queue(client_ref="a click")
    assert await harness.count() == before


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", TextProblem.EMPTY),
        (" \n\x00 ", TextProblem.EMPTY),
        ("x" * 4097, TextProblem.TOO_LONG),
    ],
)
async def test_a_text_that_cannot_be_is_refused(
    harness: ConversationHarness, text: str, problem: TextProblem
) -> None:
    with pytest.raises(BadTextError) as refused:
        await harness.queue(text)

    assert refused.value.problem is problem
    assert await harness.count() == 0


@pytest.mark.postgresql("what a column may hold")
async def test_a_text_of_full_length_goes(harness: ConversationHarness) -> None:
    assert (await harness.queue("è" * 4096)).text == "è" * 4096


async def test_a_conversation_of_another_account_does_not_exist(
    harness: ConversationHarness, database: Database
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, harness.now)

    with pytest.raises(NotFoundError):
        await harness.queue(account_id=other)
    with pytest.raises(NotFoundError):
        await harness.queue(conversation_id=10**15)
