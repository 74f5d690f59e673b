"""When a message may go out again, and how fast messages may leave at all."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.domain.pair_rate_limit import BURST, EVERY, PairRateLimit
from inbox_app.domain.retries import may_retry, pause_before, pause_of_a_pair

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


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 4), (2, 16), (3, 64), (4, 256), (9, 256)])
def test_a_limited_pair_waits_as_meta_says(attempt: int, seconds: float) -> None:
    assert pause_of_a_pair(attempt) == timedelta(seconds=seconds)


def test_a_burst_to_one_person_is_paid_back_over_time() -> None:
    pace = PairRateLimit()
    assert not any(pace.take(1, NOW) for _ in range(BURST))

    assert pace.take(1, NOW) == EVERY
    assert pace.take(1, NOW + EVERY / 2) == EVERY / 2
    assert pace.take(2, NOW) == timedelta(0)
    assert pace.take(1, NOW + EVERY) == timedelta(0)
    assert pace.take(1, NOW + EVERY) == EVERY


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_interval() -> None:
    pace = PairRateLimit()
    for _ in range(BURST):
        pace.take(1, NOW)
    back = NOW - timedelta(hours=1)

    assert pace.take(1, back) == EVERY
    assert pace.take(1, back + EVERY) == timedelta(0)


def test_who_has_rested_is_forgotten_and_starts_afresh() -> None:
    pace = PairRateLimit()
    for _ in range(BURST):
        pace.take(1, NOW)
    later = NOW + BURST * EVERY

    pace.forget_rested(later)

    assert not any(pace.take(1, later) for _ in range(BURST))
