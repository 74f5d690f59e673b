"""The part of a message in which somebody sees why it was found (P5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.search.search_snippet import LONGEST, snippet

WORDS = "Buongiorno signora, le scrivo perché il codice della porta non funziona da ieri sera"


def _marked(text: str, typed: str) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in snippet(text, typed))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Il wifi non va", "wifi", "Il [wifi] non va"),
        ("Il Wi-Fi non va", "wifi", "Il [Wi-Fi] non va"),
        ("Marie Lefèvre, sono io", "lefe io", "Marie [Lefèvre], sono [io]"),
        ("La CB-3107!", "cb3107", "La [CB-3107]!"),
        ("La CB-3107!", "cb 31", "La [CB]-[3107]!"),
        ("Solo\n\nqui", "qui", "Solo [qui]"),
        ("Niente", "altro", "Niente"),
        ("ﬃne Straße", "strass", "ﬃne [Straße]"),
        (f"{WORDS}. Grazie", "graz", f"{WORDS}. [Grazie]"),
        (f"{WORDS} {WORDS}. Grazie!", "graz", "…porta non funziona da ieri sera. [Grazie]!"),
        (
            f"Ciao. {WORDS} {WORDS}",
            "ciao",
            f"[Ciao]. {WORDS} Buongiorno signora, le scrivo perché il codice…",
        ),
        ("", "x", ""),
    ],
)
def test_a_hit_is_seen_with_what_stands_around_it(text: str, typed: str, expected: str) -> None:
    assert _marked(text, typed) == expected


@given(st.text(max_size=400), st.text(max_size=20))
def test_no_text_breaks_it_or_comes_out_longer(text: str, typed: str) -> None:
    pieces = snippet(text, typed)
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) <= LONGEST + 2
    assert shown.strip("…") in " ".join(text.split())
