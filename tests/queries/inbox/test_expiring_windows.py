"""Who is alerted before a window closes, and about whom (W6)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.models import Address
from inbox_app.queries.inbox.expiring_windows import waiting
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import World

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OUT: dict[str, Any] = {"direction": Direction.OUT, "status": DeliveryStatus.SENT}


async def wrote(
    session: AsyncSession, world: World, now: datetime, ago: timedelta, **columns: Any
) -> Any:
    talk = await begin(session, world.account_id, now, f"39347{ago.seconds:07}", **columns)
    await open_window(session, talk, now - ago)
    await say(session, talk, now - ago, "A che ora?")
    return talk


@pytest.mark.postgresql("times are compared")
@pytest.mark.parametrize(
    ("ago", "alerted"),
    [
        (23 * HOUR - MINUTE, False),
        (23 * HOUR, True),
        (24 * HOUR - MINUTE, True),
        (24 * HOUR, False),
    ],
)
async def test_the_alert_stands_in_the_last_hour(
    database: Database, world: World, now: datetime, ago: timedelta, alerted: bool
) -> None:
    async with database.transaction() as session:
        talk = await wrote(session, world, now, ago)
        found = await waiting(session, world.account_id, now)
    assert [each.row["id"] for each in found] == ([str(talk.id)] if alerted else [])


@pytest.mark.postgresql("times are sorted")
async def test_the_most_urgent_comes_first(database: Database, world: World, now: datetime) -> None:
    async with database.transaction() as session:
        later = await wrote(session, world, now, 23 * HOUR + MINUTE)
        sooner = await wrote(session, world, now, 24 * HOUR - MINUTE)
        found = await waiting(session, world.account_id, now)
    assert [each.row["id"] for each in found] == [str(sooner.id), str(later.id)]


@pytest.mark.parametrize(
    ("answer", "alerted"),
    [
        pytest.param(OUT, False, id="answered"),
        pytest.param(OUT | {"status": DeliveryStatus.FAILED}, True, id="the answer failed"),
        pytest.param({"kind": MessageKind.SYSTEM}, False, id="WhatsApp's own word came last"),
    ],
)
async def test_who_was_answered_does_not_wait(
    database: Database, world: World, now: datetime, answer: dict[str, Any], alerted: bool
) -> None:
    async with database.transaction() as session:
        talk = await wrote(session, world, now, 23 * HOUR + MINUTE)
        await say(session, talk, now - HOUR, "Alle nove", **answer)
        found = await waiting(session, world.account_id, now)
    assert bool(found) is alerted


async def test_whose_window_meta_has_closed_does_not_wait_either(
    database: Database, world: World, now: datetime
) -> None:
    refused = OUT | {
        "status": DeliveryStatus.FAILED,
        "error_code": 131047,
        "queued_at": now - HOUR,
        "connection_id": world.connection_id,
    }
    async with database.transaction() as session:
        talk = await wrote(session, world, now, 23 * HOUR + MINUTE)
        await say(session, talk, now - HOUR, "Alle nove", **refused)
        assert await waiting(session, world.account_id, now) == []


async def test_an_assigned_conversation_is_that_persons_business_alone(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        await wrote(session, world, now, 23 * HOUR + MINUTE, assigned_to=world.marta_id)
        await wrote(session, world, now, 23 * HOUR + 2 * MINUTE)
        theirs, everybodys = reversed(await waiting(session, world.account_id, now))
    assert theirs.concerns(world.marta_id)
    assert not theirs.concerns(world.marta_id + 1)
    assert everybodys.concerns(world.marta_id + 1)


async def test_blocked_archived_and_others_people_raise_no_alert(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        blocked = await wrote(session, world, now, 23 * HOUR + MINUTE)
        (await session.get_one(Address, blocked.address_id)).blocked_at = now
        await wrote(session, world, now, 23 * HOUR + 2 * MINUTE, archived_at=now)
        await wrote(session, world, now, 23 * HOUR + 3 * MINUTE)
        assert len(await waiting(session, world.account_id, now)) == 1
        assert await waiting(session, world.account_id + 1, now) == []
