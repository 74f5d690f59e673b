"""What webhooks say beside messages and statuses, applied to the connections it is about."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState
from inbox_app.services.marketing_preferences import note_preferences
from inbox_app.services.note_account_news import note_account_news
from inbox_app.services.note_template_news import note_template_news
from inbox_app.services.outcome import Heard
from inbox_app.whatsapp.account_news import ACCOUNT_FIELDS, waba_of
from inbox_app.whatsapp.events import AccountChange
from inbox_app.whatsapp.preferences import PREFERENCES
from inbox_app.whatsapp.template_news import TEMPLATE_FIELDS

Applier = Callable[
    [AsyncSession, Sequence[Connection], AccountChange, datetime], Awaitable[bool | None]
]
"""Applies one change to the connections it is about, none of them disconnected; again and again
without harm. The time is Meta's, or else when it came. Answers whether it was new, where it can
tell."""

APPLIERS: Mapping[str, Applier] = {
    **dict.fromkeys(ACCOUNT_FIELDS, note_account_news),
    **dict.fromkeys(TEMPLATE_FIELDS, note_template_news),
    PREFERENCES: note_preferences,
}
"""By webhook field; what is not here is kept, counted, and means nothing to us."""


CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""At most; within it Meta's time stands, so that the same told twice is the same."""


@dataclass(slots=True)
class Applied:
    """What became of some changes."""

    accounts: set[int] = field(default_factory=set[int])
    """Those of which something was told."""
    news: Counter[int] = field(default_factory=Counter[int])
    """How many were new, by event; what cannot tell, or concerns nobody here, counts as such."""


async def apply_account_changes(session: AsyncSession, heard: Sequence[Heard]) -> Applied:
    """Apply the changes in their order."""
    applied = Applied()
    for one in heard:
        for change in one.event.changes:
            applier = APPLIERS.get(change.field)
            connections = await _concerned(session, change) if applier else ()
            for connection in connections:
                before = connection.last_webhook_at or one.received_at
                connection.last_webhook_at = max(before, one.received_at)
            at = _told_at(change, one.received_at)
            if applier and connections:
                if await applier(session, connections, change, at) is False:
                    continue
                applied.accounts.update(connection.account_id for connection in connections)
            applied.news[one.id] += 1
    return applied


def _told_at(change: AccountChange, received_at: datetime) -> datetime:
    """A time far ahead of ours is none: nothing that is told until then would count as news."""
    ahead = change.at is not None and change.at > received_at + CLOCKS_DIFFER_BY
    return received_at if ahead else change.at or received_at


async def _concerned(session: AsyncSession, change: AccountChange) -> Sequence[Connection]:
    """Of the number, where one is named; else all of the business account."""
    named = (
        col(Connection.phone_number_id) == change.phone_number_id
        if change.phone_number_id
        else col(Connection.waba_id) == waba_of(change)
    )
    query = select(Connection).where(named, col(Connection.state) != ConnectionState.DISCONNECTED)
    return (await session.exec(query.order_by(col(Connection.id)))).all()
