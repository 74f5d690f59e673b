"""What is read of the sums of days: by week or day, by person and by accommodation (X7)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.figures.answer_times import bucket_of
from inbox_app.domain.figures.measures import NO_HOME, NOBODY, PHONE_APP, Measure, Scope
from inbox_app.domain.figures.periods import PeriodChoice, monday_of
from inbox_app.models import Accommodation, DailyFigure, OpenWait
from inbox_app.queries.figures.figures import by_step, by_subject, figures
from inbox_app.queries.figures.rows import SubjectRow
from tests.queries.conversations import begin, say
from tests.support.factories import World, add, make_account, make_user
from tests.support.figures import sum_weeks

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements there")]

WEDNESDAY = date(2026, 11, 25)
_WEEK = timedelta(weeks=1)


async def count(
    session: AsyncSession, account_id: int, day: date, measure: Measure, total: int, **more: Any
) -> None:
    values: dict[str, Any] = {"scope": Scope.ALL, "subject_id": 0, "bucket": 0} | more
    columns = {"day": day, "week": monday_of(day), "measure": measure, "total": total}
    session.add(DailyFigure(account_id=account_id, **columns, **values))


async def steps(
    database: Database, account_id: int, choice: PeriodChoice
) -> dict[str, tuple[int, int, int]]:
    """By its first day what was asked and answered, and the median."""
    async with database.reading() as session:
        rows = await by_step(session, account_id, choice, WEDNESDAY)
    of = {row["day"]: row["figures"] for row in rows}
    return {day: (each["asked"], each["answered"], each["median"]) for day, each in of.items()}


async def subjects(
    database: Database, account_id: int, of_person: int | None = None
) -> tuple[list[SubjectRow], list[SubjectRow]]:
    async with database.reading() as session:
        return await by_subject(
            session, account_id, PeriodChoice.THIS_WEEK, WEDNESDAY, of_person=of_person
        )


async def test_weeks_and_days_add_up_and_empty_ones_are_there(
    database: Database, world: World
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, datetime(2026, 1, 1).astimezone())
        soon, late = {"bucket": bucket_of(90)}, {"bucket": bucket_of(7200)}
        for account, asked in ((world.account_id, 2), (other, 50)):
            await count(session, account, WEDNESDAY, Measure.ASKED, asked)
        await count(session, world.account_id, WEDNESDAY, Measure.ANSWERED, 3, **soon)
        await count(session, world.account_id, WEDNESDAY, Measure.ANSWERED, 1, **late)
        await count(session, world.account_id, date(2026, 11, 23), Measure.ASKED, 4)
        await count(session, world.account_id, date(2026, 11, 22), Measure.ASKED, 8)
        await count(session, world.account_id, WEDNESDAY - 4 * _WEEK, Measure.ASKED, 16)
        await sum_weeks(session)
    this_week = await steps(database, world.account_id, PeriodChoice.THIS_WEEK)
    assert this_week == {
        "2026-11-23": (4, 0, -1),
        "2026-11-24": (0, 0, -1),
        "2026-11-25": (2, 4, 100),
    }
    weeks = await steps(database, world.account_id, PeriodChoice.FOUR_WEEKS)
    assert list(weeks) == ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"]
    assert [asked for asked, _, _ in weeks.values()] == [0, 0, 8, 6]
    theirs = await steps(database, other, PeriodChoice.THIS_WEEK)
    assert [asked for asked, _, _ in theirs.values()] == [0, 0, 50]


async def test_a_year_is_compared_with_the_one_before_up_to_the_same_day_of_the_week(
    database: Database, world: World
) -> None:
    async with database.transaction() as session:
        for weeks_ago, asked in ((0, 1), (51, 2), (52, 4), (53, 8), (103, 16), (104, 32)):
            for after, times in ((0, 1), (1, 100)):
                day = WEDNESDAY + timedelta(days=after) - weeks_ago * _WEEK
                await count(session, world.account_id, day, Measure.ASKED, asked * times)
        await sum_weeks(session)
    async with database.reading() as session:
        seen = await figures(session, world.account_id, PeriodChoice.YEAR, WEDNESDAY)
    assert seen["total"]["asked"] == 1 + 2 * 101
    assert seen["before"]["asked"] == 4 + (8 + 16) * 101


async def test_people_are_named_by_who_they_are_or_why_they_have_no_name(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        elsewhere = await make_account(session, now)
        stranger = await make_user(session, elsewhere, now, "bruno@altra.it")
        for subject, answered in ((world.marta_id, 2), (PHONE_APP, 5), (stranger.id, 1)):
            of = {"scope": Scope.PERSON, "subject_id": subject}
            await count(session, world.account_id, WEDNESDAY, Measure.ANSWERED, answered, **of)
        await _waits(session, world, assigned_to=world.marta_id)
        await _waits(session, world, assigned_to=None)
    people, _ = await subjects(database, world.account_id)
    told = [(row["kind"], row["name"], row["figures"]["answered"]) for row in people]
    assert told == [("app", "", 5), ("", "Marta", 2), ("gone", "", 1), ("nobody", "", 0)]
    waiting = {row["id"]: row["figures"]["unanswered"] for row in people}
    assert (waiting[str(world.marta_id)], waiting[str(NOBODY)]) == (1, 1)
    assert await subjects(database, elsewhere) == ([], [])


async def test_of_one_person_nobody_else_is_told(database: Database, world: World) -> None:
    async with database.transaction() as session:
        for subject in (world.marta_id, PHONE_APP):
            of = {"scope": Scope.PERSON, "subject_id": subject}
            await count(session, world.account_id, WEDNESDAY, Measure.ANSWERED, 1, **of)
        await _waits(session, world, assigned_to=None)
    people, _ = await subjects(database, world.account_id, world.marta_id)
    assert [row["name"] for row in people] == ["Marta"]


async def test_accommodations_stand_by_what_was_asked_and_who_has_no_stay_last(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        own: dict[str, Any] = {"account_id": world.account_id, "created_at": now}
        own["timezone"] = "Europe/Rome"
        blue = await add(session, Accommodation(**own, name="Casa Blu"))
        villa = await add(session, Accommodation(**own, name="Villa Ginestra"))
        for subject, asked in ((blue.id, 1), (villa.id, 3), (NO_HOME, 9)):
            of = {"scope": Scope.HOME, "subject_id": subject}
            await count(session, world.account_id, WEDNESDAY, Measure.ASKED, asked, **of)
    _, homes = await subjects(database, world.account_id)
    assert [(row["name"], row["kind"]) for row in homes] == [
        ("Villa Ginestra", ""),
        ("Casa Blu", ""),
        ("", "none"),
    ]


async def _waits(session: AsyncSession, world: World, *, assigned_to: int | None) -> None:
    """Somebody, since this Tuesday."""
    asked = datetime(2026, 11, 24, 9).astimezone()
    talk = await begin(session, world.account_id, asked, None, assigned_to=assigned_to)
    message = await say(session, talk, asked, "Ciao?")
    wait: dict[str, Any] = {"began_id": message.id, "asked_at": asked, "home": NO_HOME}
    await add(session, OpenWait(account_id=world.account_id, conversation_id=talk.id, **wait))
