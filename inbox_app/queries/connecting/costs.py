"""What the account's number cost this month (C7)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import func, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.costs import (
    FREE_SERVICE_MESSAGES,
    MonthCosts,
    Tally,
    month_costs,
    month_start,
)
from inbox_app.models import Message
from inbox_app.queries.connecting.rows import CategoryRow, CostsRow


async def costs(
    session: AsyncSession, account_id: int, connection_id: int, now: datetime, time_zone: str
) -> CostsRow:
    """Of the month in which `now` is in `time_zone`."""
    local = now.astimezone(ZoneInfo(time_zone))
    tallies = await _tallies(session, account_id, connection_id, month_start(local))
    return _row(month_costs(tallies, local))


async def _tallies(
    session: AsyncSession, account_id: int, connection_id: int, since: datetime
) -> list[Tally]:
    query = (
        sqlalchemy.select(
            sqlalchemy.label("category", col(Message.charge_category)),
            sqlalchemy.label("type", col(Message.charge_type)),
            col(Message.billed),
            col(Message.error_code),
            sqlalchemy.label("count", func.count()),
            sqlalchemy.label("latest", func.max(col(Message.queued_at))),
        )
        .where(
            col(Message.account_id) == account_id,
            col(Message.connection_id) == connection_id,
            col(Message.queued_at) >= since.astimezone(UTC),
            or_(col(Message.billed).is_not(None), col(Message.error_code).is_not(None)),
        )
        .group_by(*_TOLD)
    )
    core = await session.connection()
    return [Tally(**row) for row in (await core.execute(query)).mappings()]


_TOLD = (
    col(Message.charge_category),
    col(Message.charge_type),
    col(Message.billed),
    col(Message.error_code),
)


def _row(month: MonthCosts) -> CostsRow:
    names = [*month.paid, *(name for name in month.free if name not in month.paid)]
    return CostsRow(
        categories=[
            CategoryRow(name=name, paid=month.paid.get(name, 0), free=month.free.get(name, 0))
            for name in names
        ],
        free_left=month.free_left,
        free_in_all=FREE_SERVICE_MESSAGES,
        runs_out_on=month.runs_out_on.isoformat() if month.runs_out_on else "",
        unpaid=month.unpaid,
    )
