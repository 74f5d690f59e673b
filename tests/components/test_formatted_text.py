"""What becomes of a text in a bubble: links that lead to the web only, and WhatsApp's own marks
(M9)."""

from typing import Any

import pytest

from inbox_app.domain.links import ENDINGS, has_link
from tests.domain.test_links import LINKS, LOOKALIKES
from tests.support.node import in_node, need_packages

SCRIPT = "inbox/thread/formatted_text.js"
LINKS_SCRIPT = "inbox/thread/links_in_text.js"
LIMIT_MS = 200
"""What a task of the page may take: of a processor's time, as the machine may be busy."""


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    need_packages()


def links(*texts: str) -> list[list[tuple[str, str]]]:
    """Of each text, the words of its links and where they lead."""
    found = in_node(
        LINKS_SCRIPT,
        "a[0].map(text => module.linksIn(text).map(l => [text.slice(l.from, l.to), l.href]))",
        texts,
    )
    return [[(words, href) for words, href in each] for each in found]


def parse(text: str) -> list[Any]:
    return in_node(LINKS_SCRIPT, "module.parseLinked(a[0])", text)


def test_links_are_those_of_the_server_but_for_schemes_that_do_not_lead_to_the_web() -> None:
    assert in_node(LINKS_SCRIPT, "module.ENDINGS") == ENDINGS.split()
    texts = [*LINKS, *LOOKALIKES]
    webs = [[href for _, href in each if href.lower().startswith("http")] for each in links(*texts)]
    apart = {text for text, web in zip(texts, webs, strict=True) if bool(web) != has_link(text)}
    assert apart == {"ftp://a.b", "whatsapp://send"}


LEADS = {
    "Https://booking.com/x": "Https://booking.com/x",
    "Www.airbnb.it": "https://Www.airbnb.it",
    "HTTPS://EXAMPLE.COM/A": "HTTPS://EXAMPLE.COM/A",
    "https://it.wikipedia.org/wiki/Roma_(disambigua)": (
        "https://it.wikipedia.org/wiki/Roma_(disambigua)"
    ),
    "maps.app.goo.gl/AbC123": "https://maps.app.goo.gl/AbC123",
    "ada.rossi+casa@case-sole.it": "mailto:ada.rossi+casa@case-sole.it",
    "https://a.it/x_y_z?q=*1*": "https://a.it/x_y_z?q=*1",
    "https://booking.com@evil.example/": "https://booking.com@evil.example/",
}


@pytest.mark.parametrize("text", LEADS)
def test_a_link_leads_where_its_words_say(text: str) -> None:
    (((words, href),),) = links(f"Ecco: {text}, grazie")[0:1]
    assert (text.startswith(words), href) == (True, LEADS[text])


@pytest.mark.parametrize(
    "text",
    [
        "awww.che bello",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//www",
        "data:text/html,<b>x</b>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "whatsapp://send?phone=39347",
        "//evil.example/x",
        "https://",
        "www.",
        "http://\u202emoc.live",
        "@casa",
        "a@b",
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_no_link(text: str) -> None:
    assert links(text) == [[]]


@pytest.mark.parametrize(
    "text", ["javascript:x//https://a.it", "x javascript:https://a.it", "<a href=https://a.it>"]
)
def test_no_link_leads_to_another_scheme(text: str) -> None:
    (found,) = links(text)
    assert all(href.startswith(("https://", "mailto:")) for _, href in found)


def test_marks_are_whatsapps() -> None:
    assert parse("*Ada* e _Bea_, ~no~ `x` ```y\n``` z") == [
        {"tag": "strong", "inside": ["Ada"]},
        " e ",
        {"tag": "em", "inside": ["Bea"]},
        ", ",
        {"tag": "s", "inside": ["no"]},
        " ",
        {"code": "x", "block": False},
        " ",
        {"code": "y", "block": True},
        "z",
    ]
    assert parse("2*3*4, snake_case_name, * no *") == ["2*3*4, snake_case_name, * no *"]
    nested = {"tag": "strong", "inside": ["a ", {"tag": "em", "inside": ["b"]}]}
    assert parse("*a _b_*") == [nested]


def test_a_line_of_the_list_has_marks_but_no_links() -> None:
    line = in_node(SCRIPT, "module.parse(a[0])", "*Ada*: https://a.it/_b_")
    assert line[0] == {"tag": "strong", "inside": ["Ada"]}
    assert not any("href" in part for part in line)


def test_the_signs_of_a_link_are_no_marks_and_marks_around_it_are() -> None:
    address = "https://a.it/_b_/~c~/"
    assert parse(f"_vedi {address} qui_") == [
        {"tag": "em", "inside": ["vedi ", {"href": address, "words": address}, " qui"]}
    ]
    bold = {"tag": "strong", "inside": [{"href": "https://casa.it", "words": "casa.it"}]}
    assert parse("*casa.it*") == [bold]
    assert parse("`casa.it`, casa.it") == [
        {"code": "casa.it", "block": False},
        ", ",
        {"href": "https://casa.it", "words": "casa.it"},
    ]


_PIECES = """
x x. x@ @ a@b abc. www. http:// http://a http://a.it/( a- mailto: * *x _a ` `x " a: [({ . ~*_ 😀
http://a.it/_ `a.it`
"""


HOSTILE = [
    *_PIECES.split(),
    *("a.it ", "*x ", "_a _", "``` ", "\n*", "*a_b~c ", "x" * 63 + "@", "x-" * 31 + "."),
]


def test_a_text_of_nothing_but_marks_and_links_is_drawn_in_a_bounded_number_of_pieces() -> None:
    assert len(parse("`x` https://a.it " * 3000)) < 2000


@pytest.mark.parametrize("word", ["x", "م", "\u0300", "مرحبا ", "👩\u200d🔧", "e\u0301"])
def test_a_long_text_is_laid_out_in_short_pieces_that_together_are_the_same(word: str) -> None:
    times = 65536 // len(word)
    pieces = in_node(SCRIPT, "module.inPieces(a[0].repeat(a[1]))", word, times)
    assert "".join(pieces) == word * times
    assert max(map(len, pieces)) < 300
    assert word == "\u0300" or not any(piece.startswith(("\u200d", "\u0301")) for piece in pieces)


def test_a_text_of_a_usual_length_is_one_piece() -> None:
    assert in_node(SCRIPT, "module.inPieces(a[0])", "Buongiorno " * 90) == ["Buongiorno " * 90]


@pytest.fixture(scope="module")
def slowest() -> dict[str, float]:
    """Milliseconds for 65,536 characters of each, the longest text that WhatsApp brings."""
    took = in_node(
        LINKS_SCRIPT,
        "a[0].map(piece => {"
        " const text = piece.repeat(65536 / piece.length);"
        " return Math.min(...[1, 2, 3].map(() => {"
        "  const start = process.cpuUsage();"
        "  module.parseLinked(text);"
        "  return process.cpuUsage(start).user / 1000; })); })",
        HOSTILE,
    )
    return dict(zip(HOSTILE, took, strict=True))


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_keeps_the_page_busy(slowest: dict[str, float], piece: str) -> None:
    assert slowest[piece] < LIMIT_MS
