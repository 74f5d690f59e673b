"""Phone numbers: E.164 in forms, WhatsApp's own ids, and the spellings that are one person."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

_INTERNATIONAL = PhoneNumberFormat.INTERNATIONAL
_E164 = PhoneNumberFormat.E164


PREFIXES = {
    country: phonenumbers.country_code_for_region(country)
    for country in sorted(phonenumbers.SUPPORTED_REGIONS)
}
"""By country (ISO 3166)."""


class PhoneProblem(StrEnum):
    """Why a form refuses a number."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    MISSING_PREFIX = "missing_prefix"
    UNKNOWN_PREFIX = "unknown_prefix"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    IMPOSSIBLE = "impossible"
    OWN_NUMBER = "own_number"
    """The account's own."""
    SAME_NUMBER = "same_number"
    """To be corrected, and given again as it is."""


@dataclass(frozen=True, slots=True)
class ParsedPhone:
    """Exactly one of the two is set; `e164` has the leading `+`."""

    e164: str | None
    problem: PhoneProblem | None


def parse_phone(raw: str, default_country: str | None = None) -> ParsedPhone:
    """Read a number that somebody typed or a system sent (B13).

    Without an international prefix (`+39`, `0039`) it is refused, unless `default_country`
    (ISO 3166, `IT`) says where it is dialled. Possible is enough: number plans change faster
    than the library, and Meta's own test numbers are not valid ones.
    """
    text = _plain(raw)
    if not text:
        return _refused(PhoneProblem.EMPTY)
    if not _TYPED_NUMBER.fullmatch(text):
        return _refused(PhoneProblem.NOT_A_NUMBER)
    if text.startswith("00"):
        text = "+" + text[2:]
    if not text.startswith("+") and default_country is None:
        return _refused(PhoneProblem.MISSING_PREFIX)
    return _parse(_modern(text), default_country)


def same(one: str, other: str) -> bool:
    """Whether two spellings are one person."""
    return canonical(one) == canonical(other)


def e164_or_none(raw: str, default_country: str | None = None) -> str | None:
    return parse_phone(raw, default_country).e164


def e164_at_home(raw: str, country: str) -> str | None:
    """The number of a table whose people are mostly of `country` (ISO 3166): without its prefix it
    must be a valid one there, or it is none."""
    if found := e164_or_none(raw):
        return found
    is_number = _TYPED_NUMBER.fullmatch(_plain(raw)) is not None
    return _valid(digits_in(raw), country) if is_number else None


def proposed_correction(raw: str, countries: Iterable[str]) -> str | None:
    """The valid E.164 number that `raw` most likely means, or none.

    Read as dialled in each of `countries` (ISO 3166, most likely first), then as a number that
    lost its `+`.
    """
    digits = digits_in(raw)
    for country in countries:
        if found := _valid(digits, country):
            return found
    return _valid("+" + digits.removeprefix("00"), None)


@lru_cache(maxsize=10_000)
def display(e164: str) -> str:
    """The number as people write it: `+39 347 123 4567`. Takes wa_ids too, an old one as it is
    dialled today; gives back the rest."""
    digits = digits_in(e164)
    if not digits or not e164.removeprefix("+").isdigit():
        return e164
    current = canonical(digits)
    if current != digits and not _valid("+" + digits, None):
        digits = current
    try:
        return phonenumbers.format_number(phonenumbers.parse("+" + digits), _INTERNATIONAL)
    except NumberParseException:
        return "+" + digits


def canonical(wa_id: str) -> str:
    """The one key under which all spellings of a number meet: for matching, never for dialling.

    WhatsApp's ids are true because WhatsApp says so: nothing is rejected, and what is no number
    (a business-scoped id) is its own key.
    """
    if not _TYPED_NUMBER.fullmatch(wa_id):
        return wa_id
    digits = digits_in(wa_id)
    for canonical_form in _canonical_forms(digits):
        if digits in _spellings_of(canonical_form):
            return canonical_form
    return digits


def spellings(wa_id: str) -> frozenset[str]:
    """Every digit string that is the same person: Brazil's ninth digit, Mexico's 1, Argentina's 9.

    Whether `a` is in `spellings(b)` and `b` in `spellings(a)` is always the same.
    """
    return _spellings_of(canonical(wa_id))


