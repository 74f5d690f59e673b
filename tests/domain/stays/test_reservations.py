"""What stands against a reservation that is written by hand (A3)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from inbox_app.domain.stays.reservations import WrittenReservation, cleaned, problem
from inbox_app.domain.stays.stays import ReservationStatus

WEEK = WrittenReservation(
    home_id=7,
    check_in=date(2026, 12, 5),
    check_out=date(2026, 12, 12),
    status=ReservationStatus.CONFIRMED,
)


@pytest.mark.parametrize(
    ("written", "against"),
    [
        ({}, None),
        ({"code": "", "portal": "", "notes": ""}, None),
        ({"home_id": None}, "no_home"),
        ({"check_in": None}, "no_dates"),
        ({"check_out": None}, "no_dates"),
        ({"check_out": date(2026, 12, 5)}, "ends_too_early"),
        ({"check_out": date(2026, 12, 4)}, "ends_too_early"),
        ({"check_out": date(2026, 12, 6)}, None),
        ({"arrival_time": "21:30"}, None),
        ({"arrival_time": "9 pm"}, "bad_time"),
        ({"arrival_time": "25:00"}, "bad_time"),
        ({"adults": 0, "children": 1000}, None),
        ({"adults": -1}, "bad_count"),
        ({"children": 1001}, "bad_count"),
        ({"total": Decimal("420.50"), "currency": "eur"}, None),
        ({"balance": Decimal(-20), "currency": "CHF"}, None),
        ({"total": Decimal("420.50")}, "no_currency"),
        ({"balance": Decimal(1), "currency": "EURO"}, "no_currency"),
        ({"currency": "nonsense"}, None),
        ({"total": Decimal("NaN"), "currency": "EUR"}, "bad_amount"),
        ({"total": Decimal("Infinity"), "currency": "EUR"}, "bad_amount"),
        ({"total": Decimal("1e12"), "currency": "EUR"}, "bad_amount"),
    ],
)
def test_what_is_missing_or_impossible_is_named(
    written: dict[str, Any], against: str | None
) -> None:
    assert problem(replace(WEEK, **written)) == against


def test_it_is_kept_clean_in_cents_and_without_a_currency_of_nothing() -> None:
    given = replace(
        WEEK, code=" CB-1\n", notes=" late ", total=Decimal("420.505"), currency=" eur "
    )
    kept = cleaned(given)
    assert (kept.code, kept.notes) == ("CB-1", "late")
    assert (kept.total, kept.currency) == (Decimal("420.50"), "EUR")
    assert cleaned(replace(WEEK, currency="EUR")).currency == ""
