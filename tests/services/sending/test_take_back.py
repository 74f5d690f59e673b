"""By its id anything is taken back that has not left, whoever wrote it (M10, M11, W7)."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, delete, select, update

from inbox_app.database import Database
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.ids import MessageName
from inbox_app.domain.messages import DeliveryStatus, MessageKind, Origin
from inbox_app.models import Draft, Media, Message, Outbox, OutboxState, Upload
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.send import SendWithdrawnError
from inbox_app.services.sending.send_file import queue_file
from inbox_app.services.sending.send_later import When, queue_later
from inbox_app.services.sending.take_back import HasLeftError, take_back
from tests.support import templates
from tests.support.control_cases import ConversationHarness
from tests.support.factories import World, make_account
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


@pytest.fixture
async def room(database: Database, world: World, now: datetime) -> ConversationHarness:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - HOUR, "393471234567")
    return ConversationHarness(database, world, now, conversation_id)


async def _wait(room: ConversationHarness, author_id: int | None = None) -> MessageName:
    async with room.database.transaction() as session:
        row = await queue_later(
            session,
            account_id=room.world.account_id,
            conversation_id=room.conversation_id,
            text="Alle 18",
            author_id=author_id,
            origin=Origin.PM if author_id else Origin.API,
            client_ref="a key",
            when=When(room.now + HOUR),
            now=room.now,
        )
    return MessageName(row.id, waited=True)


async def _take_back(room: ConversationHarness, name: MessageName, account_id: int = 0) -> None:
    async with room.database.transaction() as session:
        await take_back(session, account_id or room.world.account_id, name, room.now)


async def _queue_photo(
    room: ConversationHarness, author_id: int | None, caption: str = ""
) -> Message:
    file = OutgoingFile(
        kind=MessageKind.IMAGE,
        content_type="image/jpeg",
        filename="casa.jpg",
        sha256=64 * "a",
        size=1,
    )
    async with room.database.transaction() as session:
        return await queue_file(
            session,
            file,
            account_id=room.world.account_id,
            conversation_id=room.conversation_id,
            caption=caption,
            author_id=author_id,
            origin=Origin.PM if author_id else Origin.API,
            client_ref="upload:a ref",
            now=room.now,
        )


async def _claim(room: ConversationHarness) -> int:
    at = room.now + HOUR
    async with room.database.transaction() as session:
        claimed = await claim(
            session, owner="sender", limit=10, rate_limit=PairRateLimit(), now=at, real_now=at
        )
    return len(claimed.jobs)


async def _boxes(room: ConversationHarness) -> list[tuple[int, str]]:
    async with room.database.reading() as session:
        return [(draft.user_id, draft.text) for draft in await session.exec(select(Draft))]


@pytest.mark.postgresql("rows are locked")
@pytest.mark.parametrize("state", [OutboxState.QUEUED, OutboxState.HELD])
async def test_what_is_queued_or_held_never_leaves_and_is_in_its_authors_box(
    room: ConversationHarness, state: OutboxState
) -> None:
    message = await room.queue("Alle 18", client_ref="a key")
    async with room.database.transaction() as session:
        await session.exec(update(Outbox).values(state=state))
    await _take_back(room, MessageName(message.id))
    assert await _boxes(room) == [(room.world.marta_id, "Alle 18")]
    assert await _claim(room) == 0
    with pytest.raises(NotFoundError):
        await _take_back(room, MessageName(message.id))
    with pytest.raises(SendWithdrawnError):
        await room.queue("Alle 18", client_ref="a key")


@pytest.mark.postgresql("rows are locked")
async def test_what_waits_never_leaves_and_is_in_the_box_of_the_person_who_wrote_it(
    room: ConversationHarness,
) -> None:
    await _take_back(room, await _wait(room, room.world.marta_id))
    assert await _boxes(room) == [(room.world.marta_id, "Alle 18")]
    assert await _claim(room) == 0


async def test_a_file_taken_back_is_beside_its_authors_draft_again(
    room: ConversationHarness,
) -> None:
    message = await _queue_photo(room, room.world.marta_id, "La vista")
    await _take_back(room, MessageName(message.id))
    assert await _boxes(room) == [(room.world.marta_id, "La vista")]
    async with room.database.reading() as session:
        (upload,) = await session.exec(select(Upload))
        assert (await session.exec(select(Media))).all() == []
    assert (upload.filename, upload.user_id) == ("casa.jpg", room.world.marta_id)
    assert upload.ref not in (message.client_ref or "")
    assert await _claim(room) == 0


async def test_a_file_of_nobody_is_gone(room: ConversationHarness) -> None:
    await _take_back(room, MessageName((await _queue_photo(room, None)).id))
    async with room.database.reading() as session:
        assert (await session.exec(select(Upload))).all() == []
    assert await _boxes(room) == []


async def test_a_template_taken_back_is_in_no_box(room: ConversationHarness) -> None:
    async with room.database.transaction() as session:
        template = await templates.here(session, room.world, room.now)
    message = await room.queue_template(template.id)
    await _take_back(room, MessageName(message.id))
    assert await _boxes(room) == []
    assert await room.count() == 0


async def test_what_no_person_wrote_is_in_nobodys_box(room: ConversationHarness) -> None:
    await _take_back(room, await _wait(room))
    assert await _boxes(room) == []


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (OutboxState.CLAIMED, DeliveryStatus.QUEUED),
        (OutboxState.DONE, DeliveryStatus.SENT),
        (OutboxState.DONE, DeliveryStatus.UNKNOWN),
        (None, DeliveryStatus.READ),
    ],
)
async def test_what_has_left_or_may_have_is_not_taken_back(
    room: ConversationHarness, state: OutboxState | None, status: DeliveryStatus
) -> None:
    """After a day its place in the outbox is forgotten."""
    message = await room.queue("Alle 18", client_ref="a key")
    async with room.database.transaction() as session:
        await session.exec(update(Message).values(status=status))
        done = update(Outbox).values(state=state) if state else delete(Outbox)
        await session.exec(done)
    with pytest.raises(HasLeftError) as refused:
        await _take_back(room, MessageName(message.id))
    assert refused.value.status is status


async def test_another_account_takes_nothing_back(room: ConversationHarness) -> None:
    waits, message = await _wait(room), await room.queue("Subito", client_ref="another key")
    async with room.database.transaction() as session:
        stranger = await make_account(session, room.now)
    for name in (waits, MessageName(message.id)):
        with pytest.raises(NotFoundError):
            await _take_back(room, name, stranger)


@pytest.mark.postgresql("two at once")
async def test_taking_back_and_leaving_at_once_end_in_one_of_the_two(
    room: ConversationHarness,
) -> None:
    for _ in range(10):
        async with room.database.transaction() as session:
            await session.exec(delete(Message).where(col(Message.waited_as).is_not(None)))
        name = await _wait(room)
        taken_back, left = await asyncio.gather(
            _take_back(room, name), _claim(room), return_exceptions=True
        )
        assert (taken_back is None) == (left == 0)
        assert taken_back is None or isinstance(taken_back, HasLeftError)
        if taken_back is None:
            break
