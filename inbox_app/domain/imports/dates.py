"""Dates as people and programs write them. Whether the day or the month comes first is found out
for a column from all of its values; where they leave it open it is asked, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from babel import Locale

from inbox_app.domain.search.search_words import fold, split

LANGUAGES = ("it", "en", "es", "de", "fr")


class DateOrder(StrEnum):
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(slots=True)
class Evidence:
    """How many values of a column are dates in one order only, and how many in either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def add(self, text: str) -> None:
        """One more value; what is no date of numbers says nothing."""
        match = _NUMBERS.match(text)
        if match is None:
            return
        first, second = int(match[1]), int(match[3])
        if first == second:
            return
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first <= 12 and second <= 12:
            self.either += 1

    @property
    def order(self) -> DateOrder | None:
        """None where it does not matter, and where it has to be asked."""
        if self.must_ask or not (self.day_first or self.month_first):
            return None
        return DateOrder.DAY_FIRST if self.day_first else DateOrder.MONTH_FIRST

    @property
    def must_ask(self) -> bool:
        """Nothing tells, or one value tells this and another that."""
        told = bool(self.day_first) + bool(self.month_first)
        return told == 2 or (self.either > 0 and told == 0)


def evidence(values: Iterable[object]) -> Evidence:
    found = Evidence()
    for value in values:
        if isinstance(value, str):
            found.add(value)
    return found


@lru_cache(20_000)
def read_date(text: str, order: DateOrder | None = None) -> date | None:
    """The day that a text names, whatever hour stands behind it; None for none, and for one that
    needs an `order` and gets none."""
    try:
        return _of_numbers(text, order) or _with_month_name(text)
    except ValueError:
        return None


_BEHIND = r"(?:(?:[T\s]|,\s).*)?$"
_ISO = re.compile(rf"(\d{{4}})([-/.]?)(\d{{2}})\2(\d{{2}}){_BEHIND}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_BEHIND}")
_NUMBERS = re.compile(rf"(\d{{1,2}})([-/.]\s?)(\d{{1,2}})\2(\d{{4}}|\d{{2}})\.?{_BEHIND}")


def _of_numbers(text: str, order: DateOrder | None) -> date | None:
    if match := _ISO.match(text) or _YEAR_FIRST.match(text):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS.match(text):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        if first == second or order is DateOrder.DAY_FIRST:
            return date(year, second, first)
        return date(year, first, second) if order else None
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _with_month_name(text: str) -> date | None:
    """«1 dicembre 2026», «Tue, Dec 1st, 2026», «1. Dez. 26», «1 de diciembre de 2026»."""
    pieces = re.findall(r"[^\W\d_]+|\d+", fold(text[:60]))
    named = [piece for piece in pieces if piece in _months()]
    months = {_months()[piece] for piece in named}
    if len(months) > 1:
        months = {_months()[piece] for piece in named if piece not in _weekdays()}
    numbers = [piece for piece in pieces if piece.isdecimal()]
    if len(months) != 1 or len(numbers) < 2:
        return None
    day, year = numbers[:2]
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    return date(_year(year), months.pop(), int(day))


@cache
def _months() -> dict[str, int]:
    """By their names and short forms in all the languages, folded."""
    return {
        name: number
        for language in LANGUAGES
        for names in _widths(Locale.parse(language).months)
        for number, written in names.items()
        for name in _first_word(written)
    }


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        name
        for language in LANGUAGES
        for names in _widths(Locale.parse(language).days)
        for written in names.values()
        for name in _first_word(written)
    )


def _widths(contexts: Any) -> list[dict[int, str]]:
    return [
        names
        for context in dict(contexts).values()
        for width, names in context.items()
        if width != "narrow"
    ]


def _first_word(written: str) -> list[str]:
    return split(fold(written))[:1]
