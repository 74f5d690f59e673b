"""The customer service window: how long free text may be sent after somebody's last message."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from inbox_app.domain.messages import MessageKind

WINDOW = timedelta(hours=24)
AMBER_FROM = timedelta(hours=6)
RED_FROM = timedelta(hours=1)
_FIRST_MESSAGE = datetime(2009, 1, 1, tzinfo=UTC)

NOT_A_MESSAGE_OF_THE_PERSON = frozenset({"reaction", "edit", "revoke", "request_welcome"})
"""Wire types that leave the window as it is. Meta says of none of them that it opens the window,
and a needless template costs less than a text that fails."""


class WindowState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    NEVER = "never"


class WindowPhase(StrEnum):
    """What a row of the list shows: an open window by how little of it is left."""

    NEUTRAL = "neutral"
    AMBER = "amber"
    RED = "red"
    CLOSED = "closed"
    NEVER = "never"


def state(last_inbound_at: datetime | None, now: datetime) -> WindowState:
    """Open means `now < last_inbound_at + 24 h`, with no margin."""
    if last_inbound_at is None:
        return WindowState.NEVER
    return WindowState.OPEN if now < last_inbound_at + WINDOW else WindowState.CLOSED


def phase(last_inbound_at: datetime | None, now: datetime) -> WindowPhase:
    match state(last_inbound_at, now):
        case WindowState.NEVER:
            return WindowPhase.NEVER
        case WindowState.CLOSED:
            return WindowPhase.CLOSED
        case WindowState.OPEN:
            return _phase_of(remaining(last_inbound_at, now))


def closes_at(last_inbound_at: datetime | None) -> datetime | None:
    return None if last_inbound_at is None else last_inbound_at + WINDOW


def remaining(last_inbound_at: datetime | None, now: datetime) -> timedelta:
    """Time left, never negative and never more than the window."""
    if last_inbound_at is None:
        return timedelta(0)
    return min(max(last_inbound_at + WINDOW - now, timedelta(0)), WINDOW)


def effective_inbound_at(meta_time: datetime | None, received_at: datetime) -> datetime:
    """When somebody wrote: by Meta's time, unless it is none that a message could have, being ahead
    of our clock or older than WhatsApp. The window counts from it, and the thread sorts by it."""
    if meta_time is None or not _FIRST_MESSAGE <= meta_time <= received_at:
        return received_at
    return meta_time


def counts(kind: MessageKind, wire_type: str | None = None) -> bool:
    """Whether an inbound message opens the window (product.md W3).

    `wire_type` is the type of an unsupported message: `reaction`, `call`, `poll_creation`, …
    Statuses and echoes are no inbound messages and never get here.
    """
    if kind is MessageKind.SYSTEM or kind is MessageKind.TEMPLATE:
        return False
    return wire_type not in NOT_A_MESSAGE_OF_THE_PERSON


def _phase_of(left: timedelta) -> WindowPhase:
    if left <= RED_FROM:
        return WindowPhase.RED
    if left <= AMBER_FROM:
        return WindowPhase.AMBER
    return WindowPhase.NEUTRAL
