"""What waits in the outbox leaves once, when its condition comes, and not before (M10, W7)."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from inbox_app.channels.outbound import Job
from inbox_app.database import Database
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.delivery.send_later import LaterProblem
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import DeliveryStatus, MessageKind, Origin
from inbox_app.domain.templates import TemplateState
from inbox_app.models import (
    Address,
    Conversation,
    Draft,
    LastInbound,
    Message,
    Outbox,
    OutboxState,
    Template,
)
from inbox_app.queries.operations import queues
from inbox_app.services.channel_services import FallbackRefusedError
from inbox_app.services.sending.claim_sends import claim
from inbox_app.services.sending.send import SendWithdrawnError
from inbox_app.services.sending.send_later import BadTimeError, When, cancel_later, queue_later
from inbox_app.services.templates.send_template import (
    MarketingStoppedError,
    NoSuchTemplateError,
    TemplateNotReadyError,
)
from tests.support import templates
from tests.support.control_cases import ConversationHarness
from tests.support.factories import World, make_account
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
ADA = "393471234567"


@pytest.fixture
async def room(database: Database, world: World, now: datetime) -> ConversationHarness:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - HOUR, ADA)
    return ConversationHarness(database, world, now, conversation_id)


async def _wait(
    room: ConversationHarness,
    when: When,
    text: str = "Il codice è 4471",
    ref: str = "a key",
    **changes: object,
) -> None:
    async with room.database.transaction() as session:
        arguments: dict[str, object] = {
            "account_id": room.world.account_id,
            "conversation_id": room.conversation_id,
            "text": text,
            "author_id": room.world.marta_id,
            "origin": Origin.PM,
            "client_ref": ref,
            "when": when,
            "now": room.now,
            **changes,
        }
        await queue_later(session, **arguments)  # type: ignore[arg-type]


async def _claim(room: ConversationHarness, at: datetime) -> Sequence[Job]:
    async with room.database.transaction() as session:
        claimed = await claim(
            session, owner="sender", limit=10, rate_limit=PairRateLimit(), now=at, real_now=at
        )
    return claimed.jobs


async def _template(room: ConversationHarness, **changes: Any) -> str:
    async with room.database.transaction() as session:
        return str((await templates.here(session, room.world, room.now, **changes)).id)


async def _all(room: ConversationHarness) -> tuple[list[Message], list[Outbox], str]:
    async with room.database.reading() as session:
        messages = list(await session.exec(select(Message).order_by(col(Message.id))))
        rows = list(await session.exec(select(Outbox).order_by(col(Outbox.id))))
        return messages, rows, (await session.exec(select(Draft.text))).first() or ""


async def _waiting_id(room: ConversationHarness) -> int:
    _, (row,), _ = await _all(room)
    return row.id


async def _answers(room: ConversationHarness, at: datetime) -> None:
    async with room.database.transaction() as session:
        await session.exec(update(LastInbound).values(last_inbound_at=at))


@pytest.mark.postgresql("its statements")
async def test_it_leaves_at_its_time_and_stands_in_the_thread_from_then_on(
    room: ConversationHarness,
) -> None:
    at = room.now + 2 * HOUR
    await _wait(room, When(at))
    assert await _claim(room, at - timedelta(seconds=1)) == []
    messages, _, _ = await _all(room)
    assert messages == []
    (job,) = await _claim(room, at)
    (message,), _, _ = await _all(room)
    assert (job.text, message.text, message.client_ref) == (*["Il codice è 4471"] * 2, "a key")
    assert await _claim(room, at + HOUR) == []


async def test_what_waits_for_its_time_is_no_send_that_got_stuck(
    room: ConversationHarness,
) -> None:
    await _wait(room, When(room.now + HOUR))
    async with room.database.reading() as session:
        assert (await queues(session)).outbox_waiting == 0


async def test_who_has_not_answered_has_not_read(room: ConversationHarness) -> None:
    async with room.database.reading() as session:
        before = (await session.get_one(Conversation, room.conversation_id)).unread
    await _wait(room, When(room.now + HOUR))
    await _claim(room, room.now + HOUR)
    async with room.database.reading() as session:
        after = await session.get_one(Conversation, room.conversation_id)
    assert (after.unread, before) == (before, 1)


async def test_what_is_written_meanwhile_does_not_wait_behind_it(room: ConversationHarness) -> None:
    await _wait(room, When(room.now + 2 * HOUR))
    await room.queue("Subito")
    assert [job.text for job in await _claim(room, room.now)] == ["Subito"]


async def test_a_time_after_the_window_asks_for_a_fallback_at_once(
    room: ConversationHarness,
) -> None:
    with pytest.raises(BadTimeError) as refused:
        await _wait(room, When(room.now + DAY))
    assert refused.value.problem is LaterProblem.NEEDS_FALLBACK


@pytest.mark.postgresql("its statements")
async def test_the_fallback_knocks_and_the_text_follows_the_answer(
    room: ConversationHarness,
) -> None:
    at = room.now + DAY
    await _wait(room, When(at, await _template(room)))
    (knock,) = await _claim(room, at)
    assert knock.kind is MessageKind.TEMPLATE
    async with room.database.reading() as session:
        assert (await session.get_one(Conversation, room.conversation_id)).unread == 1
    await _done(room)
    assert await _claim(room, at + HOUR) == []
    await _answers(room, at + 2 * HOUR)
    (job,) = await _claim(room, at + 2 * HOUR)
    assert job.text == "Il codice è 4471"


async def test_without_a_ready_fallback_it_fails_with_the_reason_and_is_in_the_box(
    room: ConversationHarness,
) -> None:
    at = room.now + DAY
    await _wait(room, When(at, await _template(room)))
    async with room.database.transaction() as session:
        (await session.exec(select(Template))).one().state = TemplateState.CANCELLED
    assert await _claim(room, at) == []
    (message,), _, draft = await _all(room)
    assert (message.status, message.remedy) == (DeliveryStatus.FAILED, Remedy.WINDOW_CLOSED)
    assert draft == "Il codice è 4471"


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("", NoSuchTemplateError),
        ("not a number", NoSuchTemplateError),
        ("paused", TemplateNotReadyError),
        ("marketing", MarketingStoppedError),
    ],
)
async def test_a_fallback_that_cannot_go_out_is_refused_at_once(
    room: ConversationHarness, template: str, why: type[Exception]
) -> None:
    ids = {
        "paused": await _template(room, name="paused", meta_status="PAUSED"),
        "marketing": await _template(room, name="offers", category="marketing"),
        "": "4711",
    }
    async with room.database.transaction() as session:
        await session.exec(update(Address).values(marketing_stopped_at=room.now))
    with pytest.raises(FallbackRefusedError) as refused:
        await _wait(room, When(room.now + DAY, ids.get(template, template)))
    assert isinstance(refused.value.__cause__, why)


@pytest.mark.postgresql("its statements")
async def test_an_answer_has_it_leave_once(room: ConversationHarness) -> None:
    closed = room.now + DAY
    await _wait(room, When(), now=closed)
    assert await _claim(room, closed + HOUR) == []
    await _answers(room, closed + 2 * HOUR)
    (job,) = await _claim(room, closed + 2 * HOUR)
    assert job.text == "Il codice è 4471"
    await _answers(room, closed + 3 * HOUR)
    assert await _claim(room, closed + 3 * HOUR) == []


async def test_an_answer_within_the_same_second_is_one(room: ConversationHarness) -> None:
    """Meta's times are whole seconds."""
    closed = room.now + DAY
    await _wait(room, When(), now=closed + timedelta(milliseconds=700))
    await _answers(room, closed)
    assert len(await _claim(room, closed + timedelta(seconds=1))) == 1


