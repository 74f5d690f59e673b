"""What is said, and the sums that come of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.figures.measures import Measure, Scope
from inbox_app.domain.messages import Origin
from inbox_app.models import Conversation, DailyFigure, Message
from inbox_app.services.sending.send import queue_text
from tests.support.factories import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def totals(
    database: Database, scope: Scope = Scope.ALL, subject: int | None = None
) -> dict[Measure, int]:
    query = select(DailyFigure).where(col(DailyFigure.scope) == scope)
    found = dict[Measure, int]()
    async with database.reading() as session:
        for row in await session.exec(query):
            if subject in {None, row.subject_id}:
                found[row.measure] = found.get(row.measure, 0) + row.total
    return found


async def answer(database: Database, world: World, at: datetime, **more: Any) -> Message:
    usual: dict[str, Any] = {"author_id": world.marta_id, "origin": Origin.PM, "client_ref": None}
    async with database.transaction() as session:
        talk = (await session.exec(select(Conversation))).one()
        return await queue_text(
            session,
            account_id=world.account_id,
            conversation_id=talk.id,
            text="Sì",
            now=at,
            **usual | more,
        )
