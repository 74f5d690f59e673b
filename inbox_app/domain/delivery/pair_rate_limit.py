"""How fast messages may go to one person, where a channel limits that: kept before it says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple


class PairRate(NamedTuple):
    """One message in each ``every`` in the long run, and ``burst`` at once, borrowed from the time
    to come."""

    burst: int
    every: timedelta


@dataclass(slots=True)
class _Pair:
    rate: PairRate
    left: float
    at: datetime


class PairRateLimit:
    """Counts what went to each person lately. Forgets who has rested enough."""

    def __init__(self) -> None:
        self._pairs: dict[int, _Pair] = {}

    def take(self, conversation_id: int, rate: PairRate | None, now: datetime) -> timedelta:
        """Zero: it may leave now, and is counted. Otherwise how long it has to wait."""
        if rate is None:
            return timedelta(0)
        pair = self._pairs.setdefault(conversation_id, _Pair(rate, float(rate.burst), now))
        _refill(pair, now)
        if pair.left < 1:
            return (1 - pair.left) * rate.every
        pair.left -= 1
        return timedelta(0)

    def forget_rested(self, now: datetime) -> None:
        """Drop the pairs that are as if nothing had ever been sent."""
        for conversation_id, pair in list(self._pairs.items()):
            _refill(pair, now)
            if pair.left >= pair.rate.burst:
                del self._pairs[conversation_id]


def _refill(pair: _Pair, now: datetime) -> None:
    """A clock that was set back must not have anybody wait for it to come round again."""
    passed = max(timedelta(0), now - pair.at)
    pair.left = min(pair.rate.burst, pair.left + passed / pair.rate.every)
    pair.at = now
