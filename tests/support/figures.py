"""The figures for people, counted at once."""

from datetime import datetime

from sqlmodel import update

from inbox_app.database import Database
from inbox_app.models import FiguresMark
from inbox_app.services.figures import count_new as counting
from inbox_app.services.figures.follow_waits import lose_windows, settle_waits
from inbox_app.services.figures.mark import look


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
