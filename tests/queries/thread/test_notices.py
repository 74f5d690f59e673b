"""Notices among their neighbours: folded and settled (M4)."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, Message
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import Place, between
from inbox_app.queries.thread.thread_span import BEGINNING
from inbox_app.services.sending.ask_again import ask_again
from tests.queries.conversations import begin
from tests.queries.thread.notices import MINUTE, WA_ID, rows, told
from tests.support.factories import World


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
