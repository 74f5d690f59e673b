"""Keeping what channels send, as it came; and taking up again what could not be understood (M1)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Insert, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState, EventState, InboundEvent


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One body whose signature held. ``received_at`` is the domain's time."""

    body: bytes
    received_at: datetime


Append = Callable[[Insert, Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Inserts rows in a transaction of its own: ``Database.append``."""


async def store(append: Append, channel: str, events: Sequence[RawEvent]) -> None:
    """Write the bodies down in the order given; nothing of them is looked at yet."""
    rows = [
        {
            "channel": channel,
            "body": event.body,
            "received_at": event.received_at,
            "state": EventState.RECEIVED,
            "attempts": 0,
        }
        for event in events
    ]
    await append(_INSERT, rows)


async def requeue(session: AsyncSession, endpoint: str | None = None) -> int:
    """Have failed events understood again: all, or those that waited for an end to be connected.

    Returns how many. What was applied of them the first time is not applied twice.
    """
    failed = col(InboundEvent.state) == EventState.FAILED
    if endpoint is not None:
        failed &= col(InboundEvent.unknown_endpoint) == endpoint
    return await _take_up_again(session, failed)


async def requeue_connected(session: AsyncSession) -> int:
    """Have failed events understood again whose end is connected by now; returns how many.

    One that is understood while its end is being connected fails after connecting looked for it.
    """
    connected = select(col(Connection.external_id)).where(
        col(Connection.state) != ConnectionState.DISCONNECTED
    )
    return await _take_up_again(
        session,
        (col(InboundEvent.state) == EventState.FAILED)
        & col(InboundEvent.unknown_endpoint).in_(connected),
    )


async def requeue_all(session: AsyncSession) -> int:
    """Have every event that is still kept understood again; returns how many."""
    return await _take_up_again(session, col(InboundEvent.state) != EventState.RECEIVED)


async def _take_up_again(session: AsyncSession, which: ColumnElement[bool]) -> int:
    connection = await session.connection()
    result = await connection.execute(update(InboundEvent).where(which).values(**_AS_NEW))
    return result.rowcount


_INSERT = insert(InboundEvent)

_AS_NEW = {
    "state": EventState.RECEIVED,
    "attempts": 0,
    "next_attempt_at": None,
    "error": None,
    "unknown_endpoint": None,
    "understood_at": None,
}
