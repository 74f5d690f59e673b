"""A day or an hour inside a sentence reads as a native would write it, in each language (X2)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox_app import catalogues
from tests.support.node import in_node

PREPOSITIONS = {"on {day}", "at {time}"}
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
DECEMBER = {"it": "dicembre", "en": "December", "es": "de diciembre"}
NEAR = {
    "it": ("ieri", "oggi", "domani"),
    "en": ("yesterday", "today", "tomorrow"),
    "es": ("ayer", "hoy", "mañana"),
}


def on_day(language: str, day: int) -> str:
    if language == "it":
        return f"l'{day} dicembre" if day in {8, 11} else f"il {day} dicembre"
    return f"{'on' if language == 'en' else 'el'} {day} {DECEMBER[language]}"


def at_clock(language: str, hour: int) -> str:
    if language == "it":
        return "all'1:15" if hour == 1 else f"alle {hour}:15"
    if language == "es":
        return "a la 1:15" if hour == 1 else f"a las {hour}:15"
    return f"at {hour:02}:15"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_each_day_and_each_hour_stand_in_a_sentence_as_a_native_writes_them(language: str) -> None:
    days, hours = range(1, 32), range(24)
    moments = [datetime(2026, 12, day, hour, 15, tzinfo=UTC) for day in days for hour in hours]
    assert written("dayAndClock", language, *moments) == [
        f"{on_day(language, day)} {at_clock(language, hour)}" for day in days for hour in hours
    ]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_days_around_today_have_their_names(language: str) -> None:
    around = [NOW + timedelta(days=by, hours=1) for by in (-1, 0, 1)]
    yesterday, today, tomorrow = NEAR[language]
    at = {"it": "alle 13:00", "en": "at 13:00", "es": "a las 13:00"}[language]
    assert written("dayAndClock", language, *around) == [
        f"{yesterday} {at}",
        f"{today} {at}",
        f"{tomorrow} {at}",
    ]
    assert written("nearClock", language, *around) == [f"{yesterday} {at}", at, f"{tomorrow} {at}"]
    assert written("moment", language, *around) == [
        f"{yesterday}, 13:00",
        "13:00",
        f"{tomorrow}, 13:00",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("it", "l'8 dicembre 2025 all'1:15"),
        ("en", "on 8 December 2025 at 01:15"),
        ("es", "el 8 de diciembre de 2025 a la 1:15"),
    ],
)
def test_the_day_of_another_year_names_it(language: str, expected: str) -> None:
    at = datetime(2025, 12, 8, 1, 15, tzinfo=UTC)
    assert written("dayAndClock", language, at) == [expected]


def test_a_moment_elsewhere_has_the_hour_there() -> None:
    """What is written next is the account's again (M10)."""
    script = (
        "(globalThis.inboxTexts = a[0], module.setZone('UTC'),"
        " [module.inZone(a[1], () => module.clock(a[2])), module.clock(a[2])])"
    )
    at = datetime(2026, 11, 26, 22, 30, tzinfo=UTC).timestamp() * 1000
    page = {"language": "it", "messages": {}}
    for zone, there in (("Asia/Tokyo", "07:30"), ("", "22:30")):
        assert in_node("i18n/formats.js", script, page, zone, at) == [there, "22:30"]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_sentence_puts_a_preposition_of_its_own_before_a_moment(language: str) -> None:
    """The moment brings its own, which depends on the day and the hour."""
    assert [text for text in texts(language) if stray(text)] == []


STRAY = (
    "il",
    "alle",
    "dal",
    "del",
    "al",
    "el",
    "las",
    "la",
    "at",
    "on",
    "since",
    "fino al",
    "da",
    "desde",
)


def stray(text: str) -> bool:
    return any(f" {word} {{moment}}" in f" {text.lower()}" for word in STRAY)


def texts(language: str) -> Iterator[str]:
    for source, text in catalogues.messages(language):
        yield from (source, text) if isinstance(text, str) else (source, *text)


def written(function: str, language: str, *moments: datetime) -> list[Any]:
    """What the browser writes of moments, in the zone of the account."""
    forms = {text: form for text, form in catalogues.messages(language) if text in PREPOSITIONS}
    page = {"language": language, "messages": forms}
    millis = [moment.timestamp() * 1000 for moment in moments]
    return in_node(
        "i18n/formats.js",
        "(globalThis.inboxTexts = a[0], module.setZone('UTC'),"
        f" a[1].map(at => module.{function}(at, a[2])))",
        page,
        millis,
        NOW.timestamp() * 1000,
    )
