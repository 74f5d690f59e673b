"""When a message may go out again."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.delivery.retries import may_retry, pause_before
from inbox_app.domain.messages import DeliveryStatus

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("status", "ago", "offered"),
    [
        (DeliveryStatus.FAILED, timedelta(0), True),
        (DeliveryStatus.UNKNOWN, TEN_MINUTES - timedelta(seconds=1), False),
        (DeliveryStatus.UNKNOWN, TEN_MINUTES, True),
        (DeliveryStatus.QUEUED, TEN_MINUTES, False),
        (DeliveryStatus.SENT, TEN_MINUTES, False),
        (DeliveryStatus.READ, TEN_MINUTES, False),
        (None, TEN_MINUTES, False),
    ],
)
def test_riprova_is_offered(status: DeliveryStatus | None, ago: timedelta, offered: bool) -> None:
    assert may_retry(status, NOW - ago, NOW) is offered


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 1), (2, 2), (3, 4), (7, 64), (8, 120), (12, 120), (10**9, 120)]
)
def test_pauses_grow_up_to_two_minutes_and_are_spread(attempt: int, seconds: float) -> None:
    assert pause_before(attempt, 1) == timedelta(seconds=seconds)
    assert pause_before(attempt, 0) == timedelta(seconds=seconds / 2)
