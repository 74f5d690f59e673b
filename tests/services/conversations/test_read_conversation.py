"""Marking as read, and as unread."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation
from inbox_app.services.conversations.read_conversation import mark_read, mark_unread
from tests.queries.conversations import begin, say
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> tuple[Conversation, list[int]]:
    """A conversation with the ids of its messages: two came in, one is ours, one came in."""
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567")
        sides = [Direction.IN, Direction.IN, Direction.OUT, Direction.IN]
        said = [
            await say(session, talk, now + timedelta(minutes=minute), "…", direction=side)
            for minute, side in enumerate(sides)
        ]
        return talk, [message.id for message in said]


async def _read(
    database: Database, account_id: int, id_: int, up_to: int, user_id: int = 1
) -> tuple[bool, int]:
    of = {"account_id": account_id, "conversation_id": id_, "user_id": user_id}
    async with database.transaction() as session:
        changed, _ = await mark_read(session, **of, up_to=up_to)
    async with database.reading() as session:
        return changed, (await session.get_one(Conversation, id_)).unread


@pytest.mark.postgresql("rows are counted")
async def test_what_came_after_stays_unread(
    database: Database, talk: tuple[Conversation, list[int]]
) -> None:
    conversation, ids = talk
    account_id = conversation.account_id
    assert await _read(database, account_id, conversation.id, ids[0]) == (True, 2)
    assert await _read(database, account_id, conversation.id, ids[2]) == (True, 1)
    assert await _read(database, account_id, conversation.id, ids[3]) == (True, 0)


@pytest.mark.postgresql("times are compared")
async def test_what_was_read_never_becomes_unread_again(
    database: Database, talk: tuple[Conversation, list[int]]
) -> None:
    conversation, ids = talk
    await _read(database, conversation.account_id, conversation.id, ids[3])
    again = await _read(database, conversation.account_id, conversation.id, ids[0])
    assert again == (False, 0)


async def test_nobody_can_read_ahead_of_what_has_arrived(
    database: Database, talk: tuple[Conversation, list[int]], now: datetime
) -> None:
    conversation, _ = talk
    await _read(database, conversation.account_id, conversation.id, 10**12)
    async with database.transaction() as session:
        talk_now = await session.get_one(Conversation, conversation.id)
        late = await say(session, talk_now, now, "late")
        assert late.id > talk_now.last_read_id


async def test_a_conversation_of_another_account_does_not_exist(
    database: Database, talk: tuple[Conversation, list[int]], now: datetime
) -> None:
    conversation, ids = talk
    async with database.transaction() as session:
        other = await make_account(session, now)
    assert await _read(database, other, conversation.id, ids[3]) == (False, 3)


async def test_what_came_while_an_answer_was_written_can_be_read_after_it(
    database: Database, talk: tuple[Conversation, list[int]]
) -> None:
    """On PostgreSQL a message that came in may get the lower number and be there the later."""
    conversation, ids = talk
    async with database.transaction() as session:
        talk_now = await session.get_one(Conversation, conversation.id)
        talk_now.last_read_id, talk_now.unread = ids[3], 1

    assert await _read(database, conversation.account_id, conversation.id, ids[3]) == (True, 0)


async def _unread(database: Database, account_id: int, id_: int) -> tuple[bool, int]:
    async with database.transaction() as session:
        changed = await mark_unread(session, account_id=account_id, conversation_id=id_)
    async with database.reading() as session:
        return changed, (await session.get_one(Conversation, id_)).unread


@pytest.mark.postgresql("its statements")
async def test_the_last_that_they_wrote_can_be_unread_again(
    database: Database, talk: tuple[Conversation, list[int]]
) -> None:
    """P1: for later; a second time changes nothing, and reading it reads it."""
    conversation, ids = talk
    account_id = conversation.account_id
    await _read(database, account_id, conversation.id, ids[3])

    assert await _unread(database, account_id, conversation.id) == (True, 1)
    assert await _unread(database, account_id, conversation.id) == (False, 1)
    assert await _read(database, account_id, conversation.id, ids[3]) == (True, 0)


async def test_where_nobody_wrote_there_is_nothing_to_leave_unread(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567")
        await say(session, talk, now, "Salve", direction=Direction.OUT)
        await say(session, talk, now, "Numero cambiato", kind=MessageKind.SYSTEM)
        talk.unread = 0

    assert await _unread(database, world.account_id, talk.id) == (False, 0)


async def test_nobody_marks_what_another_company_has(
    database: Database, talk: tuple[Conversation, list[int]], now: datetime
) -> None:
    conversation, ids = talk
    await _read(database, conversation.account_id, conversation.id, ids[3])
    async with database.transaction() as session:
        other = await make_account(session, now)

    assert await _unread(database, other, conversation.id) == (False, 0)
