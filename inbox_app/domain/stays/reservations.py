"""Reservations that are written by hand, and what stands against one (A3)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from inbox_app.domain.locales import is_currency, is_time_of_day
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.stays.stays import ReservationStatus

MAX_LINE = 200
MAX_NOTES = 20_000
MOST_PEOPLE = 1000
_MOST_MONEY = Decimal(10) ** 12
_COUNTS = ("adults", "children")
_AMOUNTS = ("total", "balance")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReservation:
    """As somebody filled it in: dates and the hour, «21:30», are the home's local ones, amounts in
    ``currency``, an ISO 4217 code."""

    home_id: int | None
    check_in: date | None
    check_out: date | None
    status: ReservationStatus
    code: str = ""
    portal: str = ""
    arrival_time: str = ""
    adults: int | None = None
    children: int | None = None
    total: Decimal | None = None
    balance: Decimal | None = None
    currency: str = ""
    notes: str = ""


class ReservationProblem(StrEnum):
    """Why a reservation cannot be kept as it is written."""

    NO_HOME = "no_home"
    NO_DATES = "no_dates"
    ENDS_TOO_EARLY = "ends_too_early"
    BAD_TIME = "bad_time"
    BAD_COUNT = "bad_count"
    BAD_AMOUNT = "bad_amount"
    NO_CURRENCY = "no_currency"


def problem(written: WrittenReservation) -> ReservationProblem | None:
    """What stands against keeping it, but for a home that is none of the company's."""
    if written.home_id is None:
        return ReservationProblem.NO_HOME
    if written.check_in is None or written.check_out is None:
        return ReservationProblem.NO_DATES
    if written.check_out <= written.check_in:
        return ReservationProblem.ENDS_TOO_EARLY
    if written.arrival_time and not is_time_of_day(written.arrival_time):
        return ReservationProblem.BAD_TIME
    counts = [count for name in _COUNTS if (count := getattr(written, name)) is not None]
    if not all(0 <= count <= MOST_PEOPLE for count in counts):
        return ReservationProblem.BAD_COUNT
    amounts = [amount for name in _AMOUNTS if (amount := getattr(written, name)) is not None]
    if not all(amount.is_finite() and abs(amount) < _MOST_MONEY for amount in amounts):
        return ReservationProblem.BAD_AMOUNT
    if amounts and not is_currency(written.currency.strip().upper()):
        return ReservationProblem.NO_CURRENCY
    return None


def cleaned(written: WrittenReservation) -> WrittenReservation:
    """As it may be stored; a currency stands only beside an amount."""
    has_amount = any(getattr(written, name) is not None for name in _AMOUNTS)
    return replace(
        written,
        code=clean_line(written.code, MAX_LINE),
        portal=clean_line(written.portal, MAX_LINE),
        notes=clean_text(written.notes).strip(),
        currency=written.currency.strip().upper() if has_amount else "",
        **{name: _cents(getattr(written, name)) for name in _AMOUNTS},
    )


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(Decimal("0.01"))
