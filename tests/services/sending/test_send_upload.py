"""What a person has attached becomes messages, each once, or stays beside their draft (M2, M7)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.ids import MessageName
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.models import Draft, Media, Message, Outbox, Upload
from inbox_app.pages.session import SignedIn
from inbox_app.pages.shared.outgoing_sends import Outcome, file_queued, taken_back
from inbox_app.runtime import Runtime
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.services.sending.attach import attach, detach
from inbox_app.services.sending.take_back import take_back
from tests.support.factories import World, make_account, make_user, make_world, marta
from tests.support.servers.routes_app import running
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
PHOTO, PDF = MessageKind.IMAGE, MessageKind.DOCUMENT


@dataclass
class Desk:
    """Marta at her inbox, where Ada has written."""

    runtime: Runtime
    world: World
    conversation_id: int

    async def attached(self, kind: MessageKind = PHOTO, name: str = "casa.jpg") -> str:
        file = OutgoingFile(
            kind=kind, content_type="image/jpeg", filename=name, sha256=64 * "a", size=1
        )
        async with self.runtime.database.transaction() as session:
            ref = uuid4().hex
            upload = await attach(session, file, ref=ref, now=clock.now(), **self._whose())
        return upload.ref

    async def send(self, ref: str, caption: str = "", who: SignedIn | None = None) -> Outcome:
        marta_there = marta(self.world, clock.now())
        return await file_queued(who or marta_there, self.conversation_id, caption, ref)

    async def undo(self, ref: str) -> Outcome:
        who = marta(self.world, clock.now())
        return await taken_back(who, self.conversation_id, f"upload:{ref}")

    async def write(self, text: str) -> None:
        async with self.runtime.database.transaction() as session:
            await save_draft(session, text=text, now=clock.now(), **self._whose())

    async def rows(self, table: type[Any]) -> list[Any]:
        async with self.runtime.database.reading() as session:
            return list(await session.exec(select(table).order_by(col(table.id))))

    async def outgoing(self) -> list[Message]:
        return [row for row in await self.rows(Message) if row.queued_at is not None]

    def _whose(self) -> dict[str, int]:
        ids = {"account_id": self.world.account_id, "user_id": self.world.marta_id}
        return ids | {"conversation_id": self.conversation_id}


@pytest.fixture
async def desk(sqlite: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running(sqlite, tmp_path) as runtime:
        async with sqlite.transaction() as session:
            world = await make_world(session, clock.now())
            an_hour_ago = clock.now() - timedelta(hours=1)
            conversation_id = await a_person_wrote(session, world, an_hour_ago, "393471234567")
        yield Desk(runtime, world, conversation_id)


async def test_each_is_a_message_with_its_caption_and_its_file(desk: Desk) -> None:
    photo, rules = await desk.attached(), await desk.attached(PDF, "R.pdf")
    assert await desk.send(photo, "La casa 🏡") == "sent"
    assert await desk.send(rules) == "sent"

    sent = await desk.outgoing()
    assert [(one.kind, one.text, one.client_ref) for one in sent] == [
        (PHOTO, "La casa 🏡", f"upload:{photo}"),
        (PDF, None, f"upload:{rules}"),
    ]
    assert {one.status for one in sent} == {DeliveryStatus.QUEUED}
    assert [(one.message_id, one.filename) for one in await desk.rows(Media)] == [
        (sent[0].id, "casa.jpg"),
        (sent[1].id, "R.pdf"),
    ]
    assert len(await desk.rows(Outbox)) == 2
    assert await desk.rows(Upload) == []


async def test_told_again_it_is_sent_once(desk: Desk) -> None:
    photo = await desk.attached()
    for caption in ("ecco", "ecco", "another caption"):
        assert await desk.send(photo, caption) == "sent"
    assert [one.text for one in await desk.outgoing()] == ["ecco"]


@pytest.mark.parametrize("why", ["the window has closed", "the caption is too long"])
async def test_refused_it_stays_beside_the_draft_with_its_caption_in_the_box(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    photo, caption = await desk.attached(), "x" * 1025
    if why == "the window has closed":
        later, caption = clock.now() + timedelta(hours=25), "Ecco"
        monkeypatch.setattr(clock, "now", lambda: later)
    assert await desk.send(photo, caption) == "refused"
    assert await desk.outgoing() == []
    assert [row.ref for row in await desk.rows(Upload)] == [photo]
    assert [row.text for row in await desk.rows(Draft)] == [caption]


async def test_one_that_was_taken_away_is_not_sent(desk: Desk) -> None:
    gone = await desk.attached()
    async with desk.runtime.database.transaction() as session:
        await detach(session, desk.world.account_id, desk.world.marta_id, gone)
    assert await desk.send(gone) == "refused"
    assert await desk.outgoing() == []


async def test_one_that_was_taken_back_is_not_sent_again(desk: Desk) -> None:
    photo = await desk.attached()
    await desk.send(photo)
    (sent,) = await desk.outgoing()
    async with desk.runtime.database.transaction() as session:
        await take_back(session, desk.world.account_id, MessageName(sent.id), clock.now())
    assert await desk.send(photo) == "undone"
    assert await desk.outgoing() == []


async def test_its_author_can_take_it_back_until_it_leaves_and_send_it_anew(desk: Desk) -> None:
    photo, who = await desk.attached(), marta(desk.world, clock.now())
    await desk.send(photo, "Ecco", replace(who, undo_seconds=5))
    (send,) = await desk.rows(Outbox)
    assert timedelta(seconds=4) < send.next_attempt_at - clock.real_now() <= timedelta(seconds=5)
    assert await desk.undo(photo) == "undone"
    assert await desk.rows(Outbox) == []
    assert [row.text for row in await desk.rows(Draft)] == ["Ecco"]
    (again,) = await desk.rows(Upload)
    assert again.ref != photo
    assert await desk.send(again.ref, "Ecco") == "sent"
    assert [one.text for one in await desk.outgoing()] == ["Ecco"]


async def test_what_is_taken_back_before_it_comes_can_be_sent_anew_too(desk: Desk) -> None:
    photo = await desk.attached()
    assert await desk.undo(photo) == "undone"
    assert await desk.send(photo) == "undone"
    (again,) = await desk.rows(Upload)
    assert await desk.send(again.ref) == "sent"


async def test_a_caption_that_was_sent_is_no_draft_any_more(desk: Desk) -> None:
    photo, another = await desk.attached(), await desk.attached()
    await desk.write("Ecco")
    await desk.send(photo, "Ecco")
    assert await desk.rows(Draft) == []
    await desk.write("Begun since")
    await desk.send(another)
    assert [row.text for row in await desk.rows(Draft)] == ["Begun since"]


async def test_nobody_else_sends_it(desk: Desk, sqlite: Database) -> None:
    photo = await desk.attached()
    async with sqlite.transaction() as session:
        now, ours = clock.now(), desk.world.account_id
        strangers = await make_account(session, now)
        stranger = await make_user(session, strangers, now, "bruno@altra.it")
        colleague = await make_user(session, ours, now, "anna@casedelsole.it")
    for person in (stranger, colleague):
        who = marta(desk.world, now)
        who = replace(who, account_id=person.account_id, user_id=person.id)
        assert await desk.send(photo, who=who) == "refused"
    assert await desk.outgoing() == []
    assert [row.ref for row in await desk.rows(Upload)] == [photo]
