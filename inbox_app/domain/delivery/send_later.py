"""Texts that wait in the outbox: for a time at the accommodation (M10), or for an answer (W7)."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from inbox_app.domain import sending
from inbox_app.domain.sending import Decision

FURTHEST = timedelta(days=365)


class Condition(StrEnum):
    """What a row of the outbox waits for."""

    AT_ONCE = "at_once"
    AT_TIME = "at_time"
    ON_ANSWER = "on_answer"


class LaterProblem(StrEnum):
    """Why a text cannot wait for this time."""

    NO_TIME = "no_time"
    PAST = "past"
    TOO_FAR = "too_far"
    NEEDS_FALLBACK = "needs_fallback"
    """Nothing but a template may go out by then: one has to be chosen now."""


def due_at(local: str, zone: str) -> datetime | None:
    """The instant of a time on the wall there, `YYYY-MM-DDTHH:MM`; None for what is none.

    An hour that the clocks skip is the one after it; of an hour that comes twice it is the first.
    """
    try:
        wall = datetime.fromisoformat(local)
    except ValueError:
        return None
    if wall.tzinfo is not None:
        return None
    try:
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        return None


def problem(
    due: datetime | None, then: Decision, now: datetime, *, fallback: bool
) -> LaterProblem | None:
    """`then` is what stands at the foot at that time, if nobody writes until then."""
    if due is None:
        return LaterProblem.NO_TIME
    if due <= now:
        return LaterProblem.PAST
    if due > now + FURTHEST:
        return LaterProblem.TOO_FAR
    if not fallback and not sending.may_send_text(then):
        return LaterProblem.NEEDS_FALLBACK
    return None
