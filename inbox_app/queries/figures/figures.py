"""The figures of a period, read from the sums of weeks and days: what it costs follows how many
of these, of people and of homes there are, never how many messages (X7)."""

from datetime import date

from sqlalchemy import case, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.figures.measures import Measure, Scope
from inbox_app.domain.figures.periods import Period, PeriodChoice, period
from inbox_app.models import DailyFigure, FiguresMark
from inbox_app.queries.figures.rows import FiguresRow, FiguresView, StepRow, SubjectRow
from inbox_app.queries.figures.subjects import homes, people
from inbox_app.queries.figures.summed import Summed
from inbox_app.queries.figures.sums import sums

_BY_HOUR = (Measure.RECEIVED, Measure.SENT)
MOST_HOMES = 50


async def figures(
    session: AsyncSession,
    account_id: int,
    choice: PeriodChoice,
    today: date,
    *,
    of_person: int | None = None,
) -> FiguresView:
    """`of_person`: of people only this one is shown."""
    when = period(choice, today)
    steps = await _steps(session, account_id, when)
    hours = await _hours(session, account_id, when)
    listed = await homes(session, account_id, when)
    return FiguresView(
        choice=choice.value,
        first=when.first.isoformat(),
        last=when.last.isoformat(),
        before_first=when.before.first.isoformat(),
        before_last=when.before.last.isoformat(),
        by_week=when.by_week,
        total=_total(steps),
        before=_total(await _steps(session, account_id, when.before)),
        steps=[StepRow(day=day.isoformat(), figures=each.row()) for day, each in steps.items()],
        received_hours=hours[Measure.RECEIVED],
        sent_hours=hours[Measure.SENT],
        people=await people(session, account_id, when, of_person),
        homes=listed[:MOST_HOMES],
        more_homes=max(0, len(listed) - MOST_HOMES),
        behind=await _is_behind(session),
        ever=await _ever(session, account_id),
    )


async def by_step(
    session: AsyncSession, account_id: int, choice: PeriodChoice, today: date
) -> list[StepRow]:
    """Each week of the period, or each day of a short one."""
    steps = await _steps(session, account_id, period(choice, today))
    return [StepRow(day=day.isoformat(), figures=each.row()) for day, each in steps.items()]


async def by_subject(
    session: AsyncSession,
    account_id: int,
    choice: PeriodChoice,
    today: date,
    *,
    of_person: int | None = None,
) -> tuple[list[SubjectRow], list[SubjectRow]]:
    """All people and all homes of the period."""
    when = period(choice, today)
    who = await people(session, account_id, when, of_person)
    return who, await homes(session, account_id, when)


def _total(steps: dict[date, Summed]) -> FiguresRow:
    total = Summed()
    for each in steps.values():
        total += each
    return total.row()


async def _steps(session: AsyncSession, account_id: int, when: Period) -> dict[date, Summed]:
    steps = {day: Summed() for day in when.steps()}
    of = sums(account_id, Scope.ALL, when).c
    bucket = case((of.measure.in_(_BY_HOUR), 0), else_=of.bucket).label("of")
    query = select(of.begins, of.measure, bucket, func.sum(of.total)).group_by(
        of.begins, of.measure, bucket
    )
    core = await session.connection()
    for day, measure, which, total in await core.execute(query):
        steps[day].add(measure, which, total)
    return steps


async def _hours(session: AsyncSession, account_id: int, when: Period) -> dict[Measure, list[int]]:
    hours = {measure: [0] * 168 for measure in _BY_HOUR}
    of = sums(account_id, Scope.ALL, when).c
    by_hour = select(of.measure, of.bucket, func.sum(of.total)).where(of.measure.in_(_BY_HOUR))
    query = by_hour.group_by(of.measure, of.bucket)
    core = await session.connection()
    for measure, hour, total in await core.execute(query):
        hours[measure][hour] = total
    return hours


_A_LITTLE = 1_000
"""Messages: as many are counted at the next turn."""


async def _is_behind(session: AsyncSession) -> bool:
    """By more than what came since the last look."""
    mark = (await (await session.connection()).execute(_MARK)).first()
    return mark is not None and mark.counted_up_to < mark.seen_up_to - _A_LITTLE


_MARK = select(col(FiguresMark.counted_up_to), col(FiguresMark.seen_up_to))


async def _ever(session: AsyncSession, account_id: int) -> bool:
    query = select(col(DailyFigure.day)).where(col(DailyFigure.account_id) == account_id)
    core = await session.connection()
    return (await core.execute(query.limit(1))).first() is not None
