"""Notices among their neighbours: folded, settled, asked about (M4)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Actor, Conversation, LastInbound, Message, Outbox
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import Place, between
from inbox_app.queries.thread.thread_span import BEGINNING
from inbox_app.services.sending.ask_again import ask_again
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import World, make_account

MINUTE = timedelta(minutes=1)
WA_ID = "393471234567"


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> Conversation:
    """With Ada, whose window is open."""
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, WA_ID, actor_id=world.ada_id)
        await open_window(session, talk, now)
        return talk


async def told(
    database: Database, talk: Conversation, now: datetime, *each: tuple[str, str | None]
) -> list[int]:
    """Notices of a type, or with an empty type texts, a minute apart."""
    ids: list[int] = []
    async with database.transaction() as session:
        for minute, (type_, words) in enumerate(each):
            kind = MessageKind.UNSUPPORTED if type_ else MessageKind.TEXT
            columns: dict[str, Any] = {"kind": kind, "unsupported_type": type_ or None}
            at = now + minute * MINUTE
            ids.append((await say(session, talk, at, words or "", **columns)).id)
    return ids


async def rows(database: Database, talk: Conversation) -> list[MessageRow]:
    async with database.reading() as session:
        of = (session, talk.account_id, talk.id)
        return await between(*of, BEGINNING, None, "Europe/Rome")


@pytest.mark.parametrize(
    ("each", "times"),
    [
        ([("poll_creation", None)], [1]),
        ([("poll_creation", None), ("poll_update", None), ("poll_update", None)], [3]),
        ([("unsupported", None), ("unsupported", None)], [2]),
        ([("reaction", "👍"), ("reaction", "👍"), ("reaction", "😮")], [2, 1]),
        ([("poll_update", None), ("", "Ciao"), ("poll_update", None)], [1, 1, 1]),
        ([("order", "1 × A"), ("order", "1 × B")], [1, 1]),
        ([("product", None), ("poll_update", None)], [1, 1]),
    ],
)
async def test_several_of_one_thing_are_one_notice_with_a_count(
    database: Database,
    talk: Conversation,
    now: datetime,
    each: list[tuple[str, str | None]],
    times: list[int],
) -> None:
    await told(database, talk, now, *each)

    found = await rows(database, talk)
    assert len(found) == len(each)
    assert [row["times"] for row in found if not row["folded"]] == times


async def test_a_fold_is_named_by_how_it_began(
    database: Database, talk: Conversation, now: datetime
) -> None:
    await told(database, talk, now, ("poll_creation", None), ("poll_update", None))

    last = (await rows(database, talk))[-1]
    assert (last["unsupported_type"], last["may_ask_again"]) == ("poll_creation", True)


async def test_who_may_be_asked_for_the_last_of_a_fold_is_asked_for_all_of_it(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    await told(database, talk, now, ("poll_creation", None), ("poll_update", None))
    last = (await rows(database, talk))[-1]

    await database.run_transaction(
        lambda session: ask_again(
            session,
            account_id=world.account_id,
            message_id=int(last["id"]),
            author_id=world.marta_id,
            now=now + 2 * MINUTE,
        )
    )

    await told(database, talk, now + 3 * MINUTE, ("poll_update", None))
    notices = [row for row in await rows(database, talk) if row["kind"] == "unsupported"]
    assert [row["may_ask_again"] for row in notices if not row["folded"]] == [False, True]


@pytest.mark.parametrize(
    ("type_", "may"),
    [
        ("poll_creation", True),
        ("order", True),
        ("reply", True),
        ("view_once", True),
        ("hologram", True),
        ("reaction", False),
        ("call", False),
        ("revoke", False),
        ("edit", False),
    ],
)
async def test_what_may_be_asked_for_again(
    database: Database, talk: Conversation, now: datetime, type_: str, may: bool
) -> None:
    await told(database, talk, now, (type_, None))

    assert [row["may_ask_again"] for row in await rows(database, talk)] == [may]


async def test_a_compatible_message_settles_what_came_before_it(
    database: Database, talk: Conversation, now: datetime
) -> None:
    await told(database, talk, now, ("order", "1 × A"), ("reaction", "👍"), ("", "Un letto in più"))
    await told(database, talk, now + 5 * MINUTE, ("product", None))

    assert [
        (row["settled"], row["may_ask_again"])
        for row in await rows(database, talk)
        if row["kind"] == "unsupported"
    ] == [(True, False), (True, False), (False, True)]


async def test_what_settles_a_notice_may_stand_beyond_the_part_that_is_shown(
    database: Database, talk: Conversation, now: datetime
) -> None:
    (notice,) = await told(database, talk, now, ("order", "1 × A"))
    await told(database, talk, now + MINUTE, ("", "Un letto in più"))

    async with database.reading() as session:
        of = (session, talk.account_id, talk.id)
        (row,) = await between(*of, BEGINNING, Place(now, notice), "Europe/Rome")
    assert (row["settled"], row["may_ask_again"]) == (True, False)


@pytest.mark.parametrize(
    ("language", "type_", "begins", "form"),
    [
        ("it", "poll_creation", "Ci dispiace", "messaggio di testo"),
        ("it-CH", "view_once", "Ci dispiace", "foto"),
        ("es", "location", "Lo sentimos", "ubicación"),
        ("en-GB", "order", "Sorry", "text message"),
        ("de", "order", "Sorry", "text message"),
        (None, "order", "Ci dispiace", "messaggio di testo"),
    ],
)
async def test_it_is_asked_for_once_in_the_persons_language(
    database: Database,
    world: World,
    talk: Conversation,
    now: datetime,
    language: str | None,
    type_: str,
    begins: str,
    form: str,
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Actor, world.ada_id)).language = language
    (notice,) = await told(database, talk, now, (type_, None))

    async def ask() -> Message:
        return await database.run_transaction(
            lambda session: ask_again(
                session,
                account_id=world.account_id,
                message_id=notice,
                author_id=world.marta_id,
                now=now,
            )
        )

    request = await ask()
    async with database.transaction() as session:
        (await session.get_one(Actor, world.ada_id)).language = "fr"
    assert (await ask()).id == request.id
    assert request.text
    assert request.text.startswith(begins)
    assert form in request.text
    assert (request.direction, request.kind) == (Direction.OUT, MessageKind.TEXT)
    shown = (await rows(database, talk))[0]
    assert (shown["asked"], shown["may_ask_again"]) == (True, False)


@pytest.mark.postgresql("its statements")
async def test_a_file_that_was_lost_is_asked_for_and_settled_by_what_follows(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    """M3."""
    async with database.transaction() as session:
        lost = await say(session, talk, now, "", kind=MessageKind.VIDEO, error_message="lost")
    [row] = await rows(database, talk)
    assert (row["file_lost"], row["may_ask_again"], row["settled"]) == (True, True, False)

    request = await database.run_transaction(
        lambda session: ask_again(
            session,
            account_id=world.account_id,
            message_id=lost.id,
            author_id=world.marta_id,
            now=now,
        )
    )
    assert "file" in (request.text or "")
    row = (await rows(database, talk))[0]
    assert (row["asked"], row["may_ask_again"]) == (True, False)

    async with database.transaction() as session:
        await say(session, talk, now + MINUTE, "Ecco", kind=MessageKind.TEXT)
    assert (await rows(database, talk))[0]["settled"]


@pytest.mark.parametrize(("lost", "settled"), [(1, True), (499, True), (500, False)])
async def test_what_settles_is_sought_once_among_the_newest_however_many_files_were_lost(
    sqlite: Database, world: World, now: datetime, lost: int, settled: bool
) -> None:
    """M4: what stands before those is asked about again rather than walked back to; but a text in
    the same part of the thread settles."""
    async with sqlite.transaction() as session:
        talk = await begin(session, world.account_id, now, WA_ID, actor_id=world.ada_id)
    notice, text = await told(sqlite, talk, now, ("order", None), ("", "Due notti"))
    columns = {"account_id": talk.account_id, "direction": Direction.IN, "kind": MessageKind.VIDEO}
    gone = {**columns, "error_message": "lost", "sent_at": now + 2 * MINUTE, "created_at": now}
    async with sqlite.transaction() as session:
        session.add_all(Message(conversation_id=talk.id, **gone) for _ in range(lost))
    await sqlite.refresh_statistics()

    row, asked = await _first_row(sqlite, talk, Place(now, notice))
    assert row["settled"] is settled
    assert len(asked) == 1
    assert any("message_thread (conversation_id=? AND sent_at>?)" in step for step in asked[0])
    assert any("COVERING INDEX message_thread (conversation_id=?)" in step for step in asked[0])
    row, _ = await _first_row(sqlite, talk, Place(now + MINUTE, text))
    assert row["settled"]


async def _first_row(
    sqlite: Database, talk: Conversation, end: Place
) -> tuple[MessageRow, list[list[str]]]:
    """Of the thread up to there, and the plans of what was asked for what settles it."""
    said: list[tuple[str, Any]] = []
    async with sqlite.reading() as session:
        core = await session.connection()
        event.listen(
            core.sync_connection, "before_cursor_execute", lambda *of: said.append(of[2:4])
        )
        found = await between(session, talk.account_id, talk.id, BEGINNING, end, "Europe/Rome")
        seeks = [(sql, given) for sql, given in said if "error_message IS NULL" in sql]
        plans = [
            [step for *_, step in await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
            for sql, given in seeks
        ]
    return found[0], plans


@pytest.mark.parametrize("type_", ["reaction", "call", "revoke", "edit", ""])
async def test_what_is_not_to_be_asked_for_is_not(
    database: Database, world: World, talk: Conversation, now: datetime, type_: str
) -> None:
    (id_,) = await told(database, talk, now, (type_, "Ciao"))

    with pytest.raises(NotFoundError):
        await database.run_transaction(
            lambda session: ask_again(
                session,
                account_id=world.account_id,
                message_id=id_,
                author_id=world.marta_id,
                now=now,
            )
        )


async def test_another_accounts_notice_is_not_there_and_a_closed_window_refuses(
    database: Database, world: World, talk: Conversation, now: datetime
) -> None:
    """W1, B17."""
    (id_,) = await told(database, talk, now, ("order", None))
    async with database.transaction() as session:
        other = await make_account(session, now)

    async def ask(account_id: int, at: datetime) -> Message:
        return await database.run_transaction(
            lambda session: ask_again(
                session, account_id=account_id, message_id=id_, author_id=world.marta_id, now=at
            )
        )

    with pytest.raises(NotFoundError):
        await ask(other, now)
    with pytest.raises(SendRefusedError):
        await ask(world.account_id, now + timedelta(hours=25))
    async with database.reading() as session:
        assert await session.get(Outbox, 1) is None
        assert await session.get(LastInbound, 1) is not None
