"""The rates that Meta keeps, as the simulated Meta keeps them."""

from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Rate:
    """At most `burst` at once, and one more every `seconds`, for each key."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst, self._seconds = burst, seconds
        self._buckets: dict[object, _Bucket] = {}

    def take(self, key: object, at: float) -> bool:
        """Whether one more may pass at `at` (seconds of any steady clock)."""
        bucket = self._buckets.setdefault(key, _Bucket(self._burst, at))
        earned = max(0.0, at - bucket.at) / self._seconds
        bucket.left, bucket.at = min(self._burst, bucket.left + earned), at
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True
