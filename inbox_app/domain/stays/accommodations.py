"""Accommodations: what guests are told of a home, and what stands against it (S3)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from inbox_app.domain.locales import is_country, is_time_of_day, is_time_zone
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.texts import is_blank

MAX_LINE = 200
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationFacts:
    """All that is known of a home; times are local, «16:00», `timezone` an IANA name, `country` an
    ISO 3166 code."""

    name: str
    timezone: str
    address: str | None = None
    country: str | None = None
    check_in_time: str | None = None
    check_out_time: str | None = None
    check_in_instructions: str | None = None
    door_code: str | None = None
    wifi_name: str | None = None
    wifi_password: str | None = None
    parking: str | None = None
    house_rules: str | None = None


LINES = ("name", "address", "door_code", "wifi_name", "wifi_password")
TEXTS = ("check_in_instructions", "parking", "house_rules")
_TIMES = ("check_in_time", "check_out_time")


class AccommodationProblem(StrEnum):
    """Why an accommodation cannot be kept as it is written."""

    NO_NAME = "no_name"
    BAD_TIME_ZONE = "bad_time_zone"
    BAD_COUNTRY = "bad_country"
    BAD_TIME = "bad_time"
    TOO_LONG = "too_long"
    KEY_TAKEN = "key_taken"


def problem(facts: AccommodationFacts, external_id: str) -> AccommodationProblem | None:
    """What stands against keeping it, but for a key that another has."""
    if is_blank(facts.name) or not clean_line(facts.name):
        return AccommodationProblem.NO_NAME
    if not is_time_zone(facts.timezone):
        return AccommodationProblem.BAD_TIME_ZONE
    if facts.country and not is_country(facts.country):
        return AccommodationProblem.BAD_COUNTRY
    if not all(is_time_of_day(time) for time in _given(facts, _TIMES)):
        return AccommodationProblem.BAD_TIME
    lines = (external_id, *_given(facts, LINES))
    if any(len(line) > MAX_LINE for line in lines):
        return AccommodationProblem.TOO_LONG
    if any(len(text) > MAX_TEXT for text in _given(facts, TEXTS)):
        return AccommodationProblem.TOO_LONG
    return None


def cleaned(facts: AccommodationFacts) -> AccommodationFacts:
    """As it may be stored."""
    lines = {name: clean_line(getattr(facts, name) or "") for name in LINES}
    texts = {name: clean_text(getattr(facts, name) or "").strip() for name in TEXTS}
    return replace(facts, **lines, **texts)


def _given(facts: AccommodationFacts, names: tuple[str, ...]) -> list[str]:
    return [given for name in names if (given := getattr(facts, name))]
