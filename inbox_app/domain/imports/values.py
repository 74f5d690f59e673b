"""The cells of a line as values: read by what their field holds, refused with the reason (A3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from inbox_app.domain.accounts.accounts import clean_email, is_email
from inbox_app.domain.imports import names, task_names
from inbox_app.domain.imports.amounts import read_money
from inbox_app.domain.imports.dates import DateOrder, read_date
from inbox_app.domain.imports.fields import Field, Holds, LineProblem, LineRefusedError
from inbox_app.domain.imports.moments import read_moment
from inbox_app.domain.imports.tables import Cell
from inbox_app.domain.links import is_web_address
from inbox_app.domain.locales import is_currency, is_time_zone
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.stays.accommodations import MAX_LINE, MAX_TEXT

_MOST_PHONES = 20
_MOST_HEADS = 1000


@dataclass(frozen=True, slots=True)
class _WrongError(Exception):
    why: LineProblem


def read_value(field: Field, cell: Cell, order: DateOrder | None = None) -> Any:
    """What the cell says; None for nothing. Raises ``LineRefusedError``.

    Phones are a list as given, money is an amount with its currency or None, a date needs the
    `order` of its column where its numbers leave it open.
    """
    text = _text(cell)
    if not text:
        return None
    try:
        if field.holds is Holds.DATE:
            return _found(read_date(text, order), LineProblem.BAD_DATE)
        if field.holds is Holds.MOMENT:
            return _found(read_moment(text, order), LineProblem.BAD_DATE)
        if field.holds is Holds.MONEY:
            return _found(read_money(cell), LineProblem.BAD_MONEY)
        return _READERS[field.holds](text)
    except _WrongError as wrong:
        raise LineRefusedError(wrong.why, field.name, text) from None


def fits(field: Field, cell: Cell) -> bool:
    """Whether the cell may stand in a column of this field, whatever order its dates have."""
    try:
        read_value(field, cell, DateOrder.DAY_FIRST)
    except LineRefusedError:
        if not field.holds.needs_order:
            return False
        return read_date(_text(cell), DateOrder.MONTH_FIRST) is not None
    return True


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.strip() if isinstance(cell, str) else repr(cell)


def _found(value: Any, problem: LineProblem) -> Any:
    if value is None:
        raise _WrongError(problem)
    return value


def _line(text: str) -> str:
    line = clean_line(text)
    if len(line) > MAX_LINE:
        raise _WrongError(LineProblem.TOO_LONG)
    return line


def _long_text(text: str) -> str:
    clean = clean_text(text).strip()
    if len(clean) > MAX_TEXT:
        raise _WrongError(LineProblem.TOO_LONG)
    return clean


def _phones(text: str) -> list[str]:
    """As they were given: several stand behind commas, semicolons, bars and line breaks."""
    return [line for part in re.split(r"[;,|\n]", text) if (line := _line(part))][:_MOST_PHONES]


def _email(text: str) -> str:
    address = clean_email(text)
    if not is_email(address):
        raise _WrongError(LineProblem.BAD_EMAIL)
    return address


@lru_cache(1000)
def _language(text: str) -> str:
    return _found(names.language(text), LineProblem.BAD_LANGUAGE)


@lru_cache(1000)
def _country(text: str) -> str:
    return _found(names.country(text), LineProblem.BAD_COUNTRY)


def _time_zone(text: str) -> str:
    if not is_time_zone(text):
        raise _WrongError(LineProblem.BAD_TIME_ZONE)
    return text


_TIME = re.compile(
    r"(?:.*T)?(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap])?\.?\s*m?\.?h?", re.IGNORECASE
)


def _time(text: str) -> str:
    """«16:00», «16.00», «4 PM», «16h»."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise _WrongError(LineProblem.BAD_TIME)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise _WrongError(LineProblem.BAD_TIME)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise _WrongError(LineProblem.BAD_TIME)
    return f"{hour:02d}:{minute:02d}"


def _count(text: str) -> int:
    match = re.fullmatch(r"(\d{1,4})(?:[.,]0+)?", text)
    if match is None or int(match[1]) > _MOST_HEADS:
        raise _WrongError(LineProblem.BAD_COUNT)
    return int(match[1])


def _currency(text: str) -> str:
    code = {"€": "EUR", "£": "GBP"}.get(text, text.upper())
    if not is_currency(code):
        raise _WrongError(LineProblem.BAD_CURRENCY)
    return code


def _web_address(text: str) -> str:
    if len(text) > 2000 or not is_web_address(text):
        raise _WrongError(LineProblem.BAD_WEB_ADDRESS)
    return text


_READERS: dict[Holds, Callable[[str], Any]] = {
    Holds.KEY: _line,
    Holds.LINE: _line,
    Holds.TEXT: _long_text,
    Holds.PHONES: _phones,
    Holds.EMAIL: _email,
    Holds.LANGUAGE: _language,
    Holds.COUNTRY: _country,
    Holds.TIME_ZONE: _time_zone,
    Holds.TIME: _time,
    Holds.COUNT: _count,
    Holds.CURRENCY: _currency,
    Holds.WEB_ADDRESS: _web_address,
    Holds.STATUS: lambda text: _found(names.status(text), LineProblem.BAD_STATUS),
    Holds.ACTOR_KIND: lambda text: _found(names.actor_kind(text), LineProblem.BAD_ACTOR_KIND),
    Holds.TASK_KIND: lambda text: _found(task_names.kind(text), LineProblem.BAD_TASK_KIND),
    Holds.TASK_STATUS: lambda text: _found(task_names.status(text), LineProblem.BAD_STATUS),
}
