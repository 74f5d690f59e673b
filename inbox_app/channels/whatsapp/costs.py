"""What a month of WhatsApp cost, by what Meta said of each message (C7). No rate is among it: they
depend on the country and change, and no status tells them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inbox_app.channels.whatsapp.failure_reasons import reason_of
from inbox_app.domain.delivery.failures import FailureReason

FREE_SERVICE_MESSAGES = 1_000
"""Answers inside the window that Meta does not charge, for each business number and calendar month;
the rest of a month's are not carried over (whatsapp.md §13, from October 2026)."""

_SERVICE = "service"
_FREE_OF_THE_MONTH = "free_customer_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many messages of which Meta said the same; category and type are its words. ``latest`` is
    when the last of them was sent."""

    count: int
    latest: datetime
    category: str | None = None
    type: str | None = None
    billed: bool | None = None
    error_code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCosts:
    """Messages by category, the most numerous first."""

    paid: Mapping[str, int]
    free: Mapping[str, int]
    free_left: int
    """Of ``FREE_SERVICE_MESSAGES``."""
    runs_out_on: date | None
    """The day on which the free ones end if the month goes on at the pace it had: today when none
    are left, None when they last to its end."""
    unpaid: int
    """Messages that failed for want of a payment method; 0 once one was charged after them."""


def month_costs(tallies: Iterable[Tally], now: datetime) -> MonthCosts:
    """What the month of `now` cost until then; `now` is in the time zone of the months."""
    told = list(tallies)
    used = sum(one.count for one in told if one.type == _FREE_OF_THE_MONTH)
    # An answer that was charged says that the free ones are used up, whatever we have counted:
    # what another application sent with this number is not among ours.
    charged = any(one.billed and one.category == _SERVICE for one in told)
    left = 0 if charged else max(0, FREE_SERVICE_MESSAGES - used)
    return MonthCosts(
        paid=_by_category(one for one in told if one.billed is True),
        free=_by_category(one for one in told if one.billed is False),
        free_left=left,
        runs_out_on=_runs_out(used, left, now),
        unpaid=_unpaid(told),
    )


def month_start(now: datetime) -> datetime:
    """The first moment of the month of `now`, in its time zone."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _runs_out(used: int, left: int, now: datetime) -> date | None:
    if left == 0:
        return now.date()
    if used == 0:
        return None
    days_gone = (now - month_start(now)) / timedelta(days=1)
    days_to_come = left * days_gone / used
    day = (now + timedelta(days=days_to_come)).date()
    return day if (day.year, day.month) == (now.year, now.month) else None


def _by_category(tallies: Iterable[Tally]) -> dict[str, int]:
    counts = Counter[str]()
    for tally in tallies:
        counts[tally.category or ""] += tally.count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _unpaid(tallies: list[Tally]) -> int:
    failed = [one for one in tallies if reason_of(one.error_code) is FailureReason.PAYMENT]
    charged = [one.latest for one in tallies if one.billed]
    if not failed or (charged and max(charged) > max(one.latest for one in failed)):
        return 0
    return sum(one.count for one in failed)
