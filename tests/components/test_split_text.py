"""A text that is too long for one message is parted where one would part it (M9)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.node import in_node

SCRIPT = "inbox/composer/split_text.js"


def parts(most: int, *texts: str) -> list[list[str]]:
    return in_node(SCRIPT, "a[1].map(text => module.parts(text, a[0]))", most, texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Una riga", ["Una riga"]),
        ("Uno due tre\n\nquattro cinque", ["Uno due tre", "quattro cinque"]),
        ("Uno due tre.\nQuattro cinque sei", ["Uno due tre.", "Quattro cinque sei"]),
        ("Uno due tre. Quattro cinque sei", ["Uno due tre.", "Quattro cinque sei"]),
        ("Uno due tre quattro cinque sei", ["Uno due tre quattro", "cinque sei"]),
        ("x" * 45, ["x" * 19, "x" * 19, "x" * 7]),
        ("  \n ", []),
    ],
)
def test_it_is_parted_at_paragraphs_lines_sentences_words(text: str, expected: list[str]) -> None:
    assert parts(20, text) == [expected]


def test_no_emoji_is_torn() -> None:
    family = "👨‍👩‍👧"
    (found,) = parts(20, family * 9)
    assert set("".join(found).split(family)) == {""}
    assert all(each.startswith("👨") and each.endswith("👧") for each in found)


@settings(max_examples=10)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from("ab .\n!é😀"), min_size=1, max_size=300),
        min_size=10,
        max_size=10,
    )
)
def test_nothing_but_blanks_is_lost_and_each_part_fits(texts: list[str]) -> None:
    for text, found in zip(texts, parts(20, *texts), strict=True):
        assert "".join("".join(found).split()) == "".join(text.split())
        assert all(0 < len(each) <= 20 for each in found)
