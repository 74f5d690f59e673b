"""Forgetting what nobody needs any more, a little at a time so that nobody waits for it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.states import AT_WORK, ImportState
from inbox_app.domain.notifications import NOTIFICATIONS_KEPT
from inbox_app.domain.webhooks import DELIVERIES_KEPT, DeliveryState
from inbox_app.models import (
    DataImport,
    DataImportLine,
    EarlyStatus,
    EventState,
    IdempotentAnswer,
    InboundEvent,
    Notification,
    Outbox,
    OutboxState,
    WebhookDelivery,
    WebhookEvent,
    WithdrawnSend,
)

EVENTS_KEPT = timedelta(days=30)
"""Counted from when they were understood; failed ones are kept until they are."""
EARLY_STATUSES_KEPT = timedelta(days=7)
ANSWERS_KEPT = timedelta(days=1)
SENDS_KEPT = timedelta(days=1)
"""The messages themselves stay: this is only their place in the outbox."""
WITHDRAWN_KEPT = timedelta(days=30)
"""A page that has not heard that its text was taken back tells it again when it comes back: by then
its sign-in has ended."""
IMPORTS_KEPT = timedelta(days=90)
"""So long they can be undone."""
CUT_OFF_KEPT = timedelta(hours=2)
AT_ONCE = 500


async def understood_events(session: AsyncSession, now: datetime) -> int:
    """Forget up to ``AT_ONCE`` raw events; returns how many."""
    over = col(InboundEvent.state).in_([EventState.APPLIED, EventState.DUPLICATE])
    old = col(InboundEvent.understood_at) < now - EVENTS_KEPT
    return await _forget(session, InboundEvent, over & old)


async def early_statuses(session: AsyncSession, now: datetime) -> int:
    """Forget statuses whose message never came: sent by another system with the same number."""
    return await _forget(
        session, EarlyStatus, col(EarlyStatus.received_at) < now - EARLY_STATUSES_KEPT
    )


async def idempotent_answers(session: AsyncSession, now: datetime) -> int:
    """Forget answers of the API that no client will ask for again."""
    return await _forget(
        session, IdempotentAnswer, col(IdempotentAnswer.created_at) < now - ANSWERS_KEPT
    )


async def finished_sends(session: AsyncSession, now: datetime) -> int:
    """Forget rows of the outbox whose outcome is known."""
    over = col(Outbox.state) == OutboxState.DONE
    return await _forget(session, Outbox, over & (col(Outbox.created_at) < now - SENDS_KEPT))


async def withdrawn_sends(session: AsyncSession, now: datetime) -> int:
    """Forget what was taken back, when no page holds it any more."""
    old = col(WithdrawnSend.withdrawn_at) < now - WITHDRAWN_KEPT
    return await _forget(session, WithdrawnSend, old)


async def told_webhooks(session: AsyncSession, now: datetime) -> int:
    """Forget what other systems were told, or could not be, with what became of it."""
    waits = select(WebhookDelivery.id).where(
        col(WebhookDelivery.event_id) == col(WebhookEvent.id),
        col(WebhookDelivery.state) == DeliveryState.PENDING,
    )
    old = col(WebhookEvent.told_at) < now - DELIVERIES_KEPT
    older = col(WebhookEvent.told_at) < now - 2 * DELIVERIES_KEPT
    return await _forget(session, WebhookEvent, older | (old & ~waits.exists()))


async def old_notifications(session: AsyncSession, now: datetime) -> int:
    """Forget what people were notified of, with its pushes."""
    return await _forget(
        session, Notification, col(Notification.spread_at) < now - NOTIFICATIONS_KEPT
    )


async def imports(session: AsyncSession, now: datetime) -> int:
    """Forget imports that were cut off while they were read, and those of long ago, with what their
    undoing needs; up to ``AT_ONCE`` lines of one, and the import with the last of them."""
    cut_off = (col(DataImport.state) == ImportState.READING) & (
        col(DataImport.created_at) < now - CUT_OFF_KEPT
    )
    old = col(DataImport.state).not_in(AT_WORK) & (col(DataImport.created_at) < now - IMPORTS_KEPT)
    found = (await session.exec(select(DataImport.id).where(cut_off | old).limit(1))).first()
    if found is None:
        return 0
    of = col(DataImportLine.import_id) == found
    lines = (await session.exec(select(DataImportLine.line).where(of).limit(AT_ONCE))).all()
    which = (of, col(DataImportLine.line).in_(lines))
    await session.exec(delete(DataImportLine).where(*which))
    if len(lines) < AT_ONCE:
        await session.exec(delete(DataImport).where(col(DataImport.id) == found))
    return AT_ONCE


async def _forget(
    session: AsyncSession,
    table: type[
        InboundEvent
        | EarlyStatus
        | IdempotentAnswer
        | Notification
        | Outbox
        | WebhookEvent
        | WithdrawnSend
    ],
    holds: ColumnElement[bool],
) -> int:
    some = select(table.id).where(holds).limit(AT_ONCE)
    return (await session.exec(delete(table).where(col(table.id).in_(some)))).rowcount
