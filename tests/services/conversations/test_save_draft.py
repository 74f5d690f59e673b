"""Drafts: one for each person and conversation, the last words win (M7)."""

from datetime import datetime

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.models import Conversation, Draft
from inbox_app.services.conversations.save_draft import save_draft
from tests.queries.conversations import begin
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> Conversation:
    async with database.transaction() as session:
        return await begin(session, world.account_id, now, "393471234567")


async def _save(
    database: Database, world: World, talk: Conversation, now: datetime, text: str
) -> list[str]:
    """What is kept after that."""
    async with database.transaction() as session:
        kept = await save_draft(
            session,
            account_id=world.account_id,
            user_id=world.marta_id,
            conversation_id=talk.id,
            text=text,
            now=now,
        )
        assert kept
        return list(await session.exec(select(Draft.text)))


@pytest.mark.postgresql("two at once")
async def test_the_last_words_win(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    assert await _save(database, world, talk, now, "Buon") == ["Buon"]
    assert await _save(database, world, talk, now, "Buongiorno\n") == ["Buongiorno\n"]


@pytest.mark.postgresql("its statements")
async def test_no_words_take_the_draft_away(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    await _save(database, world, talk, now, "Buon")
    assert await _save(database, world, talk, now, " \n") == []


@pytest.mark.postgresql("what a text may hold")
async def test_what_a_database_cannot_hold_is_left_out(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    assert await _save(database, world, talk, now, "a\0b") == ["ab"]


async def test_a_conversation_of_another_account_takes_no_draft(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        kept = await save_draft(
            session,
            account_id=other,
            user_id=world.marta_id,
            conversation_id=talk.id,
            text="Buon",
            now=now,
        )
        assert not kept
        assert list(await session.exec(select(Draft.text))) == []
