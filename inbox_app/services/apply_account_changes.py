"""What webhooks say beside messages and statuses, applied to the connections it is about."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState
from inbox_app.services.note_account_news import note_account_news
from inbox_app.services.outcome import Heard
from inbox_app.whatsapp.account_news import ACCOUNT_FIELDS, waba_of
from inbox_app.whatsapp.events import AccountChange

Applier = Callable[[AsyncSession, Sequence[Connection], AccountChange, datetime], Awaitable[None]]
"""Applies one change to the connections it is about, none of them disconnected; again and again
without harm. The time is Meta's, or else when it came."""

APPLIERS: Mapping[str, Applier] = {
    **dict.fromkeys(ACCOUNT_FIELDS, note_account_news),
}
"""By webhook field; what is not here is kept, counted, and means nothing to us."""


async def apply_account_changes(session: AsyncSession, heard: Sequence[Heard]) -> set[int]:
    """Apply the changes in their order; returns the accounts of which something was told."""
    told: set[int] = set()
    for one in heard:
        for change in one.event.changes:
            if applier := APPLIERS.get(change.field):
                connections = await _concerned(session, change)
                for connection in connections:
                    connection.last_webhook_at = one.received_at
                await applier(session, connections, change, change.at or one.received_at)
                told.update(connection.account_id for connection in connections)
    return told


async def _concerned(session: AsyncSession, change: AccountChange) -> Sequence[Connection]:
    """Of the number, where one is named; else all of the business account."""
    named = (
        col(Connection.phone_number_id) == change.phone_number_id
        if change.phone_number_id
        else col(Connection.waba_id) == waba_of(change)
    )
    query = select(Connection).where(named, col(Connection.state) != ConnectionState.DISCONNECTED)
    return (await session.exec(query.order_by(col(Connection.id)))).all()
