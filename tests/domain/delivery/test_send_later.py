"""When a text may wait for its time (M10)."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.delivery.send_later import FURTHEST, LaterProblem, due_at, problem
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import Control, Decision, Reason

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "instant"),
    [
        ("2026-11-28T09:00", "Europe/Rome", datetime(2026, 11, 28, 8, 0, tzinfo=UTC)),
        ("2026-11-28T09:00", "America/New_York", datetime(2026, 11, 28, 14, 0, tzinfo=UTC)),
        # The night on which clocks go back: the first of the two.
        ("2026-10-25T02:30", "Europe/Rome", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # The night on which they go forward: the hour after the one that is skipped.
        ("2026-03-29T02:30", "Europe/Rome", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("tomorrow", "Europe/Rome", None),
        ("", "Europe/Rome", None),
        ("2026-11-28T09:00+05:00", "Europe/Rome", None),
        ("0001-01-01T00:00", "Pacific/Auckland", None),
    ],
)
def test_a_time_on_the_wall_there_is_an_instant(
    local: str, zone: str, instant: datetime | None
) -> None:
    assert due_at(local, zone) == instant


def _foot(control: Control) -> Decision:
    return Decision(
        control=control,
        reason=Reason.WINDOW_EXPIRED,
        window=WindowState.CLOSED,
        closes_at=None,
    )


@pytest.mark.parametrize(
    ("due", "control", "fallback", "expected"),
    [
        (NOW + timedelta(minutes=1), Control.COMPOSER, False, None),
        (NOW + timedelta(days=2), Control.SEND_TEMPLATE, True, None),
        (NOW + timedelta(days=2), Control.SEND_TEMPLATE, False, LaterProblem.NEEDS_FALLBACK),
        (NOW, Control.COMPOSER, True, LaterProblem.PAST),
        (NOW + FURTHEST + timedelta(minutes=1), Control.COMPOSER, True, LaterProblem.TOO_FAR),
        (None, Control.COMPOSER, True, LaterProblem.NO_TIME),
    ],
)
def test_why_a_text_cannot_wait(
    due: datetime | None, control: Control, fallback: bool, expected: LaterProblem | None
) -> None:
    assert problem(due, _foot(control), NOW, fallback=fallback) is expected
