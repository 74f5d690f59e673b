"""The table of docs/requirements.md B, row by row and in its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.channels.whatsapp.controls import TABLE, decide
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import (
    Control,
    Facts,
    PhoneOnFile,
    Reason,
    may_retry,
    may_send_template,
    may_send_text,
    proposal,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GOOD = PhoneOnFile("+39 347 1234567", "+393471234567")
OTHER = PhoneOnFile("+34 600 123 123", "+34600123123")
BAD = PhoneOnFile("3471234567", None)


def ago(**kwargs: float) -> datetime:
    return NOW - timedelta(**kwargs)


OPEN = Facts(now=NOW, last_inbound_at=ago(hours=1))
CLOSED = Facts(now=NOW, last_inbound_at=ago(hours=30))
NEVER = Facts(now=NOW)
NO_ADDRESS = Facts(now=NOW, has_address=False)

ROWS: list[tuple[str, Facts, Control, Reason]] = [
    ("B1", replace(OPEN, connected=False), Control.CONNECT_ACCOUNT, Reason.NOT_CONNECTED),
    (
        "B2",
        replace(OPEN, credentials_refused=True),
        Control.RECONNECT_ACCOUNT,
        Reason.CREDENTIALS_REFUSED,
    ),
    ("group", replace(OPEN, group=True), Control.BLOCKED, Reason.GROUP),
    ("A6", replace(OPEN, erased=True), Control.BLOCKED, Reason.ERASED),
    ("B3", replace(OPEN, blocked=True), Control.BLOCKED, Reason.BLOCKED_BY_US),
    ("B4", NO_ADDRESS, Control.ADD_PHONE, Reason.NO_PHONE),
    ("B5", replace(NO_ADDRESS, phones=(BAD,)), Control.ADD_PHONE, Reason.PHONE_UNUSABLE),
    (
        "B5 own number",
        replace(NO_ADDRESS, phones=(GOOD,), own_number=GOOD.e164),
        Control.ADD_PHONE,
        Reason.PHONE_UNUSABLE,
    ),
    (
        "B5 chosen one is bad",
        replace(NO_ADDRESS, phones=(GOOD, replace(BAD, chosen=True))),
        Control.ADD_PHONE,
        Reason.PHONE_UNUSABLE,
    ),
    ("B6", replace(NO_ADDRESS, phones=(GOOD, OTHER)), Control.ADD_PHONE, Reason.PHONE_NOT_CHOSEN),
    (
        "B6 one of them is bad",
        replace(NO_ADDRESS, phones=(GOOD, BAD)),
        Control.ADD_PHONE,
        Reason.PHONE_NOT_CHOSEN,
    ),
    (
        "B7 open",
        replace(OPEN, undeliverable_at=ago(minutes=5)),
        Control.FIX_NUMBER,
        Reason.UNDELIVERABLE,
    ),
    (
        "B7 never",
        replace(NEVER, undeliverable_at=ago(minutes=5)),
        Control.FIX_NUMBER,
        Reason.UNDELIVERABLE,
    ),
    (
        "B7 answered since",
        replace(OPEN, undeliverable_at=ago(hours=2)),
        Control.COMPOSER,
        Reason.WINDOW_OPEN,
    ),
    (
        "B7 in the very second",
        replace(OPEN, undeliverable_at=ago(hours=1)),
        Control.FIX_NUMBER,
        Reason.UNDELIVERABLE,
    ),
    (
        "B8 since it closed",
        replace(CLOSED, template_sent_at=ago(hours=1)),
        Control.SEND_TEMPLATE,
        Reason.TEMPLATE_WAITING,
    ),
    (
        "B8 at the moment it closed",
        replace(CLOSED, template_sent_at=ago(hours=6)),
        Control.SEND_TEMPLATE,
        Reason.TEMPLATE_WAITING,
    ),
    (
        "B8 before it ever opened",
        replace(NEVER, template_sent_at=ago(days=3)),
        Control.SEND_TEMPLATE,
        Reason.TEMPLATE_WAITING,
    ),
    (
        "B8 after Meta said it was closed",
        replace(OPEN, reengagement_at=ago(minutes=20), template_sent_at=ago(minutes=10)),
        Control.SEND_TEMPLATE,
        Reason.TEMPLATE_WAITING,
    ),
    (
        "B8 not: sent while it was open",
        replace(CLOSED, template_sent_at=ago(hours=7)),
        Control.SEND_TEMPLATE,
        Reason.WINDOW_EXPIRED,
    ),
    (
        "B8 not: answered since",
        replace(OPEN, template_sent_at=ago(hours=2)),
        Control.COMPOSER,
        Reason.WINDOW_OPEN,
    ),
    (
        "B9",
        replace(OPEN, reengagement_at=ago(minutes=5)),
        Control.SEND_TEMPLATE,
        Reason.REENGAGEMENT_NEEDED,
    ),
    (
        "B9 not: wrote since",
        replace(OPEN, reengagement_at=ago(hours=2)),
        Control.COMPOSER,
        Reason.WINDOW_OPEN,
    ),
    ("B10", NEVER, Control.SEND_TEMPLATE, Reason.NEVER_WROTE),
    (
        "B10 for an actor with one good phone",
        replace(NO_ADDRESS, phones=(GOOD,)),
        Control.SEND_TEMPLATE,
        Reason.NEVER_WROTE,
    ),
    (
        "B10 for an actor who chose",
        replace(NO_ADDRESS, phones=(BAD, replace(GOOD, chosen=True))),
        Control.SEND_TEMPLATE,
        Reason.NEVER_WROTE,
    ),
    ("B11", CLOSED, Control.SEND_TEMPLATE, Reason.WINDOW_EXPIRED),
    (
        "B11 to the second",
        replace(NEVER, last_inbound_at=ago(hours=24)),
        Control.SEND_TEMPLATE,
        Reason.WINDOW_EXPIRED,
    ),
    ("B12", OPEN, Control.COMPOSER, Reason.WINDOW_OPEN),
    (
        "B12 to the last second",
        replace(NEVER, last_inbound_at=ago(hours=24) + timedelta(seconds=1)),
        Control.COMPOSER,
        Reason.WINDOW_OPEN,
    ),
]


@pytest.mark.parametrize(("row", "facts", "control", "reason"), ROWS, ids=[r[0] for r in ROWS])
def test_the_control_at_the_foot(row: str, facts: Facts, control: Control, reason: Reason) -> None:
    decision = decide(facts)
    assert (decision.control, decision.reason) == (control, reason)


def test_every_reason_has_its_row_and_its_example() -> None:
    """But for what a channel without a window says."""
    assert [*(row.reason for row in TABLE), Reason.NO_WINDOW] == list(Reason)
    assert {reason for _, _, _, reason in ROWS} == set(Reason) - {Reason.NO_WINDOW}


@pytest.mark.parametrize("phones", [(), (BAD,), (GOOD, OTHER), (GOOD,)])
def test_who_wrote_to_us_never_needs_a_phone(phones: tuple[PhoneOnFile, ...]) -> None:
    """B14, however odd those on file look."""
    assert decide(replace(OPEN, phones=phones)).control is Control.COMPOSER


WORST: dict[str, Any] = {
    "connected": False,
    "credentials_refused": True,
    "group": True,
    "erased": True,
    "blocked": True,
    "has_address": False,
    "undeliverable_at": NOW,
    "template_sent_at": NOW,
    "reengagement_at": NOW,
}
CURES: list[tuple[Reason, dict[str, Any]]] = [
    (Reason.NOT_CONNECTED, {"connected": True}),
    (Reason.CREDENTIALS_REFUSED, {"credentials_refused": False}),
    (Reason.GROUP, {"group": False}),
    (Reason.ERASED, {"erased": False}),
    (Reason.BLOCKED_BY_US, {"blocked": False}),
    (Reason.NO_PHONE, {"phones": (BAD, BAD)}),
    (Reason.PHONE_UNUSABLE, {"phones": (GOOD, OTHER)}),
    (Reason.PHONE_NOT_CHOSEN, {"phones": (replace(GOOD, chosen=True), OTHER)}),
    (Reason.UNDELIVERABLE, {"undeliverable_at": None}),
    (Reason.TEMPLATE_WAITING, {"template_sent_at": None}),
    (Reason.REENGAGEMENT_NEEDED, {"reengagement_at": None}),
    (Reason.NEVER_WROTE, {"last_inbound_at": ago(hours=25)}),
    (Reason.WINDOW_EXPIRED, {"last_inbound_at": NOW}),
]


def test_each_cure_uncovers_the_next_reason() -> None:
    facts = Facts(now=NOW, **WORST)
    for reason, cure in CURES:
        assert decide(facts).reason is reason
        facts = replace(facts, **cure)
    assert decide(facts).reason is Reason.WINDOW_OPEN


def test_an_unusable_phone_comes_with_a_proposal() -> None:
    facts = replace(NO_ADDRESS, phones=(BAD,), countries=("IT", "DE"))
    assert decide(facts).proposal == "+393471234567"
    assert decide(replace(facts, own_number="+393471234567")).proposal is None
    assert decide(replace(facts, phones=(PhoneOnFile("12", None),))).proposal is None


def test_the_account_s_own_number_is_never_proposed() -> None:
    facts = replace(NO_ADDRESS, countries=("IT",), own_number="+39 080 555 0100")
    for raw in ("080 555 0100", "+39 080 555 0100"):
        assert proposal(raw, facts) is None
    assert proposal("080 555 0200", facts) == "+390805550200"


def test_a_decision_tells_what_its_sentence_needs() -> None:
    waiting = decide(replace(CLOSED, template_sent_at=ago(hours=1)))
    assert waiting.template_sent_at == ago(hours=1)
    assert waiting.window is WindowState.CLOSED
    assert waiting.closes_at == ago(hours=6)
    assert decide(replace(CLOSED, template_sent_at=ago(hours=9))).template_sent_at is None
    assert decide(replace(NO_ADDRESS, phones=(GOOD, OTHER))).choices == (GOOD, OTHER)


def test_a_failed_text_may_be_tried_again_while_the_window_is_open() -> None:
    undelivered = replace(OPEN, undeliverable_at=NOW)
    assert may_retry(MessageKind.TEXT, decide(undelivered))
    assert not may_send_text(decide(undelivered))
    for shut in (replace(CLOSED, undeliverable_at=NOW), replace(undelivered, reengagement_at=NOW)):
        assert not may_retry(MessageKind.TEXT, decide(shut))
        assert may_retry(MessageKind.TEMPLATE, decide(shut))
    assert not may_retry(MessageKind.VIDEO, decide(OPEN))


def test_meta_may_close_a_window_before_its_time() -> None:
    shut = decide(replace(OPEN, reengagement_at=ago(minutes=20)))
    assert (shut.window, shut.closes_at) == (WindowState.CLOSED, ago(minutes=20))
    late = decide(replace(CLOSED, reengagement_at=ago(minutes=20)))
    assert (late.window, late.closes_at) == (WindowState.CLOSED, ago(hours=6))
    never = decide(replace(NEVER, reengagement_at=ago(minutes=20)))
    assert (never.window, never.closes_at) == (WindowState.NEVER, None)


times = st.none() | st.integers(-60, 60).map(lambda hours: NOW - timedelta(hours=hours))
anything = st.builds(
    Facts,
    now=st.just(NOW),
    connected=st.booleans(),
    credentials_refused=st.booleans(),
    group=st.booleans(),
    blocked=st.booleans(),
    has_address=st.booleans(),
    phones=st.lists(st.sampled_from([GOOD, OTHER, BAD]), max_size=3).map(tuple),
    last_inbound_at=times,
    undeliverable_at=times,
    template_sent_at=times,
    reengagement_at=times,
)


@given(anything)
def test_free_text_never_goes_out_of_a_closed_window(facts: Facts) -> None:
    decision = decide(facts)
    if may_send_text(decision) or may_retry(MessageKind.TEXT, decision):
        assert decision.window is WindowState.OPEN
        assert may_send_template(decision) or decision.control is Control.FIX_NUMBER
