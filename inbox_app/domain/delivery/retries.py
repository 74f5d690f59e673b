"""When a message may go out again: by itself, and because a person asks for it."""

from datetime import datetime, timedelta

from inbox_app.domain.messages import DeliveryStatus

UNKNOWN_SETTLES_WITHIN = timedelta(minutes=10)
"""How long a status may still tell what became of a send that was not answered."""

MAX_ATTEMPTS = 12
"""Some 12 minutes of waiting: who writes has other ways to reach the person by then."""

_LONGEST_PAUSE = timedelta(minutes=2)


def may_retry(status: DeliveryStatus | None, status_at: datetime | None, now: datetime) -> bool:
    """Whether «Riprova» is offered; for an unknown outcome with the warning that it may come twice.

    Whether the conversation takes it at all is `sending.may_retry`'s to say.
    """
    if status is DeliveryStatus.FAILED:
        return True
    if status is not DeliveryStatus.UNKNOWN or status_at is None:
        return False
    return now >= status_at + UNKNOWN_SETTLES_WITHIN


def pause_before(attempt: int, jitter: float) -> timedelta:
    """How long to wait after `attempt` (from 1) did not get there: 1, 2, 4 … s, at most 2 min.

    `jitter` from 0 to 1 spreads it over the upper half, so that many don't come back as one.
    """
    full = min(timedelta(seconds=2 ** min(attempt - 1, 20)), _LONGEST_PAUSE)
    return full * (0.5 + jitter / 2)
