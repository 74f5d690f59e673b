"""A text is taken back or sent, never both, and nothing typed is lost (M11)."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Conversation, Draft, Message, Outbox, OutboxState
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.send import SendWithdrawnError
from inbox_app.services.sending.undo_send import undo
from tests.support.control_cases import ConversationHarness
from tests.support.factories import World, make_account
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
HELD = timedelta(seconds=5)
ADA = "393471234567"


@pytest.fixture
async def room(database: Database, world: World, now: datetime) -> ConversationHarness:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - timedelta(hours=1), ADA)
    return ConversationHarness(database, world, now, conversation_id)


async def _send(room: ConversationHarness, text: str = "Alle 18", ref: str = "a key") -> Message:
    return await room.queue(text, client_ref=ref, not_before=room.now + HELD)


async def _undo(room: ConversationHarness, ref: str = "a key", **changes: int) -> bool:
    who = {"account_id": room.world.account_id, "author_id": room.world.marta_id, **changes}
    async with room.database.transaction() as session:
        return await undo(
            session,
            **{"conversation_id": room.conversation_id, **who},
            client_ref=ref,
            now=room.now,
        )


async def _claimed(room: ConversationHarness, after: timedelta) -> int:
    async with room.database.transaction() as session:
        at = room.now + after
        claimed = await claim(
            session, owner="sender", limit=10, rate_limit=PairRateLimit(), now=at, real_now=at
        )
    return len(claimed.jobs)


async def _left_behind(room: ConversationHarness) -> tuple[list[str | None], str, Conversation]:
    """The texts in the thread, the draft, the conversation."""
    async with room.database.reading() as session:
        texts = list(await session.exec(select(Message.text).order_by(col(Message.id))))
        draft = (await session.exec(select(Draft.text))).first() or ""
        return texts, draft, await session.get_one(Conversation, room.conversation_id)


async def test_what_is_sent_waits_for_its_time_and_then_leaves(room: ConversationHarness) -> None:
    await _send(room)
    assert await _claimed(room, HELD - timedelta(seconds=1)) == 0
    assert await _claimed(room, HELD) == 1


@pytest.mark.postgresql("rows are locked")
async def test_what_is_taken_back_is_in_the_box_and_nowhere_else(room: ConversationHarness) -> None:
    await room.queue("Prima", client_ref="before")
    *_, before = await _left_behind(room)
    await _send(room)
    assert await _undo(room)
    texts, draft, after = await _left_behind(room)
    assert (texts, draft) == (["Prima"], "Alle 18")
    assert (after.last_message_id, after.arrived_at) == (before.last_message_id, before.arrived_at)
    assert await _claimed(room, timedelta(hours=1)) == 1


@pytest.mark.postgresql("who gives the ids")
async def test_an_id_is_never_anothers(room: ConversationHarness) -> None:
    """What knows of a message by its id, as the API's clients do, never means another."""
    message = await _send(room)
    await _undo(room)
    assert (await _send(room, "Alle 19", "another key")).id > message.id


async def test_what_was_begun_since_stands_below_what_comes_back(room: ConversationHarness) -> None:
    await _send(room)
    async with room.database.transaction() as session:
        session.add(
            Draft(
                account_id=room.world.account_id,
                user_id=room.world.marta_id,
                conversation_id=room.conversation_id,
                text="E poi",
                updated_at=room.now,
            )
        )
    await _undo(room)
    _, draft, _ = await _left_behind(room)
    assert draft == "Alle 18\n\nE poi"


async def test_what_a_sender_has_claimed_is_not_taken_back(room: ConversationHarness) -> None:
    await _send(room)
    assert await _claimed(room, HELD) == 1
    assert not await _undo(room)
    texts, draft, _ = await _left_behind(room)
    assert (texts[-1], draft) == ("Alle 18", "")


async def test_what_was_taken_back_is_not_sent_by_a_tab_that_has_not_heard(
    room: ConversationHarness,
) -> None:
    await _send(room)
    assert await _undo(room)
    assert await _undo(room)
    with pytest.raises(SendWithdrawnError):
        await _send(room)


async def test_what_is_taken_back_before_it_came_is_refused_when_it_comes(
    room: ConversationHarness,
) -> None:
    assert await _undo(room)
    with pytest.raises(SendWithdrawnError):
        await _send(room)


async def test_only_its_author_takes_a_text_back_and_no_other_account(
    room: ConversationHarness,
) -> None:
    await _send(room)
    async with room.database.transaction() as session:
        stranger = await make_account(session, room.now)
    assert not await _undo(room, author_id=room.world.marta_id + 1000)
    with pytest.raises(NotFoundError):
        await _undo(room, account_id=stranger)
    assert await _claimed(room, HELD) == 1


@pytest.mark.postgresql("two at once")
async def test_a_sender_and_an_undo_at_once_end_in_one_of_the_two(
    room: ConversationHarness,
) -> None:
    for number in range(10):
        ref = f"key {number}"
        message = await _send(room, ref, ref)
        taken_back, left = await asyncio.gather(_undo(room, ref), _claimed(room, HELD))
        assert taken_back == (left == 0)
        async with room.database.transaction() as session:
            query = select(Outbox).where(col(Outbox.message_id) == message.id)
            for claimed in await session.exec(query):
                claimed.state = OutboxState.DONE
