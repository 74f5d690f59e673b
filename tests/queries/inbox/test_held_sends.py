"""What has not left says so to its author, on every device, until it is gone (M11)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import update

from inbox_app.database import Database
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.messages import MessageKind, Origin
from inbox_app.models import Outbox, OutboxState
from inbox_app.pages.inbox.thread.thread_reading import ThreadQuery, ThreadReading, ThreadView
from inbox_app.queries.thread.rows import HeldRow
from inbox_app.services.sending.send_file import queue_file
from inbox_app.web import millis
from tests.support import templates
from tests.support.control_cases import ConversationHarness
from tests.support.factories import World, marta
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
HELD, AHEAD = timedelta(seconds=5), timedelta(hours=3)


@pytest.fixture
async def room(database: Database, world: World, now: datetime) -> ConversationHarness:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now, "393471234567")
    return ConversationHarness(database, world, now, conversation_id)


async def _send(room: ConversationHarness) -> None:
    await room.queue("Alle 18", client_ref="a key", not_before=room.now - AHEAD + HELD)


async def test_a_photo_says_so_too(room: ConversationHarness) -> None:
    file = OutgoingFile(
        kind=MessageKind.IMAGE, content_type="image/jpeg", filename="a", sha256=64 * "a", size=1
    )
    async with room.database.transaction() as session:
        await queue_file(
            session,
            file,
            account_id=room.world.account_id,
            conversation_id=room.conversation_id,
            caption="",
            author_id=room.world.marta_id,
            origin=Origin.PM,
            client_ref="a key",
            now=room.now,
            not_before=room.now - AHEAD + HELD,
        )
    assert await _held(room, HELD / 2) is not None
    assert await _held(room, HELD) is None


async def _held(room: ConversationHarness, after: timedelta) -> HeldRow | None:
    """What the thread tells of its last row; the sandbox has moved the domain's clock ahead."""
    who = marta(room.world, room.now)
    async with room.database.reading() as session:
        reading = ThreadReading(session, who, room.now + after, AHEAD)
        seen = await reading.read(who, ThreadQuery(room.conversation_id))
    assert isinstance(seen, ThreadView)
    return seen.messages[-1]["held"]


@pytest.mark.postgresql("times are compared")
async def test_it_says_until_when_by_the_clock_of_the_page(room: ConversationHarness) -> None:
    await _send(room)
    author = str(room.world.marta_id)
    expected = HeldRow(author=author, until=millis(room.now + HELD))
    assert await _held(room, HELD / 2) == expected
    assert await _held(room, HELD) is None


async def test_what_waits_for_credentials_is_held_without_an_end(
    room: ConversationHarness,
) -> None:
    await _send(room)
    async with room.database.transaction() as session:
        await session.exec(update(Outbox).values(state=OutboxState.HELD))
    assert await _held(room, AHEAD) == HeldRow(author=str(room.world.marta_id), until=0)


@pytest.mark.parametrize("state", [OutboxState.CLAIMED, OutboxState.DONE])
async def test_what_may_have_left_is_not_held(
    room: ConversationHarness, state: OutboxState
) -> None:
    await _send(room)
    async with room.database.transaction() as session:
        await session.exec(update(Outbox).values(state=state))
    assert await _held(room, timedelta()) is None


async def test_nobody_takes_back_what_nobody_typed(room: ConversationHarness) -> None:
    async with room.database.transaction() as session:
        template = await templates.here(session, room.world, room.now)
    await room.queue_template(template.id)
    await room.queue("Dal gestionale", author_id=None)
    async with room.database.transaction() as session:
        await session.exec(update(Outbox).values(next_attempt_at=room.now + HELD))
    assert await _held(room, timedelta()) is None