async def test_where_a_text_may_go_at_once_none_waits_for_an_answer(
    room: ConversationHarness,
) -> None:
    with pytest.raises(SendRefusedError):
        await _wait(room, When())


@pytest.mark.postgresql("rows are locked")
async def test_what_is_taken_back_is_in_the_box_and_never_leaves(room: ConversationHarness) -> None:
    await _wait(room, When(room.now + HOUR))
    id_ = await _waiting_id(room)
    await _cancel(room, id_)
    messages, rows, draft = await _all(room)
    assert (messages, rows, draft) == ([], [], "Il codice è 4471")
    assert await _claim(room, room.now + HOUR) == []
    with pytest.raises(NotFoundError):
        await _cancel(room, id_)
    with pytest.raises(SendWithdrawnError):
        await _wait(room, When(room.now + HOUR))


async def test_another_account_takes_nothing_back(room: ConversationHarness) -> None:
    await _wait(room, When(room.now + HOUR))
    async with room.database.transaction() as session:
        stranger = await make_account(session, room.now)
    with pytest.raises(NotFoundError):
        await _cancel(room, await _waiting_id(room), account_id=stranger)


async def test_the_same_wish_twice_waits_once_also_after_it_left(room: ConversationHarness) -> None:
    at = room.now + HOUR
    await _wait(room, When(at))
    await _wait(room, When(at))
    assert len(await _claim(room, at)) == 1
    await _wait(room, When(at))
    _, rows, _ = await _all(room)
    assert [row.state for row in rows] == [OutboxState.CLAIMED]


@pytest.mark.postgresql("two at once")
async def test_taking_back_and_leaving_at_once_end_in_one_of_the_two(
    room: ConversationHarness,
) -> None:
    for number in range(10):
        at = room.now + HOUR
        await _wait(room, When(at), ref=f"key {number}")
        _, rows, _ = await _all(room)
        id_ = next(row.id for row in rows if row.state is OutboxState.WAITING)
        taken_back, left = await asyncio.gather(
            _cancel(room, id_), _claim(room, at), return_exceptions=True
        )
        assert isinstance(left, list)
        assert (taken_back is None) == (len(left) == 0)
        await _done(room)


async def _cancel(room: ConversationHarness, id_: int, **changes: int) -> None:
    async with room.database.transaction() as session:
        await cancel_later(
            session,
            **{"account_id": room.world.account_id, "user_id": room.world.marta_id, **changes},
            id_=id_,
            now=room.now,
        )


async def _done(room: ConversationHarness) -> None:
    async with room.database.transaction() as session:
        claimed = select(Outbox).where(col(Outbox.state) == OutboxState.CLAIMED)
        for row in await session.exec(claimed):
            row.state = OutboxState.DONE
