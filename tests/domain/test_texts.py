"""Texts in which there is nothing to see."""

import pytest

from inbox_app.domain.texts import is_blank


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\u200b\u2060",
        "\u2800\u2800",
        "\u3164",
        "\u00ad",
        "\ufeff",
        "\ufe0f",
        "\u202e\u2066",
        "\u200d\u200c",
        "\u180e\u034f",
    ],
)
def test_signs_that_show_nothing_are_no_text(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["a", "\u200bciao", "❤\ufe0f", "👩\u200d🔧", ".", "\u0301", "مرحبا"]
)
def test_one_sign_that_shows_is_a_text(text: str) -> None:
    assert not is_blank(text)
