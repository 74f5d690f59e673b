"""Calendars are read in turns from whoever keeps them, and what became of it is told (A4)."""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.models import Accommodation, Reservation, StayCalendar
from inbox_app.public_addresses.client import PublicTransport, public_client
from inbox_app.runtime import Runtime
from inbox_app.services.calendars.write_calendar import add_address
from inbox_app.workflows.read_calendars import read_due, read_now
from tests.support.factories import World, add
from tests.support.samples.calendars import AIRBNB, VRBO
from tests.support.servers.local_web import LocalWeb, Page, local_web
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio

SECRET = "t=averysecrettoken"
PATH = f"/calendar/ical/1.ics?{SECRET}"


async def _resolve(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWeb]:
    with local_web(tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture
def web(served: LocalWeb) -> LocalWeb:
    served.pages.clear()
    served.asked.clear()
    return served


@pytest.fixture
async def runtime(database: Database, tmp_path: Path, web: LocalWeb) -> AsyncIterator[Runtime]:
    """One that takes this machine for a public address."""
    transport = PublicTransport(web.trusting(), resolve=_resolve, is_allowed=lambda ip: True)
    async with running(database, tmp_path) as runtime, public_client(transport) as client:
        yield replace(runtime, public=client)


@pytest.fixture
async def kept(runtime: Runtime, world: World, web: LocalWeb, now: datetime) -> int:
    return await _keep(runtime, world, web.url(PATH), now)


async def _keep(runtime: Runtime, world: World, address: str, now: datetime) -> int:
    async with runtime.database.transaction() as session:
        home = Accommodation(
            account_id=world.account_id, name="Casa Blu", timezone="Europe/Rome", created_at=now
        )
        home = await add(session, home)
        calendar = await add_address(
            session,
            account_id=world.account_id,
            accommodation_id=home.id,
            address=address,
            now=now,
            vault=runtime.vault,
        )
        return calendar.id


async def _told(runtime: Runtime, calendar_id: int) -> StayCalendar:
    async with runtime.database.reading() as session:
        query = select(StayCalendar).where(col(StayCalendar.id) == calendar_id)
        return (await session.exec(query)).one()


async def _codes(runtime: Runtime) -> list[str]:
    async with runtime.database.reading() as session:
        return list(await session.exec(select(Reservation.code)))


async def test_one_that_is_due_is_read_and_its_result_told(
    runtime: Runtime, web: LocalWeb, kept: int, now: datetime
) -> None:
    web.pages[PATH] = Page(AIRBNB)
    assert await read_due(runtime, now, now) == 1
    told = await _told(runtime, kept)
    assert await _codes(runtime) == ["HMABCD8J99"]
    assert (told.portal, told.blocks, told.created, told.problem) == ("Airbnb", 2, 1, "")
    assert told.read_at == now
    assert await read_due(runtime, now, now) == 0
    assert await read_due(runtime, now, now + timedelta(minutes=12)) == 1


async def test_what_has_not_changed_is_not_sent_again(
    runtime: Runtime, web: LocalWeb, kept: int, now: datetime
) -> None:
    versions = {"ETag": '"7"', "Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}
    web.pages[PATH] = Page(AIRBNB, headers=versions)
    await read_due(runtime, now, now)
    web.pages[PATH] = Page(status=304)
    later = now + timedelta(hours=1)
    await read_due(runtime, now, later)
    assert web.asked[-1]["if-none-match"] == '"7"'
    assert web.asked[-1]["if-modified-since"] == versions["Last-Modified"]
    told = await _told(runtime, kept)
    assert (told.read_at, told.problem, told.created) == (later, "", 0)


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (Page(status=404), "refused"),
        (Page(status=410), "refused"),
        (Page(status=403), "refused"),
        (Page(status=500), "in_trouble"),
        (Page(status=429), "in_trouble"),
        (Page(b"<html>Sign in</html>"), "not_a_calendar"),
        (Page(AIRBNB[: len(AIRBNB) // 2]), "cut_short"),
        (Page(b"x" * 5_000_001), "too_large"),
        (Page(status=302, headers={"Location": "http://127.0.0.1/"}), "not_https"),
    ],
)
async def test_what_fails_changes_nothing_and_waits_longer_each_time(
    runtime: Runtime, web: LocalWeb, kept: int, now: datetime, page: Page, problem: str
) -> None:
    web.pages[PATH] = Page(AIRBNB)
    await read_due(runtime, now, now)
    web.pages[PATH] = page
    pauses: list[timedelta] = []
    at = now
    for failures in (1, 2, 3):
        at += timedelta(hours=7)
        assert await read_due(runtime, now, at) == 1
        told = await _told(runtime, kept)
        assert (told.problem, told.failures, told.read_at) == (problem, failures, now)
        assert told.next_read_at is not None
        pauses.append(told.next_read_at - at)
    assert pauses == sorted(pauses)
    assert await _codes(runtime) == ["HMABCD8J99"]


async def test_one_can_be_read_at_once_whether_or_not_it_is_due(
    runtime: Runtime, world: World, web: LocalWeb, kept: int, now: datetime
) -> None:
    web.pages[PATH] = Page(AIRBNB)
    await read_due(runtime, now, now)
    web.pages[PATH] = Page(VRBO)
    await read_now(runtime, world.account_id, kept, now, now)
    assert (await _told(runtime, kept)).created == 4
    await read_now(runtime, world.account_id + 1, kept, now, now)
    assert len(web.asked) == 2


async def test_the_address_stands_nowhere_in_the_clear(
    runtime: Runtime, web: LocalWeb, kept: int, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    web.pages[PATH] = Page(b"BEGIN:VCALENDAR")
    await read_due(runtime, now, now)
    told = await _told(runtime, kept)
    assert SECRET not in told.model_dump_json()
    assert SECRET not in caplog.text


async def test_a_home_in_the_archive_is_left_alone(
    runtime: Runtime, web: LocalWeb, kept: int, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        (await session.exec(select(Accommodation))).one().archived_at = now
    assert await read_due(runtime, now, now) == 0
    assert web.asked == []


async def test_many_are_read_in_one_turn(
    runtime: Runtime, world: World, web: LocalWeb, now: datetime
) -> None:
    for number in range(9):
        await _keep(runtime, world, web.url(f"/{number}"), now)
    assert await read_due(runtime, now, now) == 9
