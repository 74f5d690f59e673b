"""What an open conversation shows (P2)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.models import Conversation
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import (
    between,
    is_answered,
    newest_down_to,
    unread_from,
    with_divider,
)
from inbox_app.queries.thread.thread_header import head
from inbox_app.queries.thread.thread_span import Thread
from tests.queries.conversations import begin, say
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)
ROME = "Europe/Rome"
OURS = {"direction": Direction.OUT, "status": DeliveryStatus.SENT, "origin": Origin.PM}


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> Conversation:
    async with database.transaction() as session:
        return await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)


async def _all(database: Database, talk: Conversation) -> list[MessageRow]:
    async with database.reading() as session:
        return await _all_in(session, talk)


async def _all_in(session: AsyncSession, talk: Conversation) -> list[MessageRow]:
    shown = await Thread(session, talk.account_id, talk.id).newest()
    return await between(session, talk.account_id, talk.id, shown.start, shown.end, ROME)


@pytest.mark.postgresql("times are sorted")
async def test_messages_stand_in_the_order_of_metas_time(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        await say(session, talk, now, "second")
        await say(session, talk, now - MINUTE, "first, come late")
    assert [row["text"] for row in await _all(database, talk)] == ["first, come late", "second"]


async def test_a_run_of_one_side_begins_and_ends(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        for minute, ours in enumerate([False, False, True, False]):
            await say(session, talk, now + minute * MINUTE, "…", **(OURS if ours else {}))
    shown = [(row["first"], row["last"]) for row in await _all(database, talk)]
    assert shown == [(True, False), (False, True), (True, True), (True, True)]


@pytest.mark.postgresql("days of a time zone")
async def test_days_are_those_of_the_account(
    database: Database, talk: Conversation, now: datetime
) -> None:
    late = now.replace(hour=22, minute=30)
    async with database.transaction() as session:
        await say(session, talk, late, "23:30 in Rome")
        await say(session, talk, late + 60 * MINUTE, "0:30 in Rome")
    shown = [(row["day"], row["day_first"]) for row in await _all(database, talk)]
    assert shown == [("2026-11-23", True), ("2026-11-24", True)]


async def test_a_text_in_which_nothing_can_be_seen_is_empty(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        await say(session, talk, now, "\u200b\u2060")
    assert [row["text"] for row in await _all(database, talk)] == [""]


async def test_a_thread_without_messages_shows_none(database: Database, talk: Conversation) -> None:
    assert await _all(database, talk) == []


@pytest.mark.postgresql("its statements")
async def test_a_thread_of_another_account_is_empty(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        await say(session, talk, now, "private")
        other = await make_account(session, now)
        shown = await Thread(session, other, talk.id).newest()
        assert await between(session, other, talk.id, shown.start, shown.end, ROME) == []
        assert await head(session, other, talk.id) is None


@pytest.mark.postgresql("its statements")
async def test_an_answer_shows_what_it_answers(
    database: Database, talk: Conversation, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        mine = {"connection_id": world.connection_id, "provider_id": "wamid.1"}
        await say(session, talk, now, "Alle 16?", **mine)
        reply = {"kind": MessageKind.UNSUPPORTED, "unsupported_type": "reply"}
        await say(session, talk, now + MINUTE, "Sì", reply_to="wamid.1", **reply)
        await say(session, talk, now + 2 * MINUTE, "Boh", reply_to="wamid.unknown", **reply)
    rows = await _all(database, talk)
    assert [row["reply_excerpt"] for row in rows] == ["", "Alle 16?", ""]
    assert [row["reply_id"] for row in rows] == ["", rows[0]["id"], ""]


async def test_contact_cards_name_whom_they_are_of_and_how_to_reach_them(
    database: Database, talk: Conversation, now: datetime
) -> None:
    numbers = [{"phone": "+39 347 123 4567", "wa_id": "393471234567", "type": None}]
    cards = [
        {"name": "Nino Greco", "phones": numbers, "emails": [], "company": "Idraulica"},
        {"name": None, "phones": [], "emails": ["a@b.it"], "company": "Lavanderia"},
        {"name": "Ada", "phones": [], "emails": [], "company": None},
    ]
    async with database.transaction() as session:
        contacts = {"kind": MessageKind.CONTACTS, "details": {"contacts": cards}}
        await say(session, talk, now, "", **contacts)
    (row,) = await _all(database, talk)
    assert row["cards"] == [
        {"name": "Nino Greco", "company": "Idraulica", "reach": ["+39 347 123 4567"]},
        {"name": "Lavanderia", "company": "", "reach": ["a@b.it"]},
        {"name": "Ada", "company": "", "reach": []},
    ]


async def test_a_template_says_in_which_language_it_is_written(
    database: Database, talk: Conversation, now: datetime
) -> None:
    sent = {"kind": MessageKind.TEMPLATE, "details": {"template": {"language": "pt_BR"}}}
    async with database.transaction() as session:
        await say(session, talk, now, "Olá", **OURS, **sent)
    assert [row["template_language"] for row in await _all(database, talk)] == ["pt_BR"]


async def test_a_failure_says_why(database: Database, talk: Conversation, now: datetime) -> None:
    failed = OURS | {"status": DeliveryStatus.FAILED, "error_code": 131026}
    async with database.transaction() as session:
        await say(session, talk, now, "…", **failed)
    (row,) = await _all(database, talk)
    assert (row["status"], row["error_code"]) == ("failed", 131026)


async def test_the_divider_stands_before_the_first_unread_message_that_came_in(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        read = await say(session, talk, now, "read")
        await say(session, talk, now + MINUTE, "ours", **OURS)
        await say(session, talk, now + 2 * MINUTE, "unread")
        first = await unread_from(session, talk.account_id, talk.id, read.id, within=9)
    assert first is not None
    rows = with_divider(await _all(database, talk), str(first.id))
    assert [row["text"] for row in rows if row["unread_first"]] == ["unread"]


@pytest.mark.postgresql("rows are counted back")
async def test_the_first_unread_message_is_found_unless_it_is_too_far_back(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        read = await say(session, talk, now, "read")
        unread = [await say(session, talk, now + n * MINUTE, str(n)) for n in range(1, 5)]
        await say(session, talk, now + 9 * MINUTE, "news", kind=MessageKind.SYSTEM)
        asked = (session, talk.account_id, talk.id)
        first = await unread_from(*asked, read.id, within=5)
        assert first is not None
        assert first.id == unread[0].id
        assert await unread_from(*asked, read.id, within=3) is None
        assert await unread_from(*asked, unread[-1].id, within=5) is None


async def test_a_person_of_the_company_answers_not_a_program(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        await say(session, talk, now, "before", **OURS)
        asked = await say(session, talk, now, "unread")
        await say(session, talk, now + MINUTE, "by API", **(OURS | {"origin": Origin.API}))
        assert not is_answered(await _all_in(session, talk), str(asked.id))
        await say(session, talk, now + 2 * MINUTE, "answer", **OURS)
        assert is_answered(await _all_in(session, talk), str(asked.id))


@pytest.mark.postgresql("its statements")
async def test_the_head_says_who_it_is(
    database: Database, talk: Conversation, world: World
) -> None:
    async with database.reading() as session:
        found = await head(session, world.account_id, talk.id)
    assert found is not None
    assert found["name"] == "Ada Bianchi"
    assert found["phone"] == "+39 347 123 4567"
    assert found["kind"] == "guest"


@pytest.mark.parametrize(
    ("last", "expected"), [("1", 1), ("7", 7), ("5", 7), ("9", 9), ("6", None), ("", None)]
)
def test_what_was_seen_reaches_down_to_the_message_that_stood_last(
    last: str, expected: int | None
) -> None:
    rows: Any = [{"id": id_} for id_ in ("1", "7", "5", "9")]
    assert newest_down_to(rows, last) == expected


@pytest.mark.parametrize(("ref", "origin"), [("away/1/20261130T0800", "away"), ("pms-7", "api")])
async def test_what_left_by_itself_is_told_apart_from_what_another_system_wrote(
    database: Database, talk: Conversation, now: datetime, ref: str, origin: str
) -> None:
    async with database.transaction() as session:
        ours = OURS | {"origin": Origin.API, "client_ref": ref}
        await say(session, talk, now, "Ora siamo chiusi", **ours)
    assert [row["origin"] for row in await _all(database, talk)] == [origin]
