"""Keeping what Meta posts, as it came; and taking up again what could not be understood."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Insert, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState, EventState, WebhookEvent


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One body whose signature held. ``received_at`` is the domain's time."""

    body: bytes
    received_at: datetime


Append = Callable[[Insert, Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Inserts rows in a transaction of its own: ``Database.append``."""


async def store(append: Append, events: Sequence[RawEvent]) -> None:
    """Write the bodies down in the order given; nothing of them is looked at yet."""
    rows = [
        {
            "body": event.body,
            "received_at": event.received_at,
            "state": EventState.RECEIVED,
            "attempts": 0,
        }
        for event in events
    ]
    await append(_INSERT, rows)


async def requeue(session: AsyncSession, phone_number_id: str | None = None) -> int:
    """Have failed events understood again: all, or those that waited for a number to be connected.

    Returns how many. What was applied of them the first time is not applied twice.
    """
    failed = col(WebhookEvent.state) == EventState.FAILED
    if phone_number_id is not None:
        failed &= col(WebhookEvent.unknown_phone_number_id) == phone_number_id
    return await _take_up_again(session, failed)


async def requeue_connected(session: AsyncSession) -> int:
    """Have failed events understood again whose number is connected by now; returns how many.

    One that is understood while its number is being connected fails after connecting looked for it.
    """
    numbers = select(col(Connection.phone_number_id)).where(
        col(Connection.state) != ConnectionState.DISCONNECTED
    )
    return await _take_up_again(
        session,
        (col(WebhookEvent.state) == EventState.FAILED)
        & col(WebhookEvent.unknown_phone_number_id).in_(numbers),
    )


async def requeue_all(session: AsyncSession) -> int:
    """Have every event that is still kept understood again; returns how many."""
    return await _take_up_again(session, col(WebhookEvent.state) != EventState.RECEIVED)


async def _take_up_again(session: AsyncSession, which: ColumnElement[bool]) -> int:
    connection = await session.connection()
    result = await connection.execute(update(WebhookEvent).where(which).values(**_AS_NEW))
    return result.rowcount


_INSERT = insert(WebhookEvent)

_AS_NEW = {
    "state": EventState.RECEIVED,
    "attempts": 0,
    "next_attempt_at": None,
    "error": None,
    "unknown_phone_number_id": None,
    "understood_at": None,
}
