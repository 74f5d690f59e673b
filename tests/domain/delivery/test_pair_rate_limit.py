"""How fast one person may be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.delivery.pair_rate_limit import PairRate, PairRateLimit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RATE = PairRate(burst=45, every=timedelta(seconds=6))
EVERY, AT_ONCE = RATE.every, timedelta(0)


@pytest.fixture
def limit() -> PairRateLimit:
    """A burst was sent to the first conversation."""
    limit = PairRateLimit()
    assert not any(limit.take(1, RATE, NOW) for _ in range(RATE.burst))
    return limit


def test_a_burst_to_one_person_is_paid_back_over_time(limit: PairRateLimit) -> None:
    assert limit.take(1, RATE, NOW) == EVERY
    assert limit.take(1, RATE, NOW + EVERY / 2) == EVERY / 2
    assert limit.take(2, RATE, NOW) == AT_ONCE
    assert limit.take(1, RATE, NOW + EVERY) == AT_ONCE
    assert limit.take(1, RATE, NOW + EVERY) == EVERY


def test_where_a_channel_sets_no_limit_nobody_waits(limit: PairRateLimit) -> None:
    assert limit.take(1, None, NOW) == AT_ONCE


@pytest.mark.parametrize("step", [timedelta(seconds=2), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_makes_nobody_wait_longer_than_the_interval(
    limit: PairRateLimit, step: timedelta
) -> None:
    back = NOW - step

    assert limit.take(1, RATE, back) == EVERY
    assert limit.take(1, RATE, back + EVERY) == AT_ONCE


def test_a_clock_set_back_gives_no_second_burst(limit: PairRateLimit) -> None:
    back = NOW - timedelta(hours=1)

    limit.forget_rested(back)

    assert limit.take(1, RATE, back) == EVERY


def test_who_has_rested_is_forgotten_and_starts_afresh(limit: PairRateLimit) -> None:
    later = NOW + RATE.burst * EVERY

    limit.forget_rested(later)

    assert not any(limit.take(1, RATE, later) for _ in range(RATE.burst))
