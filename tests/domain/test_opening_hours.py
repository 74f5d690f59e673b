"""When a company answers, and what cannot wait (S4)."""

from datetime import UTC, date, datetime

import pytest

from inbox_app.domain.opening_hours import (
    OpeningHours,
    Span,
    closed_since,
    is_open,
    is_urgent,
    next_opening,
    read_days,
    read_spans,
    read_words,
    written,
)

WEEK: tuple[tuple[Span, ...], ...] = (*[((540, 780), (900, 1140))] * 5, ((600, 720),), ())
HOURS = OpeningHours(WEEK, frozenset({date(2026, 12, 8)}), "Europe/Rome")
"""9-13 and 15-19, on Saturday 10-12; the eighth of December is a holiday."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9-13, 15:00-19:30", ((540, 780), (900, 1170))),
        ("", ()),
        ("15-19,9-13", ((540, 780), (900, 1140))),
        ("00:00-24:00", ((0, 1440),)),
        ("9.30 – 12", ((570, 720),)),
        ("13-9", None),
        ("9-9", None),
        ("9-25", None),
        ("9:70-12", None),
        ("9-13, 12-15", None),
        ("nine", None),
        ("1-2,3-4,5-6,7-8,9-10", None),
    ],
)
def test_spans_are_read(typed: str, expected: tuple[Span, ...] | None) -> None:
    assert read_spans(typed) == expected
    if expected:
        assert read_spans(written(expected)) == expected


@pytest.mark.parametrize(
    ("now", "opens", "closed"),
    [
        ("2026-11-27T08:00", None, None),  # Friday, 9:00 in Rome: open from the minute on
        ("2026-11-27T12:00", "2026-11-27T14:00", "2026-11-27T12:00"),  # lunch
        ("2026-11-27T18:00", "2026-11-28T09:00", "2026-11-27T18:00"),  # Friday evening
        ("2026-11-28T11:00", "2026-11-30T08:00", "2026-11-28T11:00"),  # the weekend
        ("2026-11-29T23:30", "2026-11-30T08:00", "2026-11-28T11:00"),
        ("2026-12-08T10:00", "2026-12-09T08:00", "2026-12-07T18:00"),  # the holiday
        ("2026-07-01T06:30", "2026-07-01T07:00", "2026-06-30T17:00"),  # summer time
    ],
)
def test_the_next_opening_is_that_at_the_company(
    now: str, opens: str | None, closed: str | None
) -> None:
    at = utc(now)
    assert is_open(HOURS, at) is (opens is None)
    if opens and closed:
        assert (next_opening(HOURS, at), closed_since(HOURS, at)) == (utc(opens), utc(closed))


def test_who_never_opens_names_no_opening() -> None:
    never = OpeningHours(((),) * 7, frozenset(), "Europe/Rome")
    assert next_opening(never, utc("2026-11-27T18:00")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C'è una PERDITA d'acqua!", True),
        ("Siamo chiusi fuori.", True),
        ("chiusi un po' fuori", False),
        ("perdite", False),
        ("C'e un incendio", False),
        ("Es una urgéncia", True),
        ("", False),
        (None, False),
    ],
)
def test_urgent_words_are_whole_words(text: str | None, expected: bool) -> None:
    assert is_urgent(text, ("perdita", "chiusi fuori", "urgencia")) is expected


def test_nothing_is_urgent_without_words() -> None:
    assert not is_urgent("Fuoco!", ())
    assert not is_urgent("Fuoco!", ("!",))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-12-25, 2027-01-01", frozenset({date(2026, 12, 25), date(2027, 1, 1)})),
        ("", frozenset()),
        ("25/12/2026", None),
        ("2026-02-30", None),
    ],
)
def test_closed_days_are_read(typed: str, expected: frozenset[date] | None) -> None:
    assert read_days(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("perdita,  chiusi   fuori, ,perdita", ("perdita", "chiusi fuori")),
        ("", ()),
        ("x" * 41, None),
        (",".join(map(str, range(41))), None),
    ],
)
def test_words_are_read(typed: str, expected: tuple[str, ...] | None) -> None:
    assert read_words(typed) == expected
