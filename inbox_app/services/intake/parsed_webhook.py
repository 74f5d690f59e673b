"""What became of a kept event: received = applied + duplicate + failed, once all are understood."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.whatsapp.webhooks.events import ParsedEvent
from inbox_app.models import EventState


@dataclass(frozen=True, slots=True)
class ParsedWebhook:
    """A kept event, taken apart. ``received_at`` is the domain's time."""

    id: int
    received_at: datetime
    event: ParsedEvent


@dataclass(frozen=True, slots=True)
class EventResult:
    """What an event is now. ``again`` when time may heal what failed."""

    state: EventState
    error: str | None = None
    unknown_phone_number_id: str | None = None
    again: bool = False


def result_of(event: ParsedEvent, numbers: Container[str], news: int) -> EventResult:
    """``numbers`` are the connected ones, ``news`` how many things it said that were not known."""
    if event.problem is not None:
        return EventResult(EventState.FAILED, event.problem)
    for number in numbers_of(event):
        if number is None:
            return EventResult(EventState.FAILED, "no phone_number_id")
        if number not in numbers:
            return EventResult(EventState.FAILED, "nobody has this number", number)
    if event.broken:
        first = event.broken[0]
        where = f"entry {first.entry}, change {first.change}, item {first.item}"
        return EventResult(EventState.FAILED, f"{first.error}: {where}")
    said_before = not news and _could_be_known(event)
    return EventResult(EventState.DUPLICATE if said_before else EventState.APPLIED)


def numbers_of(event: ParsedEvent) -> set[str | None]:
    """The numbers whose conversations an event is about."""
    items = (*event.messages, *(echo.message for echo in event.echoes), *event.statuses)
    return {item.phone_number_id for item in items}


def contents_of(event: ParsedEvent) -> Iterator[str]:
    """What there was in an event, by sort, for counting."""
    if event.problem is not None:
        yield f"problem:{event.problem}"
    yield from (f"message:{message.kind}" for message in event.messages)
    yield from (f"status:{status.status or 'unknown'}" for status in event.statuses)
    yield from ("echo" for _ in event.echoes)
    yield from (f"field:{change.field}" for change in event.changes)
    yield from ("account error" for _ in event.errors)
    yield from ("broken" for _ in event.broken)
    yield from (f"new {what}" for what in event.unknown)


def _could_be_known(event: ParsedEvent) -> bool:
    statuses = [status for status in event.statuses if status.status is not None]
    return bool(event.messages or event.echoes or statuses or event.changes) and not event.errors
