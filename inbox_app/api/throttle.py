"""How often something may be tried: so many times in a stretch of time, for each name."""

from collections import OrderedDict
from datetime import datetime, timedelta


class Throttle:
    """Counts attempts in this process; of many names it forgets the ones tried longest ago."""

    def __init__(self, attempts: int, per: timedelta, names: int = 50_000) -> None:
        self._attempts, self._per, self._names = attempts, per, names
        self._tried: OrderedDict[str, list[datetime]] = OrderedDict()

    def admits(self, name: str, now: datetime) -> bool:
        """Whether `name` may try now. It counts at once, before anybody waits for the outcome."""
        recent = [at for at in self._tried.pop(name, []) if at > now - self._per]
        admitted = len(recent) < self._attempts
        self._tried[name] = [*recent, now] if admitted else recent
        if len(self._tried) > self._names:
            self._tried.popitem(last=False)
        return admitted

    def forgive(self, name: str) -> None:
        """It was the right person after all."""
        self._tried.pop(name, None)
