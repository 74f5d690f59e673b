"""What becomes of who waits without anything being said: windows close, and people say «done»."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, delete, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.figures.waits import Wait, lose, settle
from inbox_app.models import Account, Conversation, FiguresMark, OpenWait
from inbox_app.services.figures.keep_sums import keep_sums
from inbox_app.services.figures.mark import the_mark

AT_ONCE = 500
_ON_ITS_WAY = timedelta(minutes=1)
"""What an answer from the phone app takes to come, at most, for its window not to count as lost."""


async def lose_windows(session: AsyncSession) -> int:
    """Of up to ``AT_ONCE`` who still waited when their window closed, by all that is counted; how
    many."""
    mark = await the_mark(session)
    if mark.seen_at is None or mark.counted_up_to < mark.seen_up_to:
        return 0
    connection = await session.connection()
    rows = (await connection.execute(_closed(mark.seen_at - _ON_ITS_WAY))).all()
    ids = [row.conversation_id for row in rows]
    noted = update(OpenWait).where(col(OpenWait.conversation_id).in_(ids)).values(lost=True)
    await connection.execute(noted)
    lost = ((row, lose(_wait(row), row.assigned_to)[1]) for row in rows)
    await keep_sums(
        connection, [(row.account_id, ZoneInfo(row.timezone), t) for row, ts in lost for t in ts]
    )
    return len(rows)


def _closed(until: datetime) -> Executable:
    over = col(OpenWait.closes_at) <= until
    return _WAITS.where(over, ~col(OpenWait.lost)).order_by(col(OpenWait.closes_at)).limit(AT_ONCE)


async def settle_waits(session: AsyncSession) -> None:
    """The next ``AT_ONCE`` waits in turn are compared with what the inbox shows: there somebody may
    have said «done», or a failed answer may have been tried again."""
    mark = await the_mark(session)
    query = _WAITS.where(col(OpenWait.conversation_id) > mark.compared_up_to)
    connection = await session.connection()
    query = query.order_by(col(OpenWait.conversation_id)).limit(AT_ONCE)
    rows = (await connection.execute(query)).all()
    over = [row for row in rows if _is_over(row, mark)]
    ids = [row.conversation_id for row in over]
    await connection.execute(delete(OpenWait).where(col(OpenWait.conversation_id).in_(ids)))
    settled = [(row.account_id, ZoneInfo(row.timezone), settle(_wait(row))) for row in over]
    await keep_sums(connection, settled)
    mark.compared_up_to = rows[-1].conversation_id if len(rows) == AT_ONCE else 0
    session.add(mark)


def _is_over(row: Any, mark: FiguresMark) -> bool:
    """Nobody waits there by all that was said, none of which is still to be counted."""
    all_counted = (row.last_message_id or 0) <= mark.counted_up_to
    return row.waiting_since is None and all_counted


def _wait(row: Any) -> Wait:
    return Wait(row.began_id, row.asked_at, row.home, row.closes_at, row.lost)


_WAITS = (
    select(
        col(OpenWait.conversation_id),
        col(OpenWait.account_id),
        col(OpenWait.began_id),
        col(OpenWait.asked_at),
        col(OpenWait.home),
        col(OpenWait.closes_at),
        col(OpenWait.lost),
        col(Conversation.assigned_to),
        col(Conversation.waiting_since),
        col(Conversation.last_message_id),
        col(Account.timezone),
    )
    .join(Conversation, col(Conversation.id) == col(OpenWait.conversation_id))
    .join(Account, col(Account.id) == col(OpenWait.account_id))
)
