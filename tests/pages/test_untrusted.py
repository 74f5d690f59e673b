"""Arguments that a browser may send."""

from datetime import date

import pytest

from inbox_app.pages import untrusted


@pytest.mark.parametrize(
    "value", ["0", "-1", "1.0", " 1", "1\n", "١", "9" * 19, "", 1, None, ["1"]]
)
def test_what_is_no_id_is_none(value: object) -> None:
    assert untrusted.row_id(value) is None


def test_an_id_is_a_number_in_a_string() -> None:
    assert untrusted.row_id("42") == 42


@pytest.mark.parametrize("value", ["x" * 11, "\ud83d", 1, None, [], {"text": "x"}])
def test_what_is_no_text_of_that_length_is_none(value: object) -> None:
    assert untrusted.text(value, 10) is None


def test_a_text_comes_as_it_is() -> None:
    assert untrusted.text("ciao 🐕", 10) == "ciao 🐕"


@pytest.mark.parametrize(
    "value",
    ["", "2026-02-30", "0001-01-01", "9999-12-31", "26/11/2026", "2026-11-26T10:00", 1, None],
)
def test_what_is_no_day_is_none(value: object) -> None:
    assert untrusted.day(value) is None


def test_a_day_comes_as_a_date_box_gives_it() -> None:
    assert untrusted.day("2026-11-26") == date(2026, 11, 26)
