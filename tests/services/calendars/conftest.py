"""A home with calendars of two portals."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.calendars.parse import read_calendar
from inbox_app.models import StayCalendar
from inbox_app.services.calendars.apply_calendar import Applied
from inbox_app.services.calendars.read_in_turns import Versions, record_calendar
from tests.services.calendars.homes import TODAY, Read, make_calendar, make_home
from tests.support.factories import World
from tests.support.samples.calendars import calendar


@pytest.fixture
async def home(database: Database, world: World, now: datetime) -> int:
    return await make_home(database, world.account_id, now)


@pytest.fixture
async def airbnb(database: Database, world: World, home: int, now: datetime) -> int:
    return await make_calendar(database, world.account_id, home, now, "airbnb")


async def _read(
    database: Database, calendar_id: int, *events: str, today: date = TODAY, **given: Any
) -> Applied:
    now: datetime = given["now"]
    async with database.transaction() as session:
        kept = (
            await session.exec(select(StayCalendar).where(col(StayCalendar.id) == calendar_id))
        ).one()
        told = read_calendar(calendar(*events), "Europe/Rome")
        applied = await record_calendar(
            session,
            kept.account_id,
            kept.id,
            told,
            versions=Versions(),
            today=today,
            now=now,
            jitter=0.5,
        )
        assert applied is not None
        return applied


@pytest.fixture
def read(database: Database, now: datetime) -> Read:
    async def of(calendar_id: int, *events: str, **given: Any) -> Applied:
        return await _read(database, calendar_id, *events, **({"now": now} | given))

    return of
