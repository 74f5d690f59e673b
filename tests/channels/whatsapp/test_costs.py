"""What a month cost, and how long its free answers last (C7)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inbox_app.channels.whatsapp.costs import Tally, month_costs, month_start

NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)
"""Ten and a half days into a month of thirty."""
FREE = {"category": "service", "type": "free_customer_service", "billed": False}
CHARGED = {"category": "service", "type": "regular", "billed": True}
UTILITY = {"category": "utility", "type": "regular", "billed": True}


def told(count: int, at: datetime = NOON, **told: object) -> Tally:
    return Tally(count=count, latest=at, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tallies", "left", "ends"),
    [
        ([], 1_000, None),
        ([told(100, **FREE)], 900, None),
        ([told(350, **FREE)], 650, None),
        ([told(360, **FREE)], 640, date(2026, 11, 30)),
        ([told(700, **FREE)], 300, date(2026, 11, 16)),
        ([told(999, **FREE)], 1, date(2026, 11, 11)),
        ([told(1_000, **FREE)], 0, date(2026, 11, 11)),
        ([told(1_200, **FREE)], 0, date(2026, 11, 11)),
        ([told(40, **FREE), told(1, **CHARGED)], 0, date(2026, 11, 11)),
        ([told(40, **FREE), told(900, **UTILITY)], 960, None),
        ([told(500, category="service", type="free_entry_point", billed=False)], 1_000, None),
    ],
)
def test_the_free_answers_run_out_on_the_day_that_the_pace_so_far_leads_to(
    tallies: list[Tally], left: int, ends: date | None
) -> None:
    month = month_costs(tallies, NOON)
    assert (month.free_left, month.runs_out_on) == (left, ends)


def test_a_month_told_day_by_day_is_right_to_a_day_from_its_third_on() -> None:
    """C7: 60 answers a day, between eight and twenty: the thousandth leaves on the 17th."""
    for day in range(3, 17):
        now = datetime(2026, 11, day, 23, tzinfo=UTC)
        ends = month_costs([told(60 * day, **FREE)], now).runs_out_on
        assert ends is not None
        assert abs(ends - date(2026, 11, 17)) <= timedelta(days=1)


def test_paid_and_free_are_told_apart_by_category_the_most_numerous_first() -> None:
    tallies = [told(3, **UTILITY), told(9, category="marketing", type="regular", billed=True)]
    tallies += [told(2, **FREE), told(4, category="utility", type="free_entry_point", billed=False)]
    month = month_costs([*tallies, told(5, error_code=131026)], NOON)
    assert list(month.paid.items()) == [("marketing", 9), ("utility", 3)]
    assert list(month.free.items()) == [("utility", 4), ("service", 2)]


@pytest.mark.parametrize(
    ("tallies", "unpaid"),
    [
        ([told(2, error_code=131042)], 2),
        ([told(2, error_code=131042), told(1, error_code=134011)], 3),
        ([told(2, error_code=131026)], 0),
        ([told(2, error_code=131042), told(1, NOON - timedelta(hours=1), **UTILITY)], 2),
        ([told(2, error_code=131042), told(1, NOON + timedelta(hours=1), **UTILITY)], 0),
        ([told(2, error_code=131042), told(1, NOON + timedelta(hours=1), **FREE)], 2),
    ],
)
def test_what_fails_for_want_of_a_payment_method_alarms_until_one_is_charged(
    tallies: list[Tally], unpaid: int
) -> None:
    assert month_costs(tallies, NOON).unpaid == unpaid


def test_a_month_begins_at_midnight_of_its_first_day_where_the_company_is() -> None:
    rome = datetime(2026, 10, 31, 23, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Rome"))
    assert month_start(rome).astimezone(UTC) == datetime(2026, 10, 31, 23, tzinfo=UTC)
