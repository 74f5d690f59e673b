"""An event that cannot be applied as a whole, applied item by item: the good ones stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import ParsedEvent
from inbox_app.models import EventState
from inbox_app.services.intake.event_result import EventResult, EventToApply
from inbox_app.services.intake.receive import Received, receive


async def receive_one_by_one(session: AsyncSession, event: EventToApply, now: datetime) -> Received:
    """A savepoint for each message and status; the first error is what the event failed of."""
    all_of_it = Received()
    results: list[EventResult] = []
    for part in _parts(event.event):
        try:
            async with session.begin_nested():
                received = await receive(session, [replace(event, event=part)], now)
        except Exception as error:
            results.append(EventResult(EventState.FAILED, cause(error), again=True))
        else:
            results.append(received.results[event.id])
            all_of_it.changed |= received.changed
            all_of_it.accounts |= received.accounts
            all_of_it.told += received.told
    all_of_it.told += event.event.contents
    all_of_it.results[event.id] = max(results, key=_weight)
    return all_of_it


def cause(error: Exception) -> str:
    """A short name for what went wrong: the error's own words may quote what people wrote."""
    inner = getattr(error, "orig", None) or error.__cause__
    return " of ".join(type(one).__name__ for one in (inner, error) if one is not None)


def _parts(event: ParsedEvent) -> Iterator[ParsedEvent]:
    yield from (ParsedEvent(messages=[message]) for message in event.messages)
    yield from (ParsedEvent(statuses=[status]) for status in event.statuses)
    rest = replace(event, messages=(), statuses=())
    if (
        rest.problem
        or rest.broken
        or rest.notices
        or rest.account_errors
        or not (event.messages or event.statuses)
    ):
        yield rest


def _weight(result: EventResult) -> tuple[bool, bool, bool]:
    return (
        result.again,
        result.state is EventState.FAILED,
        result.state is EventState.APPLIED,
    )
