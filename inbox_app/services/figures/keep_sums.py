"""Adds to the sums of days what was counted."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.figures.measures import Sum, Tally, sums
from inbox_app.domain.figures.periods import monday_of
from inbox_app.models import DailyFigure
from inbox_app.services.bulk import upsert, write_all

_KEY = ["account_id", "scope", "day", "subject_id", "measure", "bucket"]


async def keep_sums(
    connection: AsyncConnection, tallies: Iterable[tuple[int, ZoneInfo, Tally]]
) -> None:
    """Each with the account it is of, and that one's time zone."""
    counted = Counter(
        (account_id, each) for account_id, zone, tally in tallies for each in sums(tally, zone)
    )
    rows = [_row(*of, total) for of, total in sorted(counted.items())]
    statement = upsert(connection, DailyFigure)
    more = col(DailyFigure.total) + statement.excluded.total
    add = statement.on_conflict_do_update(index_elements=_KEY, set_={"total": more})
    await write_all(connection, add, rows, col(DailyFigure.total))


def _row(account_id: int, of: Sum, total: int) -> dict[str, Any]:
    return {
        "account_id": account_id,
        "scope": of.scope,
        "day": of.day,
        "subject_id": of.subject,
        "measure": of.measure,
        "bucket": of.bucket,
        "week": monday_of(of.day),
        "total": total,
    }
