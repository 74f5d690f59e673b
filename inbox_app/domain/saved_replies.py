"""Saved replies: texts of the account's own, with fields that a conversation fills in (M8, S3).

A field stands in a text as its key between braces: ``{guest_name}``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.stays.stays import StayPhase
from inbox_app.domain.texts import is_blank

MAX_NAME = 80
MAX_TEXT = 4000
"""Room is left for what the fields put in."""


class ReplyField(StrEnum):
    """What can be filled in; the same keys in every language, the API and imports."""

    GUEST_NAME = "guest_name"
    FIRST_NAME = "first_name"
    ACCOMMODATION = "accommodation"
    ADDRESS = "address"
    CHECK_IN = "check_in"
    CHECK_IN_TIME = "check_in_time"
    CHECK_OUT = "check_out"
    CHECK_OUT_TIME = "check_out_time"
    NIGHTS = "nights"
    RESERVATION_CODE = "reservation_code"
    BALANCE = "balance"
    CHECK_IN_INSTRUCTIONS = "check_in_instructions"
    DOOR_CODE = "door_code"
    WIFI_NAME = "wifi_name"
    WIFI_PASSWORD = "wifi_password"  # noqa: S105 - a field's key
    PARKING = "parking"
    HOUSE_RULES = "house_rules"


SECRET = frozenset({ReplyField.DOOR_CODE, ReplyField.WIFI_PASSWORD})
"""What opens a home: told to nobody whose stay is not confirmed, or over."""

_LETS_IN = frozenset(
    {
        StayPhase.UPCOMING,
        StayPhase.ARRIVING_TODAY,
        StayPhase.IN_HOUSE,
        StayPhase.DEPARTING_TODAY,
    }
)


class ReplyProblem(StrEnum):
    """Why a saved reply cannot be kept as it is written."""

    NO_NAME = "no_name"
    NAME_TAKEN = "name_taken"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    UNKNOWN_FIELD = "unknown_field"
    BAD_LANGUAGE = "bad_language"


@dataclass(frozen=True, slots=True)
class Filled:
    """A reply ready to be read over; a field without a value stands in it as it was written."""

    text: str
    missing: tuple[ReplyField, ...]
    """There is no such value."""
    withheld: tuple[ReplyField, ...]
    """There may be one, but not for this stay."""


def withholds_codes(phase: StayPhase | None) -> bool:
    """Whether codes stay unsaid: no stay, one that is not confirmed, or one that is over (S3)."""
    return phase not in _LETS_IN


def fill(text: str, values: Mapping[ReplyField, str], phase: StayPhase | None) -> Filled:
    """Put the values in the fields' places; a value's own braces are left alone."""
    asked = list(dict.fromkeys(_fields(text)))
    withheld = tuple(field for field in asked if field in SECRET and withholds_codes(phase))
    missing = tuple(field for field in asked if field not in withheld and not values.get(field))
    empty = {*withheld, *missing}

    def value(match: re.Match[str]) -> str:
        field = _known(match[1])
        return match[0] if field is None or field in empty else values[field]

    return Filled(_FIELD.sub(value, text), missing, withheld)


def unknown_fields(text: str) -> tuple[str, ...]:
    """Keys between braces that are no field: most likely misspelt."""
    found = (match[1] for match in _FIELD.finditer(text))
    return tuple(dict.fromkeys(key for key in found if _known(key) is None))


def clean_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Each language's text as it may be stored; those in which nothing can be seen are left out."""
    return {
        language: clean_text(text).strip() for language, text in texts.items() if not is_blank(text)
    }


def problem(name: str, texts: Mapping[str, str]) -> ReplyProblem | None:
    """What stands against keeping it, but for a name that another has."""
    if is_blank(name) or not clean_line(name):
        return ReplyProblem.NO_NAME
    if not clean_texts(texts):
        return ReplyProblem.NO_TEXT
    if len(name) > MAX_NAME or any(len(text) > MAX_TEXT for text in texts.values()):
        return ReplyProblem.TOO_LONG
    if any(unknown_fields(text) for text in texts.values()):
        return ReplyProblem.UNKNOWN_FIELD
    return None


def best_language(written: Collection[str], *preferred: str | None) -> str:
    """Which of the languages that a reply is written in, for who prefers these, best first.

    The same tag, else the same language of another country; where nobody's language is there,
    English, and else whichever comes first. BCP 47 throughout.
    """
    for tag in (*preferred, "en"):
        wanted = (tag or "").replace("_", "-").lower()
        same = [code for code in sorted(written) if _base(code) == _base(wanted)]
        if same:
            return next((code for code in same if code.lower() == wanted), same[0])
    return min(written)


def _fields(text: str) -> Iterator[ReplyField]:
    for match in _FIELD.finditer(text):
        if (field := _known(match[1])) is not None:
            yield field


def _known(key: str) -> ReplyField | None:
    return ReplyField(key) if key in _KEYS else None


def _base(tag: str) -> str:
    return tag.partition("-")[0].lower()


_KEYS = frozenset(field.value for field in ReplyField)
_FIELD = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
