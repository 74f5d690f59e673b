"""What calendars tell becomes reservations: made once, moved, cancelled (A4)."""

from datetime import date, datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.services.calendars.apply_calendar import Applied
from tests.services.calendars.homes import ANNA, ANNA_MOVED, BERTA, Read, stays
from tests.support.samples.calendars import event

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.postgresql("the only run of its statements"),
]


async def test_stays_come_once_however_often_they_are_read(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    assert await read(airbnb, ANNA, BERTA) == Applied(created=2)
    assert await read(airbnb, ANNA, BERTA) == Applied()
    assert await stays(database, home) == [
        ("Anna", "1201-1204", "confirmed"),
        ("Berta", "1210-1212", "confirmed"),
    ]


async def test_moved_dates_move_the_stay(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    assert await read(airbnb, ANNA_MOVED) == Applied(changed=1)
    assert await stays(database, home) == [("Anna", "1202-1206", "confirmed")]


async def test_what_vanishes_is_cancelled_and_comes_back(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, ANNA) == Applied(cancelled=1)
    assert ("Berta", "1210-1212", "cancelled") in await stays(database, home)
    assert await read(airbnb, ANNA, BERTA) == Applied(changed=1)
    assert ("Berta", "1210-1212", "confirmed") in await stays(database, home)


async def test_who_has_arrived_is_not_cancelled_by_vanishing(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, BERTA, today=date(2026, 12, 1)) == Applied()
    assert ("Anna", "1201-1204", "confirmed") in await stays(database, home)


async def test_an_empty_calendar_cancels_nothing_until_it_was_empty_for_a_day(
    database: Database, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA)
    for hours in (0, 1, 23):
        applied = await read(airbnb, now=now + timedelta(hours=hours))
        assert applied == Applied(doubtful=True)
    assert await stays(database, home) == [("Anna", "1201-1204", "confirmed")]
    assert await read(airbnb, now=now + timedelta(hours=25)) == Applied(cancelled=1)


async def test_a_doubt_is_over_once_the_stays_are_back(
    database: Database, home: int, airbnb: int, read: Read, now: datetime
) -> None:
    await read(airbnb, ANNA)
    await read(airbnb)
    await read(airbnb, ANNA, now=now + timedelta(hours=2))
    assert (await read(airbnb, now=now + timedelta(hours=30))).doubtful


async def test_an_entry_that_says_that_it_is_cancelled_is_believed_at_once(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA)
    over = event("Reserved - Anna", "STATUS:CANCELLED", uid="a")
    assert await read(airbnb, over) == Applied(cancelled=1)
    assert await read(airbnb, over) == Applied()


async def test_an_entry_that_nobody_can_read_any_more_is_not_missed(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    broken = event("Reserved - Anna", "DTSTART:soon", uid="a", dates=False)
    assert await read(airbnb, broken, BERTA) == Applied()


async def test_a_stay_that_became_a_block_is_cancelled(
    database: Database, home: int, airbnb: int, read: Read
) -> None:
    await read(airbnb, ANNA, BERTA)
    assert await read(airbnb, event("Airbnb (Not available)", uid="a"), BERTA) == Applied(
        cancelled=1
    )
