"""What WhatsApp would make a link of, and what only looks like one (M9)."""

import pytest

from inbox_app.domain.links import has_link, links

LINKS = [
    "http://x.it",
    "HTTPS://CASEDELSOLE.IT",
    "ftp://a.b",
    "whatsapp://send",
    "vedi www.casa",
    "WWW.CASA.IT",
    "casedelsole.it",
    "Prenota su casedelsole.it.",
    "casa-sole.com, grazie",
    "(booking.com)",
    "BOOKING.COM",
    "città.it",
    "sub.casa.co.uk",
    "wa.me/39347",
    "vai su t.me",
    "bit.do/abc",
    "casa.no/prenota",
    "info@casa.it oppure casa.it",
]


@pytest.mark.parametrize("text", LINKS)
def test_an_address_of_the_web_is_one_however_it_is_written(text: str) -> None:
    assert has_link(text)


LOOKALIKES = [
    "",
    "www",
    "e.g. 14.30",
    "p.es. domani",
    "dalle 14.30 alle 18.00, ore 9.30/10.00",
    "1.500,00 euro",
    "ok.Vediamoci",
    "ok.It is fine",
    "va bene.se vuole",
    "ecc. e così via…com è bello",
    "S.p.A. Sig.ra Rossi N.B.",
    "a.m./p.m.",
    "e/o, and/or",
    "contratto.pdf",
    "info@casedelsole.it",
    "mario.rossi.it@gmail.com",
    "x+y.it@z.com",
    "a@case-sole.it",
]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not has_link(text)


def test_each_is_named_once_without_the_punctuation_around_it() -> None:
    text = "Vedi casa.it, poi (http://a.b/c?d). E ancora casa.it!"
    assert links(text) == ("casa.it", "http://a.b/c?d")
