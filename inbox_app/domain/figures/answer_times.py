"""How long answers took, kept as counts in buckets: sums of days add up, medians do not."""

from bisect import bisect_right
from collections.abc import Mapping

_MINUTES = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60),
    *(75, 90, 105, 120, 150, 180, 210, 240, 300, 360, 420, 480, 540, 600, 660, 720, 840, 960),
    *(1080, 1200, 1440, 1800, 2160, 2880, 4320, 5760, 7200, 10080, 20160),
)
EDGES = tuple(minutes * 60 for minutes in _MINUTES)
"""Where each begins, in seconds; from a few minutes on none is wider than a third of what it
holds, but for the last, which has no end."""
HOUR = EDGES.index(3600)
"""The first that holds what took an hour or more."""


def bucket_of(seconds: float) -> int:
    return bisect_right(EDGES, max(0, seconds)) - 1


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """In how many seconds that share of the answers had come, as if those of a bucket were spread
    over it evenly; None of none."""
    rank = share * sum(counts.values())
    for bucket in sorted(counts):
        if counts[bucket] and rank <= counts[bucket]:
            return round(_within(bucket, rank / counts[bucket]))
        rank -= counts[bucket]
    return None


def within_the_hour(counts: Mapping[int, int]) -> int:
    return sum(count for bucket, count in counts.items() if bucket < HOUR)


def _within(bucket: int, share: float) -> float:
    begins = EDGES[bucket]
    ends = EDGES[bucket + 1] if bucket + 1 < len(EDGES) else begins
    return begins + (ends - begins) * share
