"""Phone numbers in forms, and the spellings that are one person (B13, A2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.people.phones import (
    PhoneProblem,
    canonical,
    display,
    e164_or_none,
    other_spelling,
    parse_phone,
    proposed_correction,
    spellings,
)


@pytest.mark.parametrize(
    "raw",
    [
        "+393471234567",
        "+39 347 123 4567",
        "0039347 123 4567",
        "(+39) 347-123.4567",
        " \u202a+39\u00a0347\u00a0123\u00a04567\u202c ",
        "+39 347/1234567",
        "+٣٩٣٤٧١٢٣٤٥٦٧",
        "\uff0b393471234567",
    ],
)
def test_one_number_however_it_was_typed(raw: str) -> None:
    assert e164_or_none(raw) == "+393471234567"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", PhoneProblem.EMPTY),
        ("   ", PhoneProblem.EMPTY),
        ("3471234567", PhoneProblem.MISSING_PREFIX),
        ("393471234567", PhoneProblem.MISSING_PREFIX),
        ("06 1234567", PhoneProblem.MISSING_PREFIX),
        ("+393", PhoneProblem.TOO_SHORT),
        ("+39347123456789012", PhoneProblem.TOO_LONG),
        ("+999 123 456 789", PhoneProblem.UNKNOWN_PREFIX),
        ("call me", PhoneProblem.NOT_A_NUMBER),
        ("+39 347 FLOWERS", PhoneProblem.NOT_A_NUMBER),
        ("+39 347 1234567 ext. 5", PhoneProblem.NOT_A_NUMBER),
        ("++393471234567", PhoneProblem.NOT_A_NUMBER),
        ("+", PhoneProblem.NOT_A_NUMBER),
    ],
)
def test_what_a_form_refuses_and_why(raw: str, problem: PhoneProblem) -> None:
    parsed = parse_phone(raw)
    assert parsed.e164 is None
    assert parsed.problem is problem


def test_an_import_may_say_where_a_number_is_dialled() -> None:
    assert e164_or_none("347 123 4567", "IT") == "+393471234567"
    assert e164_or_none("+34 600 123 123", "it") == "+34600123123"


def test_meta_s_test_numbers_are_possible() -> None:
    assert e164_or_none("+1 555 078 3881") == "+15550783881"


@given(st.text())
def test_no_input_breaks_a_form(raw: str) -> None:
    parsed = parse_phone(raw)
    assert (parsed.e164 is None) != (parsed.problem is None)


@pytest.mark.parametrize(
    ("raw", "countries", "proposal"),
    [
        ("3471234567", ["IT"], "+393471234567"),
        ("+3471234567", ["IT"], "+393471234567"),
        ("0171 1234567", ["IT", "DE"], "+3901711234567"),
        ("0171 1234567", ["DE", "IT"], "+491711234567"),
        ("393471234567", [], "+393471234567"),
        ("00393471234567", [], "+393471234567"),
        ("600 123 123", ["es"], "+34600123123"),
        ("3471234567", ["??"], None),
        ("12", ["IT"], None),
        ("", ["IT"], None),
    ],
)
def test_the_correction_proposed(raw: str, countries: list[str], proposal: str | None) -> None:
    assert proposed_correction(raw, countries) == proposal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("551187654321", "5511987654321"),
        ("553197654321", "+55 31 9 9765-4321"),
        ("5215512345678", "525512345678"),
        ("5491123456789", "541123456789"),
        ("5491123456789", "54111523456789"),
        ("5493511234567", "54351151234567"),
        ("393471234567", "+39 347 123 4567"),
    ],
)
def test_two_spellings_of_one_person(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)
    assert spellings(one) == spellings(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("551123456789", "5511923456789"),  # a landline and a mobile of Brazil
        ("393471234567", "393471234568"),
        ("15550783881", "5550783881"),
        ("77012345678", "7012345678"),
        ("US.123", "123"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not spellings(one) & spellings(other)


@pytest.mark.parametrize(
    ("wa_id", "other"),
    [
        ("5212221234567", "522221234567"),
        ("522221234567", "5212221234567"),
        ("553187654321", "5531987654321"),
        ("5531987654321", "553187654321"),
        ("393471234567", None),
    ],
)
def test_the_other_spelling_of_a_number(wa_id: str, other: str | None) -> None:
    assert other_spelling(wa_id) == other


local = st.text("0123456789", min_size=7, max_size=13)
wa_ids = st.builds(str.__add__, st.sampled_from(["55", "52", "521", "54", "549", "39", ""]), local)


@given(wa_ids)
def test_spellings_are_the_same_from_wherever_one_starts(wa_id: str) -> None:
    assert wa_id in spellings(wa_id)
    assert canonical(canonical(wa_id)) == canonical(wa_id)
    for other in spellings(wa_id):
        assert spellings(other) == spellings(wa_id)


@given(st.text(min_size=1))
def test_no_id_is_rejected(wa_id: str) -> None:
    assert canonical(wa_id)
    assert spellings(wa_id)


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+393471234567", "+39 347 123 4567"),
        ("393471234567", "+39 347 123 4567"),
        ("+15550783881", "+1 555-078-3881"),
        ("553187654321", "+55 31 98765-4321"),
        ("5215512345678", "+52 55 1234 5678"),
        ("541123456789", "+54 11 2345-6789"),
        ("99", "+99"),
        ("US.1349", "US.1349"),
        ("", ""),
    ],
)
def test_a_number_as_people_write_it(e164: str, shown: str) -> None:
    assert display(e164) == shown


COUNTRIES = [
    ("IT", "347 123 4567", "+393471234567"),
    ("IT", "080 555 0100", "+390805550100"),
    ("DE", "01512 3456789", "+4915123456789"),
    ("FR", "06 12 34 56 78", "+33612345678"),
    ("ES", "612 34 56 78", "+34612345678"),
    ("PT", "912 345 678", "+351912345678"),
    ("GB", "07400 123456", "+447400123456"),
    ("US", "(201) 555-0123", "+12015550123"),
    ("BR", "(11) 96123-4567", "+5511961234567"),
    ("MX", "222 123 4567", "+522221234567"),
    ("AR", "011 15 2345-6789", "+5491123456789"),
    ("CH", "078 123 45 67", "+41781234567"),
    ("AT", "0664 123456", "+43664123456"),
    ("JP", "090-1234-5678", "+819012345678"),
    ("IN", "081234 56789", "+918123456789"),
]


@pytest.mark.parametrize(("country", "dialled", "e164"), COUNTRIES)
def test_numbers_of_many_countries(country: str, dialled: str, e164: str) -> None:
    assert parse_phone(dialled).problem is PhoneProblem.MISSING_PREFIX
    assert proposed_correction(dialled, [country]) == e164
    for typed in (e164, display(e164), "00" + e164[1:], e164.replace("+", "+ ")):
        assert e164_or_none(typed) == e164
    assert e164_or_none(e164[:5]) is None
