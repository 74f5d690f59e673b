"""How many requests a key may make, and how many bad keys an address may show."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and one more each time so long has passed."""

    at_once: int
    every: timedelta


OF_KEY = Rate(1000, timedelta(milliseconds=20))
"""An import of a large property-management system: a thousand at once, fifty a second on and on."""
OF_BAD_KEYS = Rate(60, timedelta(seconds=5))
"""Nobody guesses a key; this spares the log and the database a system that goes on with an old one.
A good key is never held up by it."""


@dataclass(slots=True)
class RateLimit:
    """Counts by name in this process; of too many names it forgets the ones seen longest ago."""

    rate: Rate
    names: int = 10_000
    _left: OrderedDict[str, tuple[float, datetime]] = field(default_factory=OrderedDict)

    def wait(self, name: str, now: datetime) -> timedelta:
        """Zero: go on, it is counted. Otherwise when to come again; that counts as nothing."""
        left, at = self._left.pop(name, (float(self.rate.at_once), now))
        left = min(self.rate.at_once, left + max(_NO_TIME, now - at) / self.rate.every)
        goes = left >= 1
        self._left[name] = (left - goes, now)
        while len(self._left) > self.names:
            self._left.popitem(last=False)
        return _NO_TIME if goes else (1 - left) * self.rate.every
