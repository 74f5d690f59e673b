"""The reply window: how long free text may be sent after somebody's last message, on a channel
that has one. How long it is and which messages open it is the channel's to say."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

AMBER_FROM = timedelta(hours=6)
RED_FROM = timedelta(hours=1)
_FIRST_MESSAGE = datetime(2009, 1, 1, tzinfo=UTC)
"""No messenger of today is older."""


class WindowState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    NEVER = "never"
    NONE = "none"
    """The channel has no window: free text may always be sent."""


class WindowPhase(StrEnum):
    """What a row of the list shows: an open window by how little of it is left."""

    NEUTRAL = "neutral"
    AMBER = "amber"
    RED = "red"
    CLOSED = "closed"
    NEVER = "never"
    NONE = "none"


def state(last_inbound_at: datetime | None, now: datetime, length: timedelta | None) -> WindowState:
    """Open means `now < last_inbound_at + length`, with no margin; no length: no window."""
    if length is None:
        return WindowState.NONE
    if last_inbound_at is None:
        return WindowState.NEVER
    return WindowState.OPEN if now < last_inbound_at + length else WindowState.CLOSED


def phase(last_inbound_at: datetime | None, now: datetime, length: timedelta | None) -> WindowPhase:
    match state(last_inbound_at, now, length):
        case WindowState.NONE:
            return WindowPhase.NONE
        case WindowState.NEVER:
            return WindowPhase.NEVER
        case WindowState.CLOSED:
            return WindowPhase.CLOSED
        case WindowState.OPEN:
            return _phase_of(remaining(last_inbound_at, now, length))


def closes_at(last_inbound_at: datetime | None, length: timedelta | None) -> datetime | None:
    return None if last_inbound_at is None or length is None else last_inbound_at + length


def remaining(
    last_inbound_at: datetime | None, now: datetime, length: timedelta | None
) -> timedelta:
    """Time left, never negative and never more than the window."""
    if last_inbound_at is None or length is None:
        return timedelta(0)
    return min(max(last_inbound_at + length - now, timedelta(0)), length)


def effective_inbound_at(told_at: datetime | None, received_at: datetime) -> datetime:
    """When somebody wrote: by the channel's time, unless it is none that a message could have,
    being ahead of our clock or older than messengers. The window counts from it, and the thread
    sorts by it."""
    if told_at is None or not _FIRST_MESSAGE <= told_at <= received_at:
        return received_at
    return told_at


def _phase_of(left: timedelta) -> WindowPhase:
    if left <= RED_FROM:
        return WindowPhase.RED
    if left <= AMBER_FROM:
        return WindowPhase.AMBER
    return WindowPhase.NEUTRAL
