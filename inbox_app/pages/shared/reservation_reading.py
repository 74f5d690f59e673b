"""What the form of a reservation holds, as a browser may send it."""

from decimal import Decimal, InvalidOperation

from inbox_app.domain.stays.reservations import MAX_LINE, MAX_NOTES, MOST_PEOPLE, WrittenReservation
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.pages import untrusted

_LINES = (
    *("home", "check_in", "check_out", "status", "code", "portal", "arrival_time"),
    *("adults", "children", "total", "balance", "currency"),
)
_FIELDS = dict.fromkeys(_LINES, MAX_LINE) | {"notes": MAX_NOTES}
_NO_COUNT, _NO_AMOUNT = MOST_PEOPLE + 1, Decimal("NaN")
"""What is typed in the place of a number and is none is refused as a number."""


def read_form(form: object) -> WrittenReservation | None:
    """None for what no form of ours posts."""
    read = {name: untrusted.form_field(form, name, longest) for name, longest in _FIELDS.items()}
    if None in read.values() or read["status"] not in tuple(ReservationStatus):
        return None
    given = {name: (value or "").strip() for name, value in read.items()}
    return WrittenReservation(
        home_id=untrusted.row_id(given["home"]),
        check_in=untrusted.day(given["check_in"]),
        check_out=untrusted.day(given["check_out"]),
        status=ReservationStatus(given["status"]),
        code=given["code"],
        portal=given["portal"],
        arrival_time=given["arrival_time"],
        adults=_count(given["adults"]),
        children=_count(given["children"]),
        total=_amount(given["total"]),
        balance=_amount(given["balance"]),
        currency=given["currency"],
        notes=given["notes"],
    )


def _count(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else _NO_COUNT


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return _NO_AMOUNT
