"""When it opens again, as a sentence says it in each language (S4, X2)."""

from datetime import UTC, datetime

import pytest

from inbox_app.domain.opening_hours import OpeningHours
from inbox_app.queries.accounts.away import Away, opening


@pytest.mark.parametrize(
    ("language", "hour", "said"),
    [
        ("it", 9, "lunedì 30 novembre alle 9:05"),
        ("it", 1, "lunedì 30 novembre all'1:05"),
        ("it", 0, "lunedì 30 novembre alle 0:05"),
        ("it", 11, "lunedì 30 novembre alle 11:05"),
        ("es", 9, "lunes 30 de noviembre a las 9:05"),
        ("es", 1, "lunes 30 de noviembre a la 1:05"),
        ("es", 13, "lunes 30 de noviembre a las 13:05"),
        ("en", 9, "Monday 30 November at 09:05"),
        ("en", 1, "Monday 30 November at 01:05"),
    ],
)
def test_an_hour_brings_its_own_preposition(language: str, hour: int, said: str) -> None:
    assert opening(datetime(2026, 11, 30, hour, 5), language) == said  # noqa: DTZ001 - on a wall


@pytest.mark.parametrize(
    ("texts", "language", "said", "tongue"),
    [
        ({"it": "Ciao", "es": "Hola"}, "es-AR", "Hola", "es"),
        ({"it": "Ciao", "es": "Hola"}, "en", "Ciao", "it"),
        ({"es": "Hola"}, "en", "Hola", "es"),
        ({"it": "Ciao", "es": "Hola"}, None, "Ciao", "it"),
        ({"it": "Torniamo {opening}"}, "de", "Torniamo lunedì 30 novembre alle 9:00", "it"),
        ({"it": ""}, "en", "Thank you for your message.", "en"),
    ],
)
def test_a_company_speaks_to_each_in_the_words_that_come_nearest(
    texts: dict[str, str], language: str | None, said: str, tongue: str
) -> None:
    away = Away(OpeningHours((), frozenset(), "Europe/Rome"), "it", texts=texts)
    assert away.words(datetime(2026, 11, 30, 8, tzinfo=UTC), language).startswith(said)
    assert away.tongue(language) == tongue
