"""One process leads; when it is gone another does."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.jobs.leadership import LASTS, Leadership
from tests.support.servers.simulated_meta import Clock

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("a lease is raced for")]


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def one(database: Database, clock: Clock) -> Leadership:
    return Leadership(database, clock.now)


@pytest.fixture
def other(database: Database, clock: Clock) -> Leadership:
    return Leadership(database, clock.now)


async def test_nobody_leads_unasked(one: Leadership) -> None:
    assert not one.is_leader()
    assert not one.is_known()


async def test_the_first_leads_and_the_second_knows_it_does_not(
    one: Leadership, other: Leadership
) -> None:
    assert await one.ask()
    assert not await other.ask()
    assert (one.is_leader(), other.is_leader()) == (True, False)
    assert other.is_known()


async def test_who_renews_leads_on(one: Leadership, other: Leadership, clock: Clock) -> None:
    for _ in range(5):
        assert await one.ask()
        assert not await other.ask()
        clock.move(LASTS * 0.9)


async def test_when_the_holder_dies_the_lease_moves_and_never_two_lead(
    one: Leadership, other: Leadership, clock: Clock
) -> None:
    await one.ask()
    led = []
    for _ in range(20):
        clock.move(timedelta(seconds=1))
        await other.ask()
        led.append((one.is_leader(), other.is_leader()))
    assert led[0] == (True, False)
    assert led[-1] == (False, True)
    assert (True, True) not in led
    assert not await one.ask()


async def test_who_stops_lets_another_lead_at_once(one: Leadership, other: Leadership) -> None:
    await one.ask()
    await other.give_up()
    assert not await other.ask()
    await one.give_up()
    assert not one.is_leader()
    assert await other.ask()


async def test_who_is_surely_gone_is_not_waited_for(
    database: Database, one: Leadership, clock: Clock
) -> None:
    await one.ask()
    cautious = Leadership(database, clock.now, is_gone=lambda name: name != one.holder)
    knowing = Leadership(database, clock.now, is_gone=lambda name: name == one.holder)

    assert not await cautious.ask()
    assert await knowing.ask()
    assert not await one.ask()
    assert not one.is_leader()
