"""What webhooks say beside messages and statuses, applied to the connections it is about."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.account_changes import ACCOUNT_FIELDS, waba_of
from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.template_changes import TEMPLATE_FIELDS
from inbox_app.channels.whatsapp.webhooks.user_preferences import PREFERENCES
from inbox_app.models import Connection, ConnectionState, WhatsAppNumber
from inbox_app.services.channel_services import AppliedNotices
from inbox_app.services.connecting.apply_account_change import apply_account_change
from inbox_app.services.intake.event_result import EventToApply
from inbox_app.services.templates.apply_template_change import apply_template_change
from inbox_app.services.templates.marketing_preferences import note_preferences

Applier = Callable[
    [AsyncSession, Sequence[WhatsAppNumber], AccountChange, datetime], Awaitable[bool | None]
]
"""Applies one change to the numbers it is about, none of them disconnected; again and again
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


async def apply_account_changes(
    session: AsyncSession, events: Sequence[EventToApply]
) -> AppliedNotices:
    """Apply the changes in their order."""
    applied = AppliedNotices()
    for one in events:
        for change in one.event.notices:
            applier = APPLIERS.get(change.field)
            numbers = await _concerned(session, change) if applier else ()
            for number in numbers:
                before = number.connection.last_event_at or one.received_at
                number.connection.last_event_at = max(before, one.received_at)
            at = _told_at(change, one.received_at)
            if applier and numbers:
                if await applier(session, numbers, change, at) is False:
                    continue
                applied.accounts.update(number.account_id for number in numbers)
            applied.news[one.id] += 1
    return applied


def _told_at(change: AccountChange, received_at: datetime) -> datetime:
    """A time far ahead of ours is none: nothing that is told until then would count as news."""
    ahead = change.at is not None and change.at > received_at + CLOCKS_DIFFER_BY
    return received_at if ahead else change.at or received_at


async def _concerned(session: AsyncSession, change: AccountChange) -> Sequence[WhatsAppNumber]:
    """Of the number, where one is named; else all of the business account."""
    named = (
        col(Connection.external_id) == change.phone_number_id
        if change.phone_number_id
        else col(WhatsAppNumber.waba_id) == waba_of(change)
    )
    query = (
        select(WhatsAppNumber)
        .join(Connection, col(Connection.id) == col(WhatsAppNumber.connection_id))
        .where(named, col(Connection.state) != ConnectionState.DISCONNECTED)
        .order_by(col(Connection.id))
    )
    return (await session.exec(query)).all()
