"""Internal notes: seen by colleagues, sent to nobody (X1)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, LastInbound, Mention, Message, Outbox
from inbox_app.pages.inbox.list.list_reading import ListQuery, ListReading
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.search.message_hits import message_hits
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.notes.see_mentions import see_mentions
from inbox_app.services.notes.write_note import NoteRefusedError, write_note
from inbox_app.services.people.waiting_conversation import set_aside
from inbox_app.services.sending.retry_send import retry
from tests.queries.conversations import begin
from tests.support.factories import ADA_PHONE, World, make_account, make_user, marta
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = pytest.mark.anyio


class Notes:
    """Ada has written, and Anna writes notes to Marta."""

    def __init__(self, database: Database, world: World, now: datetime) -> None:
        self.database, self.world, self.now = database, world, now
        self.inbox: Inbox = open_inbox(database)
        self.anna_id = self.conversation_id = 0

    async def begins(self) -> "Notes":
        body = says("Ciao", "wamid.1", self.now, wa_id=ADA_PHONE.removeprefix("+"))
        await self.inbox.hear(body, at=self.now)
        async with self.database.transaction() as session:
            account = self.world.account_id
            self.anna_id = (await make_user(session, account, self.now, "anna@example.com")).id
        (talk,) = await self.inbox.all(Conversation)
        self.conversation_id = talk.id
        return self

    async def writes(self, text: str, ref: str | None = None, account: int = 0) -> Message:
        async with self.database.transaction() as session:
            return await write_note(
                session,
                account_id=account or self.world.account_id,
                conversation_id=self.conversation_id,
                text=text,
                author_id=self.anna_id,
                client_ref=ref,
                now=self.now + timedelta(hours=30),
            )

    async def lists(self, filter_: Filter) -> list[bool]:
        """Whether Marta is shown a mention, by row."""
        view = View(self.world.account_id, filter_, user_id=self.world.marta_id)
        async with self.database.reading() as session:
            reading = ListReading(session, self.world.account_id, self.now)
            seen = await reading.read(marta(self.world, self.now), ListQuery(view))
        return [row["mentioned"] for row in seen.rows]


@pytest.fixture
async def notes(database: Database, world: World, now: datetime) -> Notes:
    return await Notes(database, world, now).begins()


@pytest.mark.postgresql("its statements")
async def test_a_note_settles_nothing_opens_nothing_and_moves_nothing(notes: Notes) -> None:
    (talk,), (window,) = (
        await notes.inbox.all(Conversation),
        await notes.inbox.all(LastInbound),
    )
    note = await notes.writes("Il tecnico ha le chiavi")
    assert (note.direction, note.kind) == (Direction.INTERNAL, MessageKind.NOTE)
    async with notes.database.transaction() as session:
        await reckon_waiting(await session.connection(), [talk.id])
    assert await notes.inbox.all(Conversation) == [talk]
    assert await notes.inbox.all(LastInbound) == [window]


async def test_no_way_leads_a_note_to_the_outbox(notes: Notes) -> None:
    note = await notes.writes("Solo per noi")
    async with notes.database.transaction() as session:
        with pytest.raises(NotFoundError):
            await retry(session, notes.world.account_id, note.id, notes.now)
    assert await notes.inbox.all(Outbox) == []
    assert (note.queued_at, note.status, note.connection_id) == (None, None, None)


async def test_the_same_note_twice_is_one_and_an_empty_one_none(notes: Notes) -> None:
    first, again = await notes.writes("Ciao", "r"), await notes.writes("Ciao", "r")
    assert first.id == again.id
    for nothing in ("", " \n", "x" * 4097):
        with pytest.raises(NoteRefusedError):
            await notes.writes(nothing)
    async with notes.database.transaction() as session:
        other = await make_account(session, notes.now)
    with pytest.raises(NotFoundError):
        await notes.writes("Ciao", account=other)


@pytest.mark.postgresql("refuses such text")
async def test_a_reference_is_a_line_like_that_of_a_send(notes: Notes) -> None:
    first, again = await notes.writes("Ciao", "r\0\n1"), await notes.writes("Ciao", "r\0\n1")
    assert (first.id, first.client_ref) == (again.id, "r 1")


@pytest.mark.postgresql("its statements")
async def test_who_is_mentioned_finds_it_and_has_seen_it_after_a_look(notes: Notes) -> None:
    assert await notes.lists(Filter.MENTIONS) == []
    await notes.writes("@Marta sai del codice? @marta!")
    assert len(await notes.inbox.all(Mention)) == 1
    assert await notes.lists(Filter.MENTIONS) == await notes.lists(Filter.ALL) == [True]
    async with notes.database.transaction() as session:
        of = notes.world.account_id, notes.world.marta_id, notes.conversation_id
        assert await see_mentions(session, *of, notes.now)
        assert not await see_mentions(session, *of, notes.now)
    assert await notes.lists(Filter.MENTIONS) == await notes.lists(Filter.ALL) == [False]


async def test_a_note_is_found_by_its_words_and_marked_as_one(notes: Notes) -> None:
    await notes.writes("Caldaia da controllare")
    async with notes.database.reading() as session:
        (hit,) = await message_hits(session, notes.world.account_id, "caldaia", limit=5)
    assert (hit["note"], hit["ours"]) == (True, False)


async def test_a_conversation_that_waits_for_a_number_stays_for_its_notes(notes: Notes) -> None:
    async with notes.database.transaction() as session:
        account, actor = notes.world.account_id, notes.world.giuseppe_id
        waiting = await begin(session, account, notes.now, None, actor_id=actor)
        notes.conversation_id = waiting.id
    await notes.writes("Chiamare per il numero")
    async with notes.database.transaction() as session:
        assert await set_aside(session, account, actor) is None
    async with notes.database.reading() as session:
        left = select(Conversation.id).where(col(Conversation.id) == notes.conversation_id)
        assert (await session.exec(left)).one()
