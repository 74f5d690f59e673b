"""Which part of a thread is shown, however long it is (P6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.models import Conversation
from inbox_app.queries.thread.thread import Place, between
from inbox_app.queries.thread.thread_span import MOST, PAGE, STEP, Span, Thread
from tests.queries.conversations import begin, say
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio

MINUTE = timedelta(minutes=1)
COUNT = 300


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> Conversation:
    """Of messages «0» to «299»; each two share a moment, which pages must not lose."""
    async with database.transaction() as session:
        begun = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
        for number in range(COUNT):
            await say(session, begun, now + (number // 2) * MINUTE, str(number))
    return begun


async def _numbers(thread: Thread, span: Span) -> Sequence[int]:
    rows = await between(*thread, span.start, span.end, "Europe/Rome")
    return [int(row["text"]) for row in rows]


@pytest.mark.postgresql("pages follow one another")
async def test_a_page_moves_through_all_of_a_thread_and_back_without_a_gap(
    database: Database, talk: Conversation
) -> None:
    async with database.reading() as session:
        thread = Thread(session, talk.account_id, talk.id)
        span = await thread.newest()
        shown = await _numbers(thread, span)
        assert (shown, span.end) == (list(range(COUNT - PAGE, COUNT)), None)
        while span.has_older:
            span, before = await thread.older(span), shown
            shown = await _numbers(thread, span)
            assert shown == list(range(max(before[0] - STEP, 0), shown[-1] + 1))
            assert MOST - STEP <= len(shown) <= MOST
            assert shown[-1] >= before[0] + STEP or span.end is None
        assert shown[0] == 0
        while span.end is not None:
            span, before = await thread.newer(span), shown
            shown = await _numbers(thread, span)
            assert shown == list(range(shown[0], min(before[-1] + STEP + 1, COUNT)))
            assert shown[0] <= before[-1] - STEP
            assert len(shown) <= MOST
        assert shown[-1] == COUNT - 1


async def test_it_opens_around_a_message_a_day_and_the_beginning(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.reading() as session:
        thread = Thread(session, talk.account_id, talk.id)
        at = await thread.first_since(now + 50 * MINUTE)
        assert at is not None
        shown = await _numbers(thread, await thread.around(at, before=10))
        assert shown == list(range(90, 90 + MOST))
        first = await thread.first_since(now - MINUTE)
        assert first is not None
        opened = await thread.around(first, before=10)
        assert (await _numbers(thread, opened))[0] == 0
        assert not opened.has_older
        assert await thread.first_since(now + timedelta(days=9)) is None


async def test_a_message_is_found_in_its_own_thread_only(
    database: Database, talk: Conversation, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        another = await begin(session, world.account_id, now, "393480000000")
        theirs = await say(session, another, now, "elsewhere")
        mine = Thread(session, talk.account_id, talk.id)
        assert await mine.place_of(theirs.id) is None
        foreign = Thread(session, await make_account(session, now), another.id)
        assert await foreign.place_of(theirs.id) is None
        whole = Thread(session, talk.account_id, another.id)
        assert await whole.place_of(theirs.id) == Place(theirs.sent_at, theirs.id)


async def test_what_comes_to_a_page_that_is_full_stands_after_its_end(
    database: Database, talk: Conversation, now: datetime
) -> None:
    async with database.transaction() as session:
        thread = Thread(session, talk.account_id, talk.id)
        opened = await thread.newest()
        for number in range(COUNT, COUNT + MOST):
            await say(session, talk, now + number * MINUTE, str(number))
        full = await thread.fitted(opened)
        shown = await _numbers(thread, full)
        assert shown == list(range(COUNT - PAGE, COUNT - PAGE + MOST))
        assert full.end is not None
        assert (await _numbers(thread, await thread.newer(full)))[0] > shown[0]


async def test_what_comes_late_shows_in_its_place_however_early_that_is(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393471234567")
        await say(session, talk, now, "2")
        thread = Thread(session, talk.account_id, talk.id)
        opened = await thread.newest()
        await say(session, talk, now - MINUTE, "1")
        assert await _numbers(thread, opened) == [1, 2]
