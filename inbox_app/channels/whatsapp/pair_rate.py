"""How fast Meta lets us write to one person (docs/whatsapp.md §12)."""

from datetime import timedelta

from inbox_app.domain.delivery.pair_rate_limit import PairRate

PAIR_RATE = PairRate(burst=45, every=timedelta(seconds=6))
"""Past it she answers 131056."""


def pause_after_limit(attempt: int) -> timedelta:
    """Meta's rule after 131056, too many messages to one person: 4^n seconds, here at most 256."""
    return timedelta(seconds=4 ** min(max(attempt, 1), 4))
