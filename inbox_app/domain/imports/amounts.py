"""Money as tables hold it: «€ 1.234,50», «1,234.50 EUR», «1'234.50», «-12»."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from inbox_app.domain.imports.tables import Cell
from inbox_app.domain.locales import is_currency

_SIGNS = {"€": "EUR", "£": "GBP"}
"""Only those that are one currency's: a dollar may be Mexico's."""
_CENT = Decimal("0.01")
_LARGEST = Decimal(10**12)
_AMOUNT = re.compile(r"([-−–]?)(\d[\d.,'’]*)([-−–]?)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*")


@lru_cache(20_000)
def read_money(cell: Cell) -> tuple[Decimal, str | None] | None:
    """The amount, and the currency that stands beside it; None when it is neither.

    A single point or comma before three digits groups thousands: money has two decimals here.
    """
    if isinstance(cell, int | float):
        return _amount(Decimal(repr(cell)), None)
    text = re.sub(r"\s", "", cell or "")
    text, currency = _without_currency(text)
    match = _AMOUNT.fullmatch(text)
    digits = _digits(match[2]) if match else None
    if match is None or digits is None:
        return None
    sign = "-" if match[1] or match[3] else ""
    return _amount(Decimal(sign + digits), currency)


def _amount(number: Decimal, currency: str | None) -> tuple[Decimal, str | None] | None:
    if not number.is_finite() or abs(number) >= _LARGEST:
        return None
    return number.quantize(_CENT, ROUND_HALF_UP), currency


def _without_currency(text: str) -> tuple[str, str | None]:
    for sign, code in _SIGNS.items():
        if sign in text:
            return text.replace(sign, "", 1), code
    letters = re.sub(r"[^A-Za-z]", "", text).upper()
    if len(letters) == 3 and is_currency(letters):
        return re.sub(r"[A-Za-z]{3}", "", text), letters
    return text.replace("$", "", 1), None


def _digits(text: str) -> str | None:
    """With a point for the decimals, and nothing between thousands."""
    if _GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    whole, mark, cents = _parted(text)
    if mark and not re.fullmatch(r"\d{0,2}", cents):
        return None
    if mark and mark in whole:
        return None
    if not (whole.isdecimal() or _GROUPED.fullmatch(whole)):
        return None
    return f"{re.sub(r'[^0-9]', '', whole)}.{cents or '0'}"


def _parted(text: str) -> tuple[str, str, str]:
    at = max(text.rfind("."), text.rfind(","))
    return (text, "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])
