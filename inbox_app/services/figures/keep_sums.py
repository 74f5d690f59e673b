"""Adds to the sums of days, and of their weeks, what was counted."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.figures.measures import Sum, Tally, sums
from inbox_app.domain.figures.periods import monday_of
from inbox_app.models import DailyFigure, WeeklyFigure
from inbox_app.services.bulk import upsert, write_all


async def keep_sums(
    connection: AsyncConnection, tallies: Iterable[tuple[int, ZoneInfo, Tally]]
) -> None:
    """Each with the account it is of, and that one's time zone."""
    counted = Counter(
        (account_id, each) for account_id, zone, tally in tallies for each in sums(tally, zone)
    )
    by_week = Counter[tuple[int, Sum]]()
    for (account_id, each), total in counted.items():
        by_week[account_id, each._replace(day=monday_of(each.day))] += total
    days = [_row(*of, total) | _day(of[1]) for of, total in sorted(counted.items())]
    await _add(connection, DailyFigure, "day", days)
    weeks = [_row(*of, total) for of, total in sorted(by_week.items())]
    await _add(connection, WeeklyFigure, "week", weeks)


def _row(account_id: int, of: Sum, total: int) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "scope": of.scope,
        "week": monday_of(of.day),
        "subject_id": of.subject,
        "measure": of.measure,
        "bucket": of.bucket,
        "total": total,
    }


def _day(of: Sum) -> dict[str, Any]:
    return {"day": of.day}


async def _add(
    connection: AsyncConnection,
    table: type[DailyFigure | WeeklyFigure],
    span: str,
    rows: list[dict[str, Any]],
) -> None:
    statement = upsert(connection, table)
    key = ["account_id", "scope", span, "subject_id", "measure", "bucket"]
    more = col(table.total) + statement.excluded.total
    add = statement.on_conflict_do_update(index_elements=key, set_={"total": more})
    await write_all(connection, add, rows, col(table.total))
