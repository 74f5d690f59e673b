"""Who is meant by «@» (X1)."""

import pytest

from inbox_app.domain.conversations.mentions import mentioned

PEOPLE = {1: "Anna", 2: "Anna Maria", 3: "bea@casedelsole.it", 4: "Àlex Ñ", 5: "Anna", 6: ""}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("@Anna guarda", [1, 5]),
        ("@anna maria, la chiave?", [2]),
        ("(@Anna) e @Anna Maria", [1, 2, 5]),
        ("@bea@casedelsole.it vedi", [3]),
        ("chiedi a @àlex ñ.", [4]),
        ("@Annalisa", []),
        ("info@Anna", []),
        ("Anna", []),
        ("@", []),
        ("@ Anna", []),
        ("", []),
    ],
)
def test_the_whole_name_after_the_sign_means_them(text: str, ids: list[int]) -> None:
    assert mentioned(text, PEOPLE) == ids
