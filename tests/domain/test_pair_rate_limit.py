"""How fast one person may be written to."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.pair_rate_limit import BURST, EVERY, PairRateLimit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_burst_was_sent() -> PairRateLimit:
    pace = PairRateLimit()
    for _ in range(BURST):
        assert not pace.take(1, NOW)
    return pace


def test_after_a_burst_one_message_leaves_in_each_interval() -> None:
    pace = a_burst_was_sent()

    assert pace.take(1, NOW) == EVERY
    assert not pace.take(1, NOW + EVERY)
    assert pace.take(1, NOW + EVERY) == EVERY


@pytest.mark.parametrize("step", [timedelta(seconds=2), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_set_back_makes_nobody_wait_longer_than_the_interval(step: timedelta) -> None:
    pace, back = a_burst_was_sent(), NOW - step

    assert pace.take(1, back) == EVERY
    assert not pace.take(1, back + EVERY)


def test_a_clock_set_back_gives_no_second_burst() -> None:
    pace, back = a_burst_was_sent(), NOW - timedelta(hours=1)

    pace.forget_rested(back)

    assert pace.take(1, back) == EVERY
