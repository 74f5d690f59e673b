"""An event that cannot be applied as a whole, applied item by item: the good ones stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.events import ParsedEvent
from inbox_app.models import EventState
from inbox_app.services.intake.parsed_webhook import EventResult, ParsedWebhook
from inbox_app.services.intake.receive import Received, receive


async def receive_one_by_one(
    session: AsyncSession, heard: ParsedWebhook, now: datetime
) -> Received:
    """A savepoint for each message and status; the first error is what the event failed of."""
    all_of_it = Received()
    outcomes: list[EventResult] = []
    for part in _parts(heard.event):
        try:
            async with session.begin_nested():
                understood = await receive(session, [replace(heard, event=part)], now)
        except Exception as error:
            outcomes.append(EventResult(EventState.FAILED, cause(error), again=True))
        else:
            outcomes.append(understood.outcomes[heard.id])
            all_of_it.changed |= understood.changed
            all_of_it.accounts |= understood.accounts
            all_of_it.told += understood.told
    all_of_it.outcomes[heard.id] = max(outcomes, key=_weight)
    return all_of_it


def cause(error: Exception) -> str:
    """A short name for what went wrong: the error's own words may quote what people wrote."""
    inner = getattr(error, "orig", None) or error.__cause__
    return " of ".join(type(one).__name__ for one in (inner, error) if one is not None)


def _parts(event: ParsedEvent) -> Iterator[ParsedEvent]:
    yield from (ParsedEvent(messages=[message]) for message in event.messages)
    yield from (ParsedEvent(echoes=[echo]) for echo in event.echoes)
    yield from (ParsedEvent(statuses=[status]) for status in event.statuses)
    rest = replace(event, messages=[], echoes=[], statuses=[])
    if rest != ParsedEvent() or event == rest:
        yield rest


def _weight(outcome: EventResult) -> tuple[bool, bool, bool]:
    return (
        outcome.again,
        outcome.state is EventState.FAILED,
        outcome.state is EventState.APPLIED,
    )
