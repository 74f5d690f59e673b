"""The figures for people, counted at once."""

from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.models import DailyFigure, FiguresMark, WeeklyFigure
from inbox_app.services.figures import count_new as counting
from inbox_app.services.figures.follow_waits import lose_windows, settle_waits
from inbox_app.services.figures.mark import look

_WEEK = (
    col(DailyFigure.account_id),
    col(DailyFigure.scope),
    col(DailyFigure.week),
    col(DailyFigure.subject_id),
    col(DailyFigure.measure),
    col(DailyFigure.bucket),
)
WEEKS_BY_THEIR_DAYS = select(*_WEEK, func.sum(col(DailyFigure.total))).group_by(*_WEEK)
"""What the sums of weeks are to be."""
WEEKS = select(
    col(WeeklyFigure.account_id),
    col(WeeklyFigure.scope),
    col(WeeklyFigure.week),
    col(WeeklyFigure.subject_id),
    col(WeeklyFigure.measure),
    col(WeeklyFigure.bucket),
    col(WeeklyFigure.total),
)


async def sum_weeks(session: AsyncSession) -> None:
    """Once a test has written sums of days by hand."""
    await session.flush()
    core = await session.connection()
    await core.execute(delete(WeeklyFigure))
    await core.execute(insert(WeeklyFigure).from_select(_COLUMNS, WEEKS_BY_THEIR_DAYS))


_COLUMNS = ["account_id", "scope", "week", "subject_id", "measure", "bucket", "total"]


async def count_figures(database: Database, at: datetime) -> None:
    """As the job does it, with the look before and after."""
    for _ in range(2):
        while True:
            async with database.transaction() as session:
                if await counting.count_new(session, at) < counting.AT_ONCE:
                    break
        async with database.transaction() as session:
            await lose_windows(session)
            await settle_waits(session)
            await session.exec(update(FiguresMark).values(looked_at=None))
            await look(session, at, at)
