"""What is typed finds what is on file, however either is written (P5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.people.search_terms import folded, needle, squeezed, terms, words


def _finds(typed: str, on_file: frozenset[str]) -> bool:
    """As the database does it: each beginning begins a term."""
    sought = needle(typed)
    ways = [[beginning] for beginning in sought.numbers]
    ways += [[f"={sought.whole}"], list(sought.words)] if sought.whole else []
    return any(all(any(t.startswith(b) for t in on_file) for b in way) for way in ways)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lefevre", "Anne Lefèvre"),
        ("LEFÈVRE anne", "Anne Lefèvre"),
        ("lef", "Anne Lefèvre"),
        ("mull", "Jürgen Müller"),
        ("grosse", "Karl Große"),
        ("soren", "Søren Ørsted"),
        ("lukasz", "Łukasz Wałęsa"),
        ("istanbul", "İstanbul Temizlik"),
        ("o'bri", "Sean O’Brien"),
        ("obrien", "Sean O’Brien"),
        ("jean pierre", "Jean-Pierre Dupont"),
        ("jeanpierre", "Jean-Pierre Dupont"),
        ("dupont jean-p", "Jean-Pierre Dupont"),
        ("jeanpierredup", "Jean-Pierre Dupont"),
        ("李", "李小龙"),
        ("محم", "محمد علي"),
        ("ἑλένη", "Ελένη Παππά"),
    ],
)
def test_a_name_is_found(typed: str, name: str) -> None:
    assert _finds(typed, terms(name, None, []))


@pytest.mark.parametrize("typed", ["efevre", "anna", "anne bianchi", "%", "🌸", "lefevre2"])
def test_what_begins_no_word_of_it_does_not_find_a_name(typed: str) -> None:
    assert not _finds(typed, terms("Anne Lefèvre", None, []))


@pytest.mark.parametrize(
    "typed",
    ["+39 347 123", "39347", "347 123 4567", "3471234567", "0039 347", "4567", "123 4567"],
)
def test_a_number_is_found_by_its_beginning_at_home_and_abroad_and_by_its_end(typed: str) -> None:
    assert _finds(typed, terms("Ada", None, [("393471234567", "+39 347 123 4567")]))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("+55 31 8765-4321", "5531987654321"),
        ("0171 2345678", "491712345678"),
        ("080 555", "390805550100"),
        ("+54 11 15 2345-6789", "5491123456789"),
    ],
)
def test_a_number_is_found_in_another_spelling(typed: str, key: str) -> None:
    assert _finds(typed, terms("Ada", None, [(key, "")]))


def test_a_number_that_cannot_be_read_is_found_as_it_was_given() -> None:
    on_file = terms("Ada", None, [(None, "347 123 45")])
    assert _finds("347 12", on_file)
    assert not _finds("348", on_file)


@pytest.mark.parametrize("typed", ["ada.b", "ada.bianchi@example.com", "bianchi", "@example.com"])
def test_an_address_is_found(typed: str) -> None:
    assert _finds(typed, terms("Famiglia", "Ada.Bianchi@example.com", []))


@pytest.mark.parametrize("code", ["CB-3107", "cb 3107", "CB3107", "cb3107", "Cb–31/07"])
def test_a_code_is_one_however_it_is_written(code: str) -> None:
    assert squeezed(code) == "cb3107"


@given(st.text(), st.text(max_size=20))
def test_whatever_is_on_file_is_found_by_itself(name: str, email: str) -> None:
    if words(name):
        assert _finds(name, terms(name, email, []))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(folded(text)) == words(text)
