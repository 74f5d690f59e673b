"""What webhooks say beside messages and statuses, applied to the connections it is about."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.account_changes import ACCOUNT_FIELDS, waba_of
from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.template_changes import TEMPLATE_FIELDS
from inbox_app.channels.whatsapp.webhooks.user_preferences import PREFERENCES
from inbox_app.models import Connection, ConnectionState
from inbox_app.services.connecting.apply_account_change import apply_account_change
from inbox_app.services.intake.parsed_webhook import ParsedWebhook
from inbox_app.services.templates.apply_template_change import apply_template_change
from inbox_app.services.templates.marketing_preferences import note_preferences

Applier = Callable[
    [AsyncSession, Sequence[Connection], AccountChange, datetime], Awaitable[bool | None]
]
"""Applies one change to the connections it is about, none of them disconnected; again and again
without harm. The time is Meta's, or else when it came. Answers whether it was new, where it can
tell."""

APPLIERS: Mapping[str, Applier] = {
    **dict.fromkeys(ACCOUNT_FIELDS, apply_account_change),
    **dict.fromkeys(TEMPLATE_FIELDS, apply_template_change),
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


async def apply_account_changes(session: AsyncSession, heard: Sequence[ParsedWebhook]) -> Applied:
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
