"""Delivery statuses, limits, and texts that strangers wrote (M2, M6)."""

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.messages import (
    MAX_PREVIEW,
    MAX_TEXT,
    DeliveryStatus,
    MessageKind,
    TextProblem,
    advance,
    clean_line,
    clean_text,
    preview,
    text_problem,
)

statuses = st.sampled_from(DeliveryStatus)
Q, U, S, D, R, F = (
    DeliveryStatus.QUEUED,
    DeliveryStatus.UNKNOWN,
    DeliveryStatus.SENT,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.READ,
    DeliveryStatus.FAILED,
)


@pytest.mark.parametrize(
    ("current", "incoming", "result"),
    [
        (Q, S, S),
        (Q, R, R),
        (S, D, D),
        (D, S, D),
        (R, D, R),
        (R, S, R),
        (S, F, F),
        (F, S, F),
        (F, D, D),
        (F, R, R),
        (D, F, D),
        (R, F, R),
        (Q, U, U),
        (U, S, S),
        (U, F, F),
        (U, D, D),
        (U, Q, U),
        (S, U, S),
        (F, U, F),
        (S, Q, S),
    ],
)
def test_a_status_only_advances(
    current: DeliveryStatus, incoming: DeliveryStatus, result: DeliveryStatus
) -> None:
    assert advance(current, incoming) is result


@given(st.lists(statuses, min_size=1).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_the_order_of_statuses_makes_no_difference(
    orders: tuple[list[DeliveryStatus], list[DeliveryStatus]],
) -> None:
    one, other = (functools.reduce(advance, order, Q) for order in orders)
    assert one is other


@given(current=statuses, incoming=statuses)
def test_a_status_never_goes_back_and_stays_when_repeated(
    current: DeliveryStatus, incoming: DeliveryStatus
) -> None:
    after = advance(current, incoming)
    assert after.rank >= current.rank
    assert advance(after, incoming) is after


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ciao", None),
        ("👍", None),
        ("x" * MAX_TEXT, None),
        ("x" * (MAX_TEXT + 1), TextProblem.TOO_LONG),
        ("", TextProblem.EMPTY),
        (" \n\t\u00a0", TextProblem.EMPTY),
        ("\u200b\u2060", TextProblem.EMPTY),
    ],
)
def test_what_may_be_sent_as_text(text: str, problem: TextProblem | None) -> None:
    assert text_problem(text) is problem


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("\x1b[31mred", "[31mred"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("tab\there", "tab\there"),
        ("👨‍👩‍👧 שלום مرحبا \u200f", "👨‍👩‍👧 שלום مرحبا \u200f"),
        ("  kept  ", "  kept  "),
    ],
)
def test_a_text_is_cleaned_of_what_cannot_be_stored_only(hostile: str, clean: str) -> None:
    assert clean_text(hostile) == clean


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_stored_after_cleaning(text: str) -> None:
    clean = clean_text(text)
    assert "\x00" not in clean
    assert clean.encode().decode() == clean
    assert clean_text(clean) == clean


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  one\n\n two\t three ", "one two three"),
        ("one\u2028two", "one two"),
        ("file\u202egpj.exe", "filegpj.exe"),
        ("\u2066inner\u2069", "inner"),
        ("مرحبا\u200f!", "مرحبا\u200f!"),
    ],
)
def test_a_line_is_one_line_that_moves_nothing_around_it(text: str, line: str) -> None:
    assert clean_line(text) == line


def test_a_preview_is_cut_between_characters() -> None:
    cut = preview(MessageKind.TEXT, "è " * 400).text
    assert len(cut) <= MAX_PREVIEW
    assert cut.endswith("…")
    family = "x" * (MAX_PREVIEW - 3) + "👨‍👩‍👧"
    assert preview(MessageKind.TEXT, family).text == "x" * (MAX_PREVIEW - 3) + "👨…"
    accented = "x" * (MAX_PREVIEW - 2) + "e\u0301" + "x"
    assert preview(MessageKind.TEXT, accented).text == "x" * (MAX_PREVIEW - 2) + "…"


def test_a_message_without_text_is_previewed_by_its_name() -> None:
    assert preview(MessageKind.DOCUMENT, None, name="fattura.pdf").text == "fattura.pdf"
    assert preview(MessageKind.DOCUMENT, "eccola", name="fattura.pdf").text == "eccola"
    assert preview(MessageKind.DOCUMENT, "\u200b", name="fattura.pdf").text == "fattura.pdf"
    assert preview(MessageKind.TEXT, "\u2800\u2800").text == ""
    poll = preview(MessageKind.UNSUPPORTED, unsupported_type="poll_creation")
    assert (poll.kind, poll.text, poll.unsupported_type) == (
        MessageKind.UNSUPPORTED,
        "",
        "poll_creation",
    )
