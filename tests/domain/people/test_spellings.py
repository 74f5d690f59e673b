"""Sixty spellings of fifteen people's numbers, in fifteen countries: which are one person (A2)."""

from itertools import combinations

import pytest

from inbox_app.domain.people.candidates import Known, Reason, Sender, suggested
from inbox_app.domain.people.phones import canonical, e164_or_none, spellings

PEOPLE = {
    "IT": ("393471234567", "+39 347 123 4567", "0039 347 1234567", "(+39) 347-123.4567"),
    "DE": ("4915123456789", "+49 1512 3456789", "0049 151 2345 6789", "+49 (1512) 345-6789"),
    "FR": ("33612345678", "+33 6 12 34 56 78", "0033 6 12 34 56 78", "+33 612.345.678"),
    "ES": ("34612345678", "+34 612 34 56 78", "0034 612345678", "+34-612-345-678"),
    "PT": ("351912345678", "+351 912 345 678", "00351 912345678", "+351 91 234 56 78"),
    "GB": ("447400123456", "+44 7400 123456", "0044 7400 123 456", "+44-7400-123-456"),
    "US": ("12015550123", "+1 (201) 555-0123", "001 201 555 0123", "+1.201.555.0123"),
    "BR": ("553187654321", "5531987654321", "+55 31 98765-4321", "0055 (31) 8765-4321"),
    "MX": ("5212221234567", "522221234567", "+52 222 123 4567", "0052 1 222 123 4567"),
    "AR": ("5491123456789", "+54 11 2345-6789", "+54 11 15 2345-6789", "+54 9 11 2345 6789"),
    "CH": ("41781234567", "+41 78 123 45 67", "0041 78 1234567", "+41-78-123-45-67"),
    "AT": ("43664123456", "+43 664 123456", "0043 664 12 34 56", "+43 664/123456"),
    "JP": ("819012345678", "+81 90-1234-5678", "0081 90 1234 5678", "+81.90.1234.5678"),
    "IN": ("918123456789", "+91 81234 56789", "0091 8123456789", "+91-81234-56789"),
    "NL": ("31612345678", "+31 6 12345678", "0031 6 1234 5678", "+31 (6) 12-34-56-78"),
}


def _key(spelling: str) -> str:
    """Of what somebody typed, as a form reads it, or of an id of WhatsApp's."""
    return canonical(e164_or_none(spelling) or spelling)


@pytest.mark.parametrize("country", PEOPLE)
def test_all_spellings_of_a_number_are_one_person(country: str) -> None:
    assert len(set(map(_key, PEOPLE[country]))) == 1


def test_no_two_of_the_fifteen_are_one() -> None:
    keys = [set(map(_key, theirs)) for theirs in PEOPLE.values()]
    assert sum(map(len, PEOPLE.values())) == 60
    assert not any(one & other for one, other in combinations(keys, 2))


@pytest.mark.parametrize("country", PEOPLE)
def test_who_is_on_file_under_another_spelling_is_suggested_with_that_reason(country: str) -> None:
    wa_id, *_ = PEOPLE[country]
    known = Known(1, "Nessuno", sorted(f"+{each}" for each in spellings(wa_id)))
    (found,) = suggested(Sender(wa_id, ""), [known], at_most=5)
    assert found.reasons == (Reason.SAME_NUMBER,)
    for spelling in spellings(wa_id) - {wa_id}:
        (found,) = suggested(Sender(wa_id, ""), [Known(1, "", [f"+{spelling}"])], at_most=5)
        assert found.reasons == (Reason.OTHER_SPELLING,)
