"""Each person has read what they have seen (P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, Origin
from inbox_app.models import Conversation, Unseen
from inbox_app.queries.inbox.list.counts import unread_by
from inbox_app.queries.inbox.list.unseen import not_read_yet
from inbox_app.services.accounts import people
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.read_conversation import Read, mark_read, mark_unread
from inbox_app.services.personal_data.erase_actor import erase_actor
from inbox_app.services.sending.send import queue_text
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import World, make_user

pytestmark = pytest.mark.anyio
on_both = pytest.mark.postgresql("its statements")


@dataclass
class Team:
    """Marta, Anna and Luca, and a conversation with Ada."""

    database: Database
    world: World
    now: datetime
    talk_id: int
    anna_id: int
    luca_id: int

    @property
    def everybody(self) -> Sequence[int]:
        return self.world.marta_id, self.anna_id, self.luca_id

    async def hears(self, *texts: str) -> list[int]:
        async with self.database.transaction() as session:
            talk = await session.get_one(Conversation, self.talk_id)
            return [(await say(session, talk, self._later(), text)).id for text in texts]

    async def reads(self, user_id: int, up_to: int = 2**31) -> Read:
        async with self.database.transaction() as session:
            of = {"account_id": self.world.account_id, "conversation_id": self.talk_id}
            return await mark_read(session, **of, user_id=user_id, up_to=up_to)

    async def answers(self, author_id: int | None, origin: Origin = Origin.PM) -> None:
        async with self.database.transaction() as session:
            of = {"account_id": self.world.account_id, "conversation_id": self.talk_id}
            by = {"author_id": author_id, "origin": origin, "client_ref": None}
            await queue_text(session, **of, **by, text="Sì", now=self._later())  # pyright: ignore[reportArgumentType]

    async def waiting(self) -> tuple[int, ...]:
        """How many messages wait for each; the chip of each says the same."""
        async with self.database.reading() as session:
            account, talk = self.world.account_id, self.talk_id
            found = [
                (await not_read_yet(session, account, each, talk)).messages
                for each in self.everybody
            ]
            chips = [await unread_by(session, account, each) for each in self.everybody]
        assert chips == [int(messages > 0) for messages in found]
        return tuple(found)

    async def company(self) -> int:
        async with self.database.reading() as session:
            return (await session.get_one(Conversation, self.talk_id)).unread

    def _later(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
async def team(database: Database, world: World, now: datetime) -> Team:
    async with database.transaction() as session:
        anna, luca = [
            await make_user(session, world.account_id, now, f"{name}@casedelsole.it")
            for name in ("anna", "luca")
        ]
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        await open_window(session, talk, now)
    return Team(database, world, now, talk.id, anna.id, luca.id)


@on_both
async def test_what_one_has_read_waits_for_the_others(team: Team) -> None:
    first, _ = await team.hears("Uno", "Due")
    assert await team.waiting() == (2, 2, 2)
    assert await team.reads(team.anna_id, first) == Read(changed=True, first=True)
    assert await team.waiting() == (2, 1, 2)
    assert (await team.company()) == 1
    assert await team.reads(team.world.marta_id) == Read(changed=True, first=True)
    assert (await team.waiting(), await team.company()) == ((0, 1, 2), 0)
    assert await team.reads(team.luca_id, first) == Read(changed=True, first=False)
    assert await team.reads(team.luca_id, first) == Read()
    assert await team.waiting() == (0, 1, 1)
    await team.hears("Tre")
    assert (await team.waiting(), await team.company()) == ((1, 2, 2), 1)
    for each in team.everybody:
        await team.reads(each)
    assert await team.waiting() == (0, 0, 0)


@on_both
async def test_who_answers_has_read_and_the_others_have_not(team: Team) -> None:
    await team.hears("C'è il forno?")
    await team.answers(None, Origin.API)
    assert await team.waiting() == (1, 1, 1)
    await team.answers(team.anna_id)
    assert (await team.waiting(), await team.company()) == ((1, 0, 1), 0)
    async with team.database.reading() as session:
        talk = await session.get_one(Conversation, team.talk_id)
        rows = (await session.exec(select(Unseen))).all()
    assert talk.waiting_since is None
    assert {row.arrived_at for row in rows} == {talk.arrived_at}


@on_both
async def test_one_leaves_it_unread_for_themselves_and_takes_that_back(team: Team) -> None:
    await team.hears("Uno", "Due")
    for each in team.everybody:
        await team.reads(each)
    of = team.world.account_id, [team.talk_id], team.anna_id
    async with team.database.transaction() as session:
        changed = await triage.set_unread(session, *of)
        assert await triage.set_unread(session, *of) == []
    assert (await team.waiting(), await team.company()) == ((0, 1, 0), 0)
    async with team.database.transaction() as session:
        undone = await triage.undo(session, team.world.account_id, changed, team.anna_id)
    assert (undone, await team.waiting()) == ([team.talk_id], (0, 0, 0))


@on_both
async def test_reading_from_the_list_is_taken_back_for_oneself(team: Team) -> None:
    await team.hears("Uno", "Due")
    await team.reads(team.luca_id)
    account = team.world.account_id
    async with team.database.transaction() as session:
        changed = await triage.set_read(session, account, [team.talk_id], team.anna_id)
    assert await team.waiting() == (2, 0, 0)
    await team.reads(team.world.marta_id)
    async with team.database.transaction() as session:
        await triage.undo(session, account, changed, team.anna_id)
    assert await team.waiting() == (0, 2, 0)
    await team.reads(team.anna_id)
    async with team.database.transaction() as session:
        changed = await triage.set_done(session, account, [team.talk_id], team.now)
        await triage.undo(session, account, changed, team.anna_id)
    assert await team.waiting() == (0, 0, 0)


async def test_nobody_takes_back_what_was_read_before_something_else_was_said(team: Team) -> None:
    await team.hears("Uno")
    account = team.world.account_id
    async with team.database.transaction() as session:
        changed = await triage.set_read(session, account, [team.talk_id], team.anna_id)
    await team.hears("Due")
    async with team.database.transaction() as session:
        assert await triage.undo(session, account, changed, team.anna_id) == []
    assert await team.waiting() == (2, 1, 2)


@on_both
async def test_what_another_system_marks_is_unread_for_everybody(team: Team) -> None:
    await team.hears("Uno", "Due")
    await team.reads(team.anna_id)
    async with team.database.transaction() as session:
        of = {"account_id": team.world.account_id, "conversation_id": team.talk_id}
        assert await mark_unread(session, **of)
    assert (await team.waiting(), await team.company()) == ((2, 1, 2), 1)


@on_both
async def test_who_joins_begins_with_what_nobody_has_read(team: Team) -> None:
    await team.hears("Uno")
    await team.reads(team.anna_id)
    async with team.database.transaction() as session:
        paolo = await make_user(session, team.world.account_id, team.now, "paolo@casedelsole.it")
        account = team.world.account_id
        assert await unread_by(session, account, paolo.id) == 0
    await team.hears("Due")
    async with team.database.transaction() as session:
        seen = await not_read_yet(session, account, paolo.id, team.talk_id)
        assert (seen.messages, await unread_by(session, account, paolo.id)) == (1, 1)


@on_both
async def test_nothing_is_kept_for_who_does_not_come_in(team: Team) -> None:
    await team.hears("Uno")
    await team.reads(team.anna_id)
    async with team.database.transaction() as session:
        person = await people.by_id(session, team.world.account_id, team.luca_id)
        await people.deactivate(session, person, team.now)
    await team.hears("Due")
    await team.reads(team.anna_id)
    async with team.database.reading() as session:
        kept = (await session.exec(select(Unseen.user_id, Unseen.messages))).all()
    assert kept == [(team.world.marta_id, 2)]


@on_both
async def test_what_is_archived_or_erased_waits_for_nobody(team: Team) -> None:
    await team.hears("Uno")
    await team.reads(team.anna_id)
    account = team.world.account_id
    async with team.database.transaction() as session:
        await triage.set_put_away(session, account, [team.talk_id], team.now, archived=True)
        chips = [await unread_by(session, account, each) for each in team.everybody]
        assert chips == [0, 0, 0]
        await triage.set_put_away(session, account, [team.talk_id], team.now, archived=False)
    assert await team.waiting() == (1, 0, 1)
    async with team.database.transaction() as session:
        of = {"account_id": account, "actor_id": team.world.ada_id, "user_id": None}
        await erase_actor(session, **of, name="Cancellato", now=team.now)  # pyright: ignore[reportArgumentType]
        assert (await session.exec(select(Unseen))).all() == []
    assert await team.waiting() == (0, 0, 0)


@on_both
async def test_what_came_while_an_answer_was_written_can_be_read_by_each(team: Team) -> None:
    """On PostgreSQL a message that came in may get the lower number and be there the later."""
    (late,) = await team.hears("Uno")
    async with team.database.transaction() as session:
        talk = await session.get_one(Conversation, team.talk_id)
        talk.last_read_id = late
    for each in team.everybody:
        await team.reads(each)
    assert await team.waiting() == (0, 0, 0)
    async with team.database.reading() as session:
        rows = select(Unseen).where(col(Unseen.conversation_id) == team.talk_id)
        assert (await session.exec(rows)).all() == []


async def test_what_we_said_asks_nobody(team: Team) -> None:
    await team.hears("Uno")
    for each in team.everybody:
        await team.reads(each)
    async with team.database.transaction() as session:
        talk = await session.get_one(Conversation, team.talk_id)
        await say(session, talk, team.now, "Ecco", direction=Direction.OUT)
    await team.reads(team.anna_id)
    assert await team.waiting() == (0, 0, 0)
