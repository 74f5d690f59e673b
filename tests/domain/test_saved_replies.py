"""What fills in a saved reply, and what stands against keeping one (M8, S3)."""

import pytest

from inbox_app.domain.saved_replies import (
    MAX_NAME,
    MAX_TEXT,
    ReplyField,
    ReplyProblem,
    best_language,
    fill,
    problem,
    unknown_fields,
    withholds_codes,
)
from inbox_app.domain.stays.stays import StayPhase

NAME, CODE, TIME = ReplyField.FIRST_NAME, ReplyField.DOOR_CODE, ReplyField.CHECK_IN_TIME
VALUES = {NAME: "Ada", CODE: "4711", TIME: "16:00"}


@pytest.mark.parametrize(
    ("text", "values", "phase", "filled", "missing", "withheld"),
    [
        ("Ciao {first_name}!", VALUES, None, "Ciao Ada!", (), ()),
        ("{first_name} {first_name}", VALUES, None, "Ada Ada", (), ()),
        ("Dalle {check_in_time}", {}, None, "Dalle {check_in_time}", (TIME,), ()),
        ("Dalle {check_in_time}", {TIME: ""}, None, "Dalle {check_in_time}", (TIME,), ()),
        ("Codice {door_code}", VALUES, StayPhase.UPCOMING, "Codice 4711", (), ()),
        ("Codice {door_code}", VALUES, StayPhase.INQUIRY, "Codice {door_code}", (), (CODE,)),
        ("Codice {door_code}", VALUES, None, "Codice {door_code}", (), (CODE,)),
        ("Codice {door_code}", {}, StayPhase.IN_HOUSE, "Codice {door_code}", (CODE,), ()),
        ("{nothing} {} {Ada}", VALUES, None, "{nothing} {} {Ada}", (), ()),
        ("{first_name}", {NAME: "{door_code}"}, StayPhase.IN_HOUSE, "{door_code}", (), ()),
    ],
)  # fmt: skip
def test_fields_take_what_is_known_and_say_what_is_not(
    text: str,
    values: dict[ReplyField, str],
    phase: StayPhase | None,
    filled: str,
    missing: tuple[ReplyField, ...],
    withheld: tuple[ReplyField, ...],
) -> None:
    ready = fill(text, values, phase)
    assert (ready.text, ready.missing, ready.withheld) == (filled, missing, withheld)


@pytest.mark.parametrize(
    ("phase", "withheld"),
    [
        (None, True),
        (StayPhase.INQUIRY, True),
        (StayPhase.UPCOMING, False),
        (StayPhase.ARRIVING_TODAY, False),
        (StayPhase.IN_HOUSE, False),
        (StayPhase.DEPARTING_TODAY, False),
        (StayPhase.DEPARTED, True),
        (StayPhase.CANCELLED, True),
    ],
)
def test_codes_are_told_only_while_a_stay_is_confirmed_and_not_over(
    phase: StayPhase | None, withheld: bool
) -> None:
    assert withholds_codes(phase) is withheld


@pytest.mark.parametrize(
    ("name", "texts", "expected"),
    [
        ("Benvenuto", {"it": "Ciao {first_name}"}, None),
        ("Benvenuto", {"it": "Ciao", "en": "  "}, None),
        ("", {"it": "Ciao"}, ReplyProblem.NO_NAME),
        ("\u200b", {"it": "Ciao"}, ReplyProblem.NO_NAME),
        ("Benvenuto", {}, ReplyProblem.NO_TEXT),
        ("Benvenuto", {"it": " \u200b"}, ReplyProblem.NO_TEXT),
        ("B" * (MAX_NAME + 1), {"it": "Ciao"}, ReplyProblem.TOO_LONG),
        ("Benvenuto", {"it": "C" * (MAX_TEXT + 1)}, ReplyProblem.TOO_LONG),
        ("Benvenuto", {"it": "Ciao {firstname}"}, ReplyProblem.UNKNOWN_FIELD),
    ],
)
def test_a_reply_is_kept_when_it_says_something_that_can_be_filled_in(
    name: str, texts: dict[str, str], expected: ReplyProblem | None
) -> None:
    assert problem(name, texts) is expected


def test_a_misspelt_field_is_named() -> None:
    assert unknown_fields("{firstname} {first_name} {firstname} {codice}") == (
        "firstname",
        "codice",
    )


@pytest.mark.parametrize(
    ("written", "preferred", "chosen"),
    [
        ({"it", "en"}, ("it",), "it"),
        ({"it", "en"}, ("en-GB", "it"), "en"),
        ({"pt-BR", "pt-PT"}, ("pt-PT",), "pt-PT"),
        ({"it", "en"}, ("de", "it"), "it"),
        ({"it", "en"}, (None, "fr"), "en"),
        ({"it", "es"}, ("de", "fr"), "es"),
    ],
)
def test_the_language_is_the_actors_then_the_accounts_then_english(
    written: set[str], preferred: tuple[str | None, ...], chosen: str
) -> None:
    assert best_language(written, *preferred) == chosen
