"""What became of a kept event: received = applied + duplicate + failed, once all are understood."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.inbound import ParsedEvent
from inbox_app.models import EventState


@dataclass(frozen=True, slots=True)
class EventToApply:
    """A kept event, taken apart by its channel. ``received_at`` is the domain's time."""

    id: int
    channel: str
    received_at: datetime
    event: ParsedEvent


@dataclass(frozen=True, slots=True)
class EventResult:
    """What an event is now. ``again`` when time may heal what failed."""

    state: EventState
    error: str | None = None
    unknown_endpoint: str | None = None
    again: bool = False


def result_of(event: ParsedEvent, connected: Container[str], news: int) -> EventResult:
    """``connected`` are our ends of its channel, ``news`` how many things it said that were not
    known."""
    if event.problem is not None:
        return EventResult(EventState.FAILED, event.problem)
    for endpoint in endpoints_of(event):
        if endpoint is None:
            return EventResult(EventState.FAILED, "no endpoint")
        if endpoint not in connected:
            return EventResult(EventState.FAILED, "nobody has this endpoint", endpoint)
    if event.broken:
        return EventResult(EventState.FAILED, event.broken[0])
    said_before = not news and _could_be_known(event)
    return EventResult(EventState.DUPLICATE if said_before else EventState.APPLIED)


def endpoints_of(event: ParsedEvent) -> set[str | None]:
    """The ends of ours whose conversations an event is about."""
    return {item.endpoint for item in (*event.messages, *event.statuses)}


def _could_be_known(event: ParsedEvent) -> bool:
    statuses = [status for status in event.statuses if status.status is not None]
    return bool(event.messages or statuses or event.notices) and not event.account_errors
