"""When a company answers, when it opens again, and what cannot wait until then (S4)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

MOST_SPANS = 4
MOST_CLOSED_DAYS = 60
MOST_WORDS = 40
LONGEST_WORD = 40
_AHEAD = 60
"""Days that are looked at: who opens later than that has closed for good."""
AWAY = "away/"
"""How the ``client_ref`` of a text begins that leaves by itself."""
_A_DAY = 24 * 60
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")

Span = tuple[int, int]
"""From a minute of the day on, and up to one."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """``days`` are seven, from Monday on: the spans of each, in order."""

    days: tuple[tuple[Span, ...], ...]
    closed_days: frozenset[date]
    time_zone: str


def read_spans(typed: str) -> tuple[Span, ...] | None:
    """«9-13, 15:00-19:30»; none for a day that is closed; None where it is nothing of the sort."""
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    spans = [_span(part) for part in parts]
    known = tuple(sorted(span for span in spans if span))
    in_turn = all(before[1] <= after[0] for before, after in pairwise(known))
    return known if len(known) == len(parts) <= MOST_SPANS and in_turn else None


def read_days(typed: str) -> frozenset[date] | None:
    """«2026-12-25, 2027-01-01»; None where anything else is among them."""
    try:
        days = frozenset(date.fromisoformat(part) for part in re.split(r"[,\s]+", typed) if part)
    except ValueError:
        return None
    return days if len(days) <= MOST_CLOSED_DAYS else None


def read_words(typed: str) -> tuple[str, ...] | None:
    """Words or several, with commas between; None for too many, or one too long."""
    words = tuple(dict.fromkeys(" ".join(part.split()) for part in typed.split(",")))
    kept = tuple(word for word in words if word)
    fits = len(kept) <= MOST_WORDS and all(len(word) <= LONGEST_WORD for word in kept)
    return kept if fits else None


def written(spans: Sequence[Span]) -> str:
    """As ``read_spans`` reads it."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def is_open(hours: OpeningHours, now: datetime) -> bool:
    here = now.astimezone(ZoneInfo(hours.time_zone))
    return any(start <= now < end for start, end in _openings(hours, here.date()))


def next_opening(hours: OpeningHours, now: datetime) -> datetime | None:
    """When it opens, of a company that is closed; None where no opening is in sight."""
    today = now.astimezone(ZoneInfo(hours.time_zone)).date()
    for days in range(_AHEAD):
        for start, _ in _openings(hours, today + timedelta(days=days)):
            if start > now:
                return start
    return None


def closed_since(hours: OpeningHours, now: datetime) -> datetime:
    """When it closed, of a company that is closed; no further back than is looked ahead."""
    today = now.astimezone(ZoneInfo(hours.time_zone)).date()
    for days in range(_AHEAD):
        ends = [end for _, end in _openings(hours, today - timedelta(days=days)) if end <= now]
        if ends:
            return max(ends)
    return now - timedelta(days=_AHEAD)


def is_urgent(text: str | None, words: Sequence[str]) -> bool:
    """Whether one of the words is said, whatever its case and accents."""
    said = f" {_plain(text or '')} "
    return any(f" {plain} " in said for word in words if (plain := _plain(word)))


def _openings(hours: OpeningHours, day: date) -> Iterator[tuple[datetime, datetime]]:
    if day in hours.closed_days:
        return
    for start, end in hours.days[day.weekday()]:
        yield _at(hours, day, start), _at(hours, day, end)


def _at(hours: OpeningHours, day: date, minute: int) -> datetime:
    day, minute = day + timedelta(days=minute // _A_DAY), minute % _A_DAY
    here = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(hours.time_zone))
    return here.astimezone(ZoneInfo("UTC"))


def _span(part: str) -> Span | None:
    found = _SPAN.fullmatch(part)
    if found is None:
        return None
    hour, minute, to_hour, to_minute = (int(each or 0) for each in found.groups())
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    return (start, end) if max(minute, to_minute) < 60 and start < end <= _A_DAY else None


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c))))
