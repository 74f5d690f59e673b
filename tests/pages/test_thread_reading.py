"""Which part of a thread is read when somebody opens it."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.pages.inbox.thread.thread_reading import ThreadQuery, ThreadReading, ThreadView
from inbox_app.queries.thread.thread_span import MOST, PAGE
from tests.queries.conversations import begin, say
from tests.support.factories import make_world, marta

pytestmark = pytest.mark.anyio

READ = 60


@pytest.mark.parametrize(
    ("unread", "opened", "first"),
    [(0, PAGE, ""), (3, PAGE, "60"), (45, 45 + 10, "60"), (301, MOST, "60"), (2001, PAGE, "")],
)
async def test_it_opens_a_little_before_the_first_unread_message(
    sqlite: Database, now: datetime, unread: int, opened: int, first: str
) -> None:
    async with sqlite.transaction() as session:
        world = await make_world(session, now)
        talk = await begin(session, world.account_id, now, "393471234567")
        for number in range(READ + unread):
            message = await say(session, talk, now + timedelta(seconds=number), str(number))
            if number == READ - 1:
                talk.last_read_id, talk.unread = message.id, 0
        await session.flush()
        who = marta(world, now)
        reading = ThreadReading(session, who, now)
        seen = await reading.read(who, ThreadQuery(talk.id))
        assert isinstance(seen, ThreadView)
        found = await reading.first_unread(talk.id, seen.not_read)
    assert len(seen.messages) == opened
    assert [row["text"] for row in seen.messages if row["id"] == found] == (
        [first] if first else []
    )
