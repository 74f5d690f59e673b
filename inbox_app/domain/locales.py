"""The languages, countries and currencies that people and systems name."""

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency as is_babels_currency


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
