"""How fast messages may leave: Meta's limits, kept before Meta has to say so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BURST = 45
"""Messages that may go to one person at once, borrowed from the time to come."""
EVERY = timedelta(seconds=6)
"""One message to one person in the long run; past that Meta answers 131056."""


@dataclass(slots=True)
class _Pair:
    left: float
    at: datetime


class PairRateLimit:
    """Counts what went to each person lately. Forgets who has rested enough."""

    def __init__(self) -> None:
        self._pairs: dict[int, _Pair] = {}

    def take(self, conversation_id: int, now: datetime) -> timedelta:
        """Zero: it may leave now, and is counted. Otherwise how long it has to wait."""
        left = self._left(conversation_id, now)
        if left < 1:
            return (1 - left) * EVERY
        self._pairs[conversation_id] = _Pair(left - 1, now)
        return timedelta(0)

    def forget_rested(self, now: datetime) -> None:
        """Drop the pairs that are as if nothing had ever been sent."""
        rested = [pair for pair in self._pairs if self._left(pair, now) >= BURST]
        for pair in rested:
            del self._pairs[pair]

    def _left(self, conversation_id: int, now: datetime) -> float:
        pair = self._pairs.get(conversation_id)
        if pair is None:
            return float(BURST)
        # A clock that was set back must not have anybody wait for it to come round again.
        pair.at = min(pair.at, now)
        return min(BURST, pair.left + (now - pair.at) / EVERY)
