"""Which names of languages and countries are taken."""

import pytest

from inbox_app.domain.locales import is_country, is_language


@pytest.mark.parametrize("tag", ["it", "en", "pt-BR", "zh-Hant-TW"])
def test_a_language_is_named_as_bcp_47_has_it(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "!", "!!", "italiano", "xx", "it_IT.UTF-8"])
def test_what_is_no_language_is_refused(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(
    ("code", "known"), [("IT", True), ("SM", True), ("it", False), ("XX", False), ("", False)]
)
def test_a_country_is_named_by_two_capitals(code: str, known: bool) -> None:
    assert is_country(code) is known
