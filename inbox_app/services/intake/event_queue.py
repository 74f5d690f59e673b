"""The kept events that wait to be understood, and what is written down of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import EventState, InboundEvent
from inbox_app.services.intake.event_result import EventResult

MAX_AT_ONCE = 100
MAX_BYTES_AT_ONCE = 1024 * 1024
"""What shares a transaction; others wait for it, so a body of megabytes goes alone."""

RETRY_AFTER = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 600))
"""Real time. After the last one the event is failed, and kept until somebody replays it."""


@dataclass(frozen=True, slots=True)
class QueuedEvent:
    """An event to be understood; one tried before is tried alone."""

    id: int
    channel: str
    body: bytes
    received_at: datetime
    attempts: int


async def next_events(session: AsyncSession, real_now: datetime) -> list[QueuedEvent]:
    """One whose time to be tried again has come; without one, new ones in order of arrival."""
    connection = await session.connection()
    ids = list((await connection.scalars(_RETRY, {"now": real_now})).all())
    if not ids:
        ids = _share_of([(row.id, row.size) for row in await connection.execute(_NEW)])
    rows = await connection.execute(_EVENTS.where(col(InboundEvent.id).in_(ids)))
    return [QueuedEvent(*row) for row in rows]


async def write_results(
    session: AsyncSession,
    events: Sequence[QueuedEvent],
    outcomes: Mapping[int, EventResult],
    *,
    now: datetime,
    real_now: datetime,
) -> None:
    """What each event is from now on; what time may heal waits a while, a few times."""
    connection = await session.connection()
    alike: dict[_After, list[int]] = {}
    for event in events:
        alike.setdefault(_after(event, outcomes[event.id], now, real_now), []).append(event.id)
    for after, ids in alike.items():
        await connection.execute(_WRITE, {**after._asdict(), "events": ids})


class _After(NamedTuple):
    """What is written down of an event; most events of a batch share it."""

    new_state: EventState
    new_attempts: int
    next_at: datetime | None
    why: str | None
    unknown: str | None
    done_at: datetime | None


def _share_of(sizes: Sequence[tuple[int, int]]) -> list[int]:
    total, ids = 0, list[int]()
    for id, size in sizes:
        total += size
        if ids and total > MAX_BYTES_AT_ONCE:
            break
        ids.append(id)
    return ids


def _after(event: QueuedEvent, outcome: EventResult, now: datetime, real_now: datetime) -> _After:
    retry = outcome.again and event.attempts < len(RETRY_AFTER)
    return _After(
        new_state=EventState.RECEIVED if retry else outcome.state,
        new_attempts=event.attempts + 1,
        next_at=real_now + RETRY_AFTER[event.attempts] if retry else None,
        why=outcome.error,
        unknown=outcome.unknown_endpoint,
        done_at=None if retry or outcome.state is EventState.FAILED else now,
    )


_WAITS = col(InboundEvent.state) == EventState.RECEIVED

_NEW = (
    select(col(InboundEvent.id), func.length(col(InboundEvent.body)).label("size"))
    .where(_WAITS, col(InboundEvent.next_attempt_at).is_(None))
    .order_by(col(InboundEvent.id))
    .limit(MAX_AT_ONCE)
)

_RETRY = (
    select(col(InboundEvent.id))
    .where(_WAITS, col(InboundEvent.next_attempt_at) <= bindparam("now"))
    .order_by(col(InboundEvent.next_attempt_at), col(InboundEvent.id))
    .limit(1)
)

_EVENTS = select(
    col(InboundEvent.id),
    col(InboundEvent.channel),
    col(InboundEvent.body),
    col(InboundEvent.received_at),
    col(InboundEvent.attempts),
).order_by(col(InboundEvent.id))

_WRITE = (
    update(InboundEvent)
    .where(col(InboundEvent.id).in_(bindparam("events", expanding=True)), _WAITS)
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("new_attempts"),
        next_attempt_at=bindparam("next_at"),
        error=bindparam("why"),
        unknown_endpoint=bindparam("unknown"),
        understood_at=bindparam("done_at"),
    )
)
