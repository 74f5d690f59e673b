"""The languages, countries, currencies and time zones that people and systems name."""

import re
from functools import cache
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency as is_babels_currency

TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


def is_language(tag: str) -> bool:
    """Whether it is a BCP 47 language that texts and dates can be written in."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def is_country(code: str) -> bool:
    """Whether it is an ISO 3166 code, in capitals, of a country that has telephones."""
    return code in phonenumbers.SUPPORTED_REGIONS


def is_currency(code: str) -> bool:
    """Whether it is an ISO 4217 code, in capitals."""
    return is_babels_currency(code)


def is_time_zone(name: str) -> bool:
    """Whether it is an IANA name: «Europe/Rome»."""
    return name in _time_zones()


def is_time_of_day(time: str) -> bool:
    """Whether it is one on a clock of 24 hours: «16:00»."""
    return re.fullmatch(TIME_OF_DAY, time) is not None


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
