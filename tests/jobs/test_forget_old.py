"""What an account keeps no longer goes by itself (A6)."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.domain.accounts.retention import Retention
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.jobs.forget_old import forget_old
from inbox_app.models import AuditEntry, EventState, InboundEvent, Media, MediaState, Message, Task
from inbox_app.queries.accounts.retention import would_go
from inbox_app.queries.search.message_ids import message_ids
from inbox_app.runtime import Runtime
from inbox_app.services.personal_data import forget_old as old
from inbox_app.services.personal_data.set_retention import set_retention
from tests.queries.conversations import begin, say
from tests.support.factories import PHONE_NUMBER_ID, World, add, make_account, make_connection
from tests.support.servers.routes_app import running

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as runtime:
        yield runtime


async def _talk(database: Database, account_id: int, now: datetime) -> None:
    """Something old and something new, each with a photo; and what has not left."""
    async with database.transaction() as session:
        talk = await begin(session, account_id, now, f"3933311122{account_id}")
        for days in (400, 399, 1):
            at = now - timedelta(days=days)
            said = await say(session, talk, at, f"parola{days}", reply_to="wamid.first")
            await add(
                session,
                Media(
                    account_id=account_id, message_id=said.id, state=MediaState.READY,
                    sha256="a" * 64, filename="passaporto.jpg", created_at=at,
                ),
            )  # fmt: skip
        out: dict[str, Any] = {"direction": Direction.OUT, "status": DeliveryStatus.QUEUED}
        await say(session, talk, now - timedelta(days=400), "in coda", **out)


async def _chosen(runtime: Runtime, world: World, **kept: int) -> None:
    async with runtime.database.transaction() as session:
        await set_retention(
            session, world.account_id, world.marta_id, Retention(**kept), clock.now()
        )


async def _said(database: Database, account_id: int) -> list[tuple[MessageKind, str | None]]:
    query = select(Message).where(col(Message.account_id) == account_id).order_by(col(Message.id))
    async with database.reading() as session:
        return [(each.kind, each.text) for each in await session.exec(query)]


async def test_old_messages_lose_what_they_say_and_the_search_forgets_it(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old, "AT_ONCE", 1)
    database, now = runtime.database, clock.now()
    async with database.transaction() as session:
        other = await make_account(session, now)
    for account_id in (world.account_id, other):
        await _talk(database, account_id, now)
    before = await _said(database, world.account_id)
    await forget_old(runtime)
    assert await _said(database, world.account_id) == before, "nothing goes unasked"
    async with database.reading() as session:
        counted = await would_go(session, world.account_id, Retention(messages=365), now)
        assert (counted["messages"], counted["files"]) == (2, 0)

    await _chosen(runtime, world, messages=365)
    await forget_old(runtime)
    assert await _said(database, world.account_id) == [
        (MessageKind.ERASED, None),
        (MessageKind.ERASED, None),
        (MessageKind.TEXT, "parola1"),
        (MessageKind.TEXT, "in coda"),
    ]
    assert await _said(database, other) == before
    async with database.reading() as session:
        found = [
            await message_ids(session, world.account_id, f"parola{days}", limit=9)
            for days in (400, 1)
        ]
        left = (await session.exec(select(Media.account_id))).all()
        entries = (await session.exec(select(AuditEntry.what, AuditEntry.details))).all()
    assert [len(ids) for ids in found] == [0, 1]
    assert (left.count(world.account_id), left.count(other)) == (1, 3)
    assert (
        "retention.forgotten",
        {"messages": 2, "tasks": 0, "files": 0, "events": 0, "by": "retention"},
    ) in [tuple(each) for each in entries]
    await forget_old(runtime)
    async with database.reading() as session:
        again = select(AuditEntry).where(col(AuditEntry.what) == "retention.forgotten")
        assert len((await session.exec(again)).all()) == 1


async def test_tasks_lose_the_words_of_a_message_once_they_are_closed_as_long_as_messages_are_kept(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old, "AT_ONCE", 1)
    database, now = runtime.database, clock.now()
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393331112299")
        said = await say(session, talk, now - timedelta(days=400), "Perde il rubinetto")
        for title, message_id, closed, archived in (
            ("chiuso da tempo", said.id, 366, None),
            ("archiviato da tempo", said.id, None, 366),
            ("appena chiuso", said.id, 1, None),
            ("da fare", said.id, None, None),
            ("di nessun messaggio", None, 366, None),
        ):
            task = Task(
                account_id=world.account_id, title=title, description=title, created_at=now,
                kind=TaskKind.MAINTENANCE, message_id=message_id,
                status=TaskStatus.DONE if closed else TaskStatus.OPEN,
                closed_at=now - timedelta(days=closed) if closed else None,
                archived_at=now - timedelta(days=archived) if archived else None,
            )  # fmt: skip
            await add(session, task)
    await _chosen(runtime, world, messages=365)
    await forget_old(runtime)
    async with database.reading() as session:
        tasks = (await session.exec(select(Task).order_by(col(Task.id)))).all()
    assert [(task.title, task.description, task.message_id is None) for task in tasks] == [
        ("Contenuto cancellato", None, True),
        ("Contenuto cancellato", None, True),
        ("appena chiuso", "appena chiuso", False),
        ("da fare", "da fare", False),
        ("di nessun messaggio", "di nessun messaggio", True),
    ]


async def test_old_files_go_and_their_messages_stay(runtime: Runtime, world: World) -> None:
    now = clock.now()
    await _talk(runtime.database, world.account_id, now)
    await _chosen(runtime, world, files=30)
    async with runtime.database.reading() as session:
        counted = await would_go(session, world.account_id, Retention(files=30), now)
    await forget_old(runtime)
    async with runtime.database.reading() as session:
        files = (await session.exec(select(Media).order_by(col(Media.id)))).all()
    assert counted["files"] == 2
    assert [(each.state, each.sha256, each.filename) for each in files[:2]] == [
        (MediaState.EXPIRED, None, None),
        (MediaState.EXPIRED, None, None),
    ]
    assert files[2].sha256 == "a" * 64
    assert (MessageKind.TEXT, "parola400") in await _said(runtime.database, world.account_id)


async def test_raw_events_go_unless_they_tell_of_another_company_too(
    runtime: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old, "EVENTS_AT_ONCE", 2)
    now = clock.now()
    bodies = {"ours": [PHONE_NUMBER_ID], "both": [PHONE_NUMBER_ID, "999"], "other": ["999"]}
    async with runtime.database.transaction() as session:
        other = await make_account(session, now)
        await make_connection(session, other, now, external_id="999")
        for days in (3, 0):
            for name, ends in bodies.items():
                at = now - timedelta(days=days, hours=1)
                body = json.dumps({"name": f"{name} {days}", "ends": ends}).encode()
                state = {"state": EventState.APPLIED, "understood_at": at, "received_at": at}
                await add(session, InboundEvent(channel="whatsapp", body=body, **state))
    await _chosen(runtime, world, events=1)
    await forget_old(runtime)
    async with runtime.database.reading() as session:
        rows = (await session.exec(select(InboundEvent).order_by(col(InboundEvent.id)))).all()
    left = [json.loads(each.body)["name"] for each in rows]
    assert left == ["both 3", "other 3", "ours 0", "both 0", "other 0"]
