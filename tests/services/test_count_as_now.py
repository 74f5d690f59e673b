"""When the sandbox's clock is put back, nothing stays in the future."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.database import Database
from inbox_app.domain import reply_window
from inbox_app.models import LastInbound
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.view import View
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_span import Thread
from inbox_app.services.upkeep.clamp_future_times import clamp_future_times
from inbox_app.web import millis
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import World

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("times are compared")]

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


async def test_a_window_that_opened_ahead_of_the_clock_opens_now(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        ahead = await begin(session, world.account_id, now, "393471234567")
        await open_window(session, ahead, now + DAY)
        past = await begin(session, world.account_id, now, "393471234568")
        await open_window(session, past, now - MINUTE)
        await clamp_future_times(session, now)
    async with database.reading() as session:
        opened = await session.exec(select(LastInbound.last_inbound_at).order_by("id"))
        assert [reply_window.remaining(at, now, WINDOW) for at in opened] == [
            WINDOW,
            WINDOW - MINUTE,
        ]


async def test_what_was_written_ahead_stands_before_what_comes_next(
    database: Database, world: World, now: datetime
) -> None:
    account = world.account_id
    async with database.transaction() as session:
        talk = await begin(session, account, now, "393471234567")
        for text, at in (("Prima", now + DAY), ("Poi", now + DAY + MINUTE)):
            await say(session, talk, at, text)
        await clamp_future_times(session, now)
        await say(session, talk, now + MINUTE, "Adesso")
    async with database.reading() as session:
        span = await Thread(session, account, talk.id).newest()
        rows = await between(session, account, talk.id, span.start, span.end, "Europe/Rome")
    assert [row["text"] for row in rows] == ["Prima", "Poi", "Adesso"]
    assert [row["sent_at"] for row in rows[:2]] == [millis(now)] * 2


async def test_the_list_keeps_its_order_below_what_comes_next(
    database: Database, world: World, now: datetime
) -> None:
    account = world.account_id
    async with database.transaction() as session:
        later = await begin(session, account, now + DAY + MINUTE, "393471234567")
        sooner = await begin(session, account, now + DAY, "393471234568")
        await clamp_future_times(session, now)
        newest = await begin(session, account, now + MINUTE, "393471234569")
        listed = await page(session, View(account), now, limit=5)
    assert [row["id"] for row in listed] == [str(one.id) for one in (newest, later, sooner)]
