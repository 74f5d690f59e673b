"""Texts in which there is nothing to see."""

import pytest

from inbox_app.domain.texts import is_blank, pasted


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


@pytest.mark.parametrize(
    "text",
    [
        "EAAG7x",
        " EAAG7x \n",
        "\u200bEAAG7x\u2060",
        "\u00a0EAA\u00adG7x\ufeff",
        "Bearer EAAG7x",
        "bearer\u00a0EAAG7x",
        "Authorization: Bearer EAAG7x",
        '"EAAG7x"',
        "\u201cEAAG7x\u201d",
        "\u00abEAAG7x\u00bb,",
        '"Bearer EAAG7x",',
        "Bearer 'EAAG7x'",
    ],
)
def test_what_comes_along_with_a_pasted_token_is_taken_off(text: str) -> None:
    assert pasted(text) == "EAAG7x"


@pytest.mark.parametrize("text", ["", " ", "\u200b", '""'])
def test_nothing_pasted_is_nothing(text: str) -> None:
    assert pasted(text) == ""


def test_a_token_keeps_all_of_its_own_signs() -> None:
    for text in ("bearerEAA-_.|~+/=", "two words"):
        assert pasted(text) == text
