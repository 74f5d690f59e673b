"""How fast Meta lets us write to one person."""

from datetime import timedelta

import pytest

from inbox_app.channels.whatsapp.pair_rate import pause_after_limit


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 4), (2, 16), (3, 64), (4, 256), (9, 256)])
def test_a_limited_pair_waits_as_meta_says(attempt: int, seconds: float) -> None:
    assert pause_after_limit(attempt) == timedelta(seconds=seconds)
