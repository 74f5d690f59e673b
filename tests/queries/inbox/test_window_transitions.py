"""Which open windows turn while nobody writes (W2, W6)."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.queries.inbox.window_transitions import window_transitions
from tests.queries.conversations import begin, open_window
from tests.support.factories import World

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("times are compared")]

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("before", "after", "turns"),
    [
        (24 * HOUR - SECOND, 24 * HOUR, True),
        (24 * HOUR, 24 * HOUR + SECOND, False),
        (18 * HOUR - SECOND, 18 * HOUR, True),
        (20 * HOUR, 21 * HOUR, False),
        (23 * HOUR - SECOND, 23 * HOUR, True),
        (1 * HOUR, 48 * HOUR, True),
        (25 * HOUR, 1 * HOUR, True),
    ],
)
async def test_a_window_turns_when_it_closes_and_when_it_comes_near_that(
    database: Database,
    world: World,
    now: datetime,
    before: timedelta,
    after: timedelta,
    turns: bool,
) -> None:
    """Both are counted from the last message; the sandbox's clock may go back."""
    account = world.account_id
    async with database.transaction() as session:
        talk = await begin(session, account, now, "393471234567")
        await open_window(session, talk, now)
        found = await window_transitions(session, [account], now + before, now + after)
        assert found == ([(account, talk.id)] if turns else [])
        assert await window_transitions(session, [account + 1], now + before, now + after) == []
