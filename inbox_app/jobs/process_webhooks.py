"""The loop that understands kept events, in order of arrival, many to a transaction."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.channels.registry import channel_of
from inbox_app.live import Change, Queue
from inbox_app.models import EventState
from inbox_app.operating import metrics
from inbox_app.runtime import Runtime
from inbox_app.services.intake.event_queue import QueuedEvent, next_events, write_results
from inbox_app.services.intake.event_result import EventToApply
from inbox_app.services.intake.receive import Received, receive
from inbox_app.services.intake.receive_one_by_one import cause, receive_one_by_one

_LOOK_AGAIN_SECONDS = 1.0
_MAX_BYTES_IN_THE_LOOP = 16 * 1024
"""Milliseconds of work; with more than that the pages would have to wait."""
_log = logging.getLogger(__name__)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Drain the queue whenever there is something in it, until `stopping`."""
    while not stopping.is_set():
        if not (is_leader() and await _drain_if_possible(runtime)):
            await runtime.live.wait(Queue.UNDERSTAND, _LOOK_AGAIN_SECONDS)


async def _drain_if_possible(runtime: Runtime) -> bool:
    try:
        return await drain_once(runtime)
    except (SQLAlchemyError, OSError) as error:
        _log.warning("events wait for the database: %s", cause(error))
        return False


async def drain_once(runtime: Runtime) -> bool:
    """Understand the next few events; returns whether there were any.

    Raises SQLAlchemy's errors when the database is in trouble: the events then wait as they are.
    """
    async with runtime.database.reading() as session:
        events = await next_events(session, clock.real_now())
    if not events:
        return False
    parsed = await _take_apart(events)
    if len(events) > 1 or not events[0].attempts:
        try:
            await _apply(runtime, events, parsed)
        except Exception as error:
            _log.warning("%d events are taken one by one: %s", len(events), cause(error))
        else:
            return True
    for event, one in zip(events, parsed, strict=True):
        await _apply_alone(runtime, event, one)
        # Each has its own transaction: others get their turn between two.
        await asyncio.sleep(0)
    return True


async def _take_apart(events: Sequence[QueuedEvent]) -> list[EventToApply]:
    if sum(len(event.body) for event in events) > _MAX_BYTES_IN_THE_LOOP:
        return await asyncio.to_thread(_parse, events)
    return _parse(events)


def _parse(events: Sequence[QueuedEvent]) -> list[EventToApply]:
    return [
        EventToApply(
            event.id, event.channel, event.received_at, channel_of(event.channel).read(event.body)
        )
        for event in events
    ]


async def _apply(
    runtime: Runtime, events: Sequence[QueuedEvent], parsed: Sequence[EventToApply]
) -> None:
    async def work(session: AsyncSession) -> Received:
        received = await receive(session, parsed, clock.now())
        await write_results(
            session,
            events,
            received.results,
            now=clock.now(),
            real_now=clock.real_now(),
        )
        return received

    _tell(runtime, await runtime.database.run_transaction(work), parsed)


async def _apply_alone(runtime: Runtime, event: QueuedEvent, parsed: EventToApply) -> None:
    """Whether the database or the event is to blame shows when the failure can be written down."""
    async with runtime.database.transaction() as session:
        received = await receive_one_by_one(session, parsed, clock.now())
        await write_results(
            session, [event], received.results, now=clock.now(), real_now=clock.real_now()
        )
    _tell(runtime, received, [parsed])


def _tell(runtime: Runtime, received: Received, parsed: Sequence[EventToApply]) -> None:
    if any(message.file for event in parsed for message in event.event.messages):
        runtime.live.wake(Queue.FILES)
    for account_id, conversation_id in received.changed:
        runtime.live.publish(Change(account_id, conversation_id))
    for account_id in received.accounts:
        runtime.live.publish(Change(account_id))
    for result in received.results.values():
        metrics.UNDERSTOOD.labels("again" if result.again else result.state).inc()
        if result.state is EventState.FAILED:
            _log.warning("an event could not be received: %s", result.error)
    for what, count in received.told.items():
        metrics.TOLD.labels(what).inc(count)