def other_spelling(wa_id: str) -> str | None:
    """How else the number is dialled, the modern way first; None when there is no other."""
    others = spellings(wa_id) - {wa_id}
    modern = canonical(wa_id)
    return modern if modern in others else min(others, default=None)


_TYPED_NUMBER = re.compile(r"\+?[\d\s().\-/]*\d[\d\s().\-/]*")
_BRAZIL_OLD = re.compile(r"55([1-9]\d)([6-9]\d{7})")
_BRAZIL = re.compile(r"55([1-9]\d)9([6-9]\d{7})")
_MEXICO_OLD = re.compile(r"521(\d{10})")
_MEXICO = re.compile(r"52(\d{10})")
_ARGENTINA_BARE = re.compile(r"54(\d{10})")
_ARGENTINA = re.compile(r"549(\d{10})")
_ARGENTINA_15 = re.compile(r"54(\d{2,4})15(\d{6,8})")


def _canonical_forms(digits: str) -> list[str]:
    """Candidates only: `canonical` keeps the one whose spellings contain `digits`."""
    if match := _BRAZIL_OLD.fullmatch(digits):
        return [f"55{match[1]}9{match[2]}"]
    if match := _MEXICO_OLD.fullmatch(digits):
        return [f"52{match[1]}"]
    if match := _ARGENTINA_BARE.fullmatch(digits):
        return [f"549{match[1]}"]
    if digits.startswith("54") and len(digits) == 14:
        return [f"549{digits[2:at]}{digits[at + 2 :]}" for at in (4, 5, 6)]
    return []


def _spellings_of(digits: str) -> frozenset[str]:
    if match := _BRAZIL.fullmatch(digits):
        return frozenset({digits, f"55{match[1]}{match[2]}"})
    if match := _MEXICO.fullmatch(digits):
        return frozenset({digits, f"521{match[1]}"})
    if match := _ARGENTINA.fullmatch(digits):
        return frozenset({digits, f"54{match[1]}", *_with_the_15(digits)})
    return frozenset({digits})


def _with_the_15(digits: str) -> list[str]:
    """`54 11 15 2345 6789`, the way Argentines write; the library knows where the area ends."""
    number = phonenumbers.parse("+" + digits)
    national = digits_in(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    written = "54" + national.removeprefix("0")
    return [written] if _ARGENTINA_15.fullmatch(written) and len(written) == 14 else []


def _modern(text: str) -> str:
    """Mexico's numbers are dialled without the 1 that people still write."""
    match = _MEXICO_OLD.fullmatch(digits_in(text))
    return f"+52{match[1]}" if match and text.startswith("+") else text


def _parse(text: str, country: str | None) -> ParsedPhone:
    try:
        number = phonenumbers.parse(text, country and country.upper())
    except NumberParseException as error:
        return _refused(_PARSE_PROBLEMS.get(error.error_type, PhoneProblem.NOT_A_NUMBER))
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.IS_POSSIBLE:
        return ParsedPhone(phonenumbers.format_number(number, _E164), None)
    return _refused(_LENGTH_PROBLEMS.get(possible, PhoneProblem.IMPOSSIBLE))


_PARSE_PROBLEMS = {
    NumberParseException.INVALID_COUNTRY_CODE: PhoneProblem.UNKNOWN_PREFIX,
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneProblem.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneProblem.TOO_SHORT,
    NumberParseException.TOO_LONG: PhoneProblem.TOO_LONG,
}
_LENGTH_PROBLEMS = {
    ValidationResult.TOO_SHORT: PhoneProblem.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: PhoneProblem.TOO_SHORT,
    ValidationResult.TOO_LONG: PhoneProblem.TOO_LONG,
}


def _refused(problem: PhoneProblem) -> ParsedPhone:
    return ParsedPhone(None, problem)


def _valid(text: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, country and country.upper())
    except NumberParseException:
        return None
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, _E164) if valid else None


def _plain(raw: str) -> str:
    """Without marks of direction and other invisible characters that come along when pasting."""
    text = unicodedata.normalize("NFKC", raw)
    return (
        "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cc"}).strip().lstrip("( ")
    )


def digits_in(text: str) -> str:
    """ASCII digits only, whatever script they were typed in."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdecimal())
