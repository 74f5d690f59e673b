"""To do, snoozed, done (P8)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.triage import (
    DONE,
    Snooze,
    SnoozeFacts,
    SnoozeProblem,
    SnoozeRefusedError,
    Standing,
)
from inbox_app.domain.messages import MessageKind

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
EARLIER, LATER = NOW - timedelta(hours=3), NOW + timedelta(hours=3)
WAITS = Standing(waiting_since=EARLIER)
TOMORROW = Standing(waiting_since=EARLIER, snooze=Snooze.TIME, snoozed_until=LATER)
A_REMINDER = Standing(snooze=Snooze.CHECK_IN, snoozed_until=LATER)
IN_TIME = Standing(waiting_since=EARLIER, snooze=Snooze.WINDOW, snoozed_until=LATER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DONE, Standing(waiting_since=NOW)),
        (WAITS, WAITS),
        (TOMORROW, WAITS),
        (A_REMINDER, Standing(waiting_since=NOW)),
    ],
)
def test_who_writes_makes_it_to_do_since_their_first_word(
    before: Standing, after: Standing
) -> None:
    assert triage.asked(before, NOW) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WAITS, DONE),
        (IN_TIME, DONE),
        (A_REMINDER, A_REMINDER),
        (TOMORROW, Standing(snooze=Snooze.TIME, snoozed_until=LATER)),
        (Standing(snooze=Snooze.ANSWER), Standing(snooze=Snooze.ANSWER)),
        (Standing(waiting_since=EARLIER, reopened_at=EARLIER), DONE),
    ],
)
def test_an_answer_settles_what_is_owed_and_no_reminder(before: Standing, after: Standing) -> None:
    assert triage.answered(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TOMORROW, WAITS),
        (A_REMINDER, Standing(waiting_since=NOW, reopened_at=NOW)),
        (DONE, Standing(waiting_since=NOW, reopened_at=NOW)),
        (WAITS, WAITS),
    ],
)
def test_what_wakes_or_is_reopened_waits_since_then_unless_somebody_waits_already(
    before: Standing, after: Standing
) -> None:
    assert triage.to_do(before, NOW) == after


FACTS = SnoozeFacts(
    closes_at=NOW + timedelta(hours=5),
    check_in=NOW + timedelta(days=2),
    check_out=NOW + timedelta(days=5),
)


@pytest.mark.parametrize(
    ("snooze", "given_", "until"),
    [
        (Snooze.TIME, LATER, LATER),
        (Snooze.CHECK_IN, None, NOW + timedelta(days=2)),
        (Snooze.CHECK_OUT, None, NOW + timedelta(days=5)),
        (Snooze.ANSWER, None, None),
        (Snooze.WINDOW, None, NOW + timedelta(hours=3)),
    ],
)
def test_each_snooze_has_its_moment(
    snooze: Snooze, given_: datetime | None, until: datetime | None
) -> None:
    assert triage.wakes_at(snooze, FACTS, NOW, given_) == until


@pytest.mark.parametrize(
    ("snooze", "facts", "given_", "problem"),
    [
        (Snooze.TIME, FACTS, None, SnoozeProblem.NO_TIME),
        (Snooze.TIME, FACTS, NOW, SnoozeProblem.PAST),
        (Snooze.TIME, FACTS, NOW + timedelta(days=366), SnoozeProblem.TOO_FAR),
        (Snooze.CHECK_IN, SnoozeFacts(), None, SnoozeProblem.NO_STAY),
        (Snooze.CHECK_IN, SnoozeFacts(check_in=EARLIER), None, SnoozeProblem.PAST),
        (Snooze.CHECK_OUT, SnoozeFacts(), None, SnoozeProblem.NO_STAY),
        (Snooze.WINDOW, SnoozeFacts(), None, SnoozeProblem.NO_WINDOW),
        (Snooze.WINDOW, SnoozeFacts(NOW + timedelta(hours=2)), None, SnoozeProblem.PAST),
    ],
)
def test_what_cannot_be_waited_for_says_why(
    snooze: Snooze, facts: SnoozeFacts, given_: datetime | None, problem: SnoozeProblem
) -> None:
    with pytest.raises(SnoozeRefusedError) as refused:
        triage.wakes_at(snooze, facts, NOW, given_)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("kind", "concerns", "asks"),
    [
        (MessageKind.TEXT, None, True),
        (MessageKind.UNSUPPORTED, None, True),
        (MessageKind.UNSUPPORTED, "wamid.1", False),
        (MessageKind.SYSTEM, None, False),
    ],
)
def test_a_reaction_or_a_notice_asks_for_nothing(
    kind: MessageKind, concerns: str | None, *, asks: bool
) -> None:
    assert triage.asks(kind, concerns) is asks


HOURS = st.integers(1, 24 * 60)


@given(waited=HOURS, left=HOURS, longer=HOURS)
def test_waiting_longer_or_having_less_time_left_comes_first(
    waited: int, left: int, longer: int
) -> None:
    minutes = timedelta(minutes=1)
    since, closes = NOW - waited * minutes, NOW + left * minutes
    place = triage.answer_by(since, closes)
    assert triage.answer_by(since - longer * minutes, closes) < place
    assert triage.answer_by(since, closes + longer * minutes) > place


def test_a_wait_that_began_without_a_window_counts_as_if_one_had_opened() -> None:
    assert triage.answer_by(NOW, EARLIER) == triage.answer_by(NOW, None)
    assert triage.answer_by(NOW, None) == NOW + timedelta(hours=12)
