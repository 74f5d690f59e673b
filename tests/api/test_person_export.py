"""One person's data as a ZIP, for admins of their account alone (A6)."""

import io
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.domain.tasks import TaskKind, TaskStatus
from inbox_app.models import AuditEntry, Media, MediaState, Task
from inbox_app.runtime import Runtime
from inbox_app.services.labels.label_actors import put_label
from inbox_app.services.labels.write_label import make_label
from inbox_app.workflows.export_person import export_person
from tests.queries.conversations import begin, say
from tests.support.factories import World, make_account
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as runtime:
        yield runtime


async def exported(runtime: Runtime, account_id: int, world: World, now: datetime) -> ZipFile:
    chunks = await export_person(
        runtime,
        account_id=account_id,
        actor_id=world.ada_id,
        user_id=world.marta_id,
        language="it",
        now=now,
    )
    return ZipFile(io.BytesIO(b"".join([chunk async for chunk in chunks])))


async def test_all_that_was_said_and_its_files_are_in_it_and_nobody_else_s(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async def photo() -> AsyncIterator[bytes]:
        yield b"a photo"

    stored = await runtime.storage.put(photo(), limit=100)
    async with runtime.database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        said = await say(session, talk, now, "<b>Ciao</b>")
        file = Media(
            account_id=world.account_id, message_id=said.id, filename="mare/../foto.jpg",
            sha256=stored.sha256, content_type="image/jpeg", state=MediaState.READY, created_at=now,
        )  # fmt: skip
        session.add(file)
        session.add(
            Task(
                account_id=world.account_id, title="Il rubinetto", kind=TaskKind.MAINTENANCE,
                status=TaskStatus.OPEN, message_id=said.id, created_at=now,
            )
        )  # fmt: skip
        other = await begin(session, world.account_id, now, "393480001122")
        await say(session, other, now, "di un'altra persona")

    archive = await exported(runtime, world.account_id, world, now)
    page = archive.read("index.html").decode()
    assert "Ada Bianchi" in page
    assert "&lt;b&gt;Ciao&lt;/b&gt;" in page
    assert "di un'altra persona" not in page
    (line,) = archive.read("messages.jsonl").decode().splitlines()
    told = json.loads(line)
    assert told["text"] == "<b>Ciao</b>"
    assert archive.read(told["file"]) == b"a photo"
    assert ".." not in told["file"].removeprefix("files/").split("/")
    person = json.loads(archive.read("person.json"))
    assert (person["name"], person["tasks"][0]["title"]) == ("Ada Bianchi", "Il rubinetto")
    async with runtime.database.reading() as session:
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (entry.what, entry.details) == ("actor.exported", {"actor": world.ada_id})


async def test_what_colleagues_noted_of_the_person_is_in_it_as_such_and_without_the_writer(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        noted = {"direction": Direction.INTERNAL, "kind": MessageKind.NOTE}
        await say(session, talk, now, "Chiede sempre lo sconto", author_id=world.marta_id, **noted)

    archive = await exported(runtime, world.account_id, world, now)
    page = archive.read("index.html").decode()
    assert '<p class="internal" dir="auto">' in page
    assert "<b>Nota interna</b><br>Chiede sempre lo sconto" in page
    lines = archive.read("messages.jsonl").decode()
    assert json.loads(lines)["kind"] == "note"
    assert "Marta" not in page + lines


async def test_the_labels_that_the_person_has_are_named(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        label = await make_label(session, world.account_id, "Casa <Blu>", LabelColour.BLUE, now)
        await make_label(session, world.account_id, "Di altri", LabelColour.BLUE, now)
        await put_label(session, world.account_id, label.id, world.ada_id)
    archive = await exported(runtime, world.account_id, world, now)
    page = archive.read("index.html").decode()
    assert "<tr><th>Etichette</th><td>Casa &lt;Blu&gt;</td></tr>" in page
    (told,) = json.loads(archive.read("person.json"))["labels"]
    assert told["name"] == "Casa <Blu>"


async def test_another_company_s_actor_is_not_there(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        other = await make_account(session, now)
    with pytest.raises(NotFoundError):
        await exported(runtime, other, world, now)
