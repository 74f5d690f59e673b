"""When a file that a channel keeps for us is asked for again, and when no more (M3)."""

from datetime import timedelta
from enum import StrEnum

MAX_BYTES = 100 * 1024 * 1024
"""Of one file; the largest that any channel takes."""

_MAX_TRIES = 5
"""Of what the channel itself calls gone, or gives wrong: it may yet change its mind."""
_LONGEST_PAUSE = timedelta(hours=1)


class FetchProblem(StrEnum):
    """Why a file did not come."""

    UNREACHABLE = "unreachable"
    """The channel, or the line to it, is in trouble."""
    CREDENTIALS = "credentials"
    GONE = "gone"
    """The channel has no such file, or not any more."""
    DAMAGED = "damaged"
    """What came is not what was announced."""
    TOO_LARGE = "too_large"
    NO_ROOM = "no_room"
    """It could not be written down here."""


_LONGEST_PAUSES = {
    FetchProblem.CREDENTIALS: timedelta(minutes=5),
    FetchProblem.NO_ROOM: timedelta(minutes=1),
}
"""What people mend is noticed soon."""


def pause_before(
    problem: FetchProblem, attempt: int, age: timedelta, kept_for: timedelta, jitter: float
) -> timedelta | None:
    """How long to wait after ``attempt`` (from 1) of a file that came ``age`` ago; None: no more.

    ``jitter`` from 0 to 1 spreads it over the upper half, so that many don't come back as one.
    """
    if problem is FetchProblem.TOO_LARGE or age >= kept_for:
        return None
    if problem in {FetchProblem.GONE, FetchProblem.DAMAGED} and attempt >= _MAX_TRIES:
        return None
    longest = _LONGEST_PAUSES.get(problem, _LONGEST_PAUSE)
    return min(timedelta(seconds=2 ** min(attempt - 1, 20)), longest) * (0.5 + jitter / 2)


def is_expired(problem: FetchProblem, age: timedelta, kept_for: timedelta) -> bool:
    """Whether the file that did not come is to be had no more, rather than no good."""
    return problem is FetchProblem.GONE or age >= kept_for
