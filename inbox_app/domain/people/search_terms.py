"""How people are found by what somebody types (P5): by words, as ``search_words`` has them, and by
numbers and codes in whatever spelling."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

from inbox_app.domain.people import phones
from inbox_app.domain.search.search_words import fold, split

LONGEST = 200
"""Characters of a name, and of what is typed, that count."""
BACKWARDS = "<"
"""Stands before the digits of a number from its end: people know the last ones."""
WHOLE = "="
"""Stands before all of a name or an address without its blanks and dashes."""

_FEWEST_DIGITS = 3
_NUMBER = re.compile(r"[\d\s+().\-/]+")


@lru_cache(4096)
def folded(text: str) -> str:
    """In lower case and without accents: «Müller» and «MULLER» are one."""
    return fold(text[:LONGEST])


def words(text: str) -> list[str]:
    """Its words, folded, each once."""
    return list(dict.fromkeys(split(folded(text))))


def squeezed(text: str) -> str:
    """Its letters and digits, folded, in one run: «CB-3107» is «cb3107»."""
    return "".join(split(folded(text)))


def terms(
    name: str, email: str | None, on_file: Iterable[tuple[str | None, str]]
) -> frozenset[str]:
    """What somebody is found by. Of each phone the match key, if it gives a number, and what was
    given."""
    found = {*words(name), *map(squeezed, name.split()), WHOLE + squeezed(name)}
    if email:
        local, _, domain = email.partition("@")
        found |= {*words(local), WHOLE + squeezed(email), WHOLE + squeezed(domain)}
    for match_key, raw in on_file:
        found |= _number_terms(match_key, raw)
    return frozenset(found - {"", WHOLE, BACKWARDS})


@dataclass(frozen=True, slots=True)
class Needle:
    """What was typed: each of ``words`` must begin a term, or ``whole``, or one of ``numbers``."""

    words: tuple[str, ...]
    whole: str
    numbers: tuple[str, ...]
    """Beginnings of terms; none when no number was typed."""


def needle(text: str) -> Needle:
    return Needle(tuple(words(text)), squeezed(text), _numbers_typed(text))


def _numbers_typed(text: str) -> tuple[str, ...]:
    """As it stands, without the zero that is dialled at home, and from its end."""
    digits = phones.digits_in(text)
    if not _NUMBER.fullmatch(text.strip()) or len(digits) < _FEWEST_DIGITS:
        return ()
    digits = digits.removeprefix("00")
    forms = (phones.canonical(digits), digits, digits.lstrip("0"))
    ends = (BACKWARDS + form[::-1] for form in forms[:2])
    return tuple(dict.fromkeys(form for form in (*forms, *ends) if len(form) >= _FEWEST_DIGITS))


def _number_terms(match_key: str | None, raw: str) -> set[str]:
    digits = match_key or phones.digits_in(raw).lstrip("0")
    return {digits, BACKWARDS + digits[::-1], home_digits(match_key or "")}


def home_digits(digits: str) -> str:
    """What is dialled within the country of an international number; "" for what is none."""
    try:
        number = phonenumbers.parse("+" + digits)
    except NumberParseException:
        return ""
    return phonenumbers.national_significant_number(number)
