"""Rules that the browser applies while one types or waits are those of the server."""

import sys
import unicodedata
from datetime import UTC, datetime, timedelta

from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.domain import reply_window
from inbox_app.domain.reply_window import WindowPhase
from inbox_app.domain.texts import is_blank
from tests.support.node import in_node

LEVELS = {
    WindowPhase.NEUTRAL: "calm",
    WindowPhase.AMBER: "closing-soon",
    WindowPhase.RED: "last-hour",
    WindowPhase.CLOSED: "closed",
}


def test_a_text_is_as_long_in_the_browser_as_on_the_server() -> None:
    texts = ["", "  Ciao\n", "👍", "👩\u200d🔧 in arrivo", "città", "x" * 1025]
    sizes = in_node("forms/typed.js", "a[0].map(module.size)", texts)
    assert sizes == [len(text.strip()) for text in texts]


def test_the_same_signs_leave_a_text_blank_in_the_browser_as_on_the_server() -> None:
    on_server = [sign for sign in range(sys.maxunicode + 1) if is_blank(chr(sign))]
    every_sign = "Array.from({length: 0x110000}, (_, sign) => sign)"
    blank = in_node(
        "forms/typed.js", f"{every_sign}.filter(s => module.isBlank(String.fromCodePoint(s)))"
    )
    # A browser may know a newer Unicode.
    assert [s for s in blank if unicodedata.category(chr(s)) != "Cn"] == on_server


def test_a_key_of_an_input_method_is_told_from_one_that_sends() -> None:
    keys = [
        {"key": "Enter", "keyCode": 13, "isComposing": False},
        {"key": "Enter", "keyCode": 13, "isComposing": True},
        {"key": "Enter", "keyCode": 229, "isComposing": False},
    ]
    assert in_node("forms/typed.js", "a[0].map(module.isComposing)", keys) == [False, True, True]


def test_a_window_is_as_urgent_in_the_browser_as_on_the_server() -> None:
    now = datetime(2026, 3, 29, tzinfo=UTC)
    turns = (timedelta(0), reply_window.RED_FROM, reply_window.AMBER_FROM, WINDOW)
    moment = timedelta(milliseconds=1)
    left = [turn + by for turn in turns for by in (-moment, timedelta(0), moment)]
    millis = [_millis(each) for each in left]
    in_browser = in_node("i18n/window_level.js", "a[0].map(module.level)", millis)
    on_server = [LEVELS[reply_window.phase(now - WINDOW + x, now, WINDOW)] for x in left]
    assert in_browser == on_server


def test_no_more_is_left_in_the_browser_than_the_window_is_long() -> None:
    spans = [timedelta(hours=-1), timedelta(hours=1), WINDOW, WINDOW + timedelta(hours=1)]
    left = in_node(
        "i18n/window_level.js",
        "a[0].map(ms => module.timeLeft(ms, a[1]))",
        [_millis(span) for span in spans],
        _millis(WINDOW),
    )
    now = datetime(2026, 3, 29, tzinfo=UTC)
    on_server = [reply_window.remaining(now - WINDOW + span, now, WINDOW) for span in spans]
    assert left == [_millis(each) for each in on_server]


def _millis(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
