"""What stands against keeping an accommodation (S3)."""

from dataclasses import replace

import pytest

from inbox_app.domain.stays.accommodations import (
    MAX_LINE,
    MAX_TEXT,
    AccommodationFacts,
    AccommodationProblem,
    cleaned,
    problem,
)

HOME = AccommodationFacts(name="Casa Blu", timezone="Europe/Rome")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"country": "IT", "check_in_time": "16:00", "house_rules": "x" * MAX_TEXT}, None),
        ({"country": "", "check_in_time": "", "door_code": ""}, None),
        ({"name": " \u200b"}, AccommodationProblem.NO_NAME),
        ({"timezone": ""}, AccommodationProblem.BAD_TIME_ZONE),
        ({"timezone": "../Rome"}, AccommodationProblem.BAD_TIME_ZONE),
        ({"country": "Italia"}, AccommodationProblem.BAD_COUNTRY),
        ({"check_out_time": "24:00"}, AccommodationProblem.BAD_TIME),
        ({"check_in_time": "16:00\n"}, AccommodationProblem.BAD_TIME),
        ({"door_code": "1" * (MAX_LINE + 1)}, AccommodationProblem.TOO_LONG),
        ({"parking": "x" * (MAX_TEXT + 1)}, AccommodationProblem.TOO_LONG),
    ],
)
def test_what_is_wrong_is_named(
    changed: dict[str, str], expected: AccommodationProblem | None
) -> None:
    assert problem(replace(HOME, **changed), "casa-blu") is expected


def test_a_key_that_is_too_long_is_refused() -> None:
    assert problem(HOME, "k" * (MAX_LINE + 1)) is AccommodationProblem.TOO_LONG


def test_lines_stay_lines_and_texts_keep_theirs() -> None:
    facts = cleaned(replace(HOME, door_code=" 27\n41 ", parking=" qui\noppure là \n"))
    assert (facts.door_code, facts.parking) == ("27 41", "qui\noppure là")
