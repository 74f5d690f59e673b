"""How the installation's queues stand, for `/metrics` and `bin/inbox doctor`."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import EventState, InboundEvent, Outbox, OutboxState


@dataclass(frozen=True, slots=True)
class Queues:
    """Times are the domain's for events and the machine's for the outbox."""

    events_waiting: int
    events_failed: int
    oldest_event_at: datetime | None
    outbox_waiting: int
    oldest_outbox_at: datetime | None


async def queues(session: AsyncSession) -> Queues:
    """What waits, and since when."""
    waiting, oldest = await _events(session, EventState.RECEIVED)
    failed, _ = await _events(session, EventState.FAILED)
    outbox, oldest_outbox = await _outbox(session)
    return Queues(waiting, failed, oldest, outbox, oldest_outbox)


async def oldest_untried_event(session: AsyncSession) -> datetime | None:
    """When the next new event came in; one that waits to be tried again is not among them."""
    query = (
        select(InboundEvent.received_at)
        .where(
            col(InboundEvent.state) == EventState.RECEIVED,
            col(InboundEvent.next_attempt_at).is_(None),
        )
        .order_by(col(InboundEvent.id))
        .limit(1)
    )
    return (await session.exec(query)).first()


async def failed_reasons(session: AsyncSession) -> list[tuple[str, int]]:
    """Why events failed and how many for each reason, the most frequent first."""
    counted = func.count()
    query = (
        select(InboundEvent.error, counted)
        .where(col(InboundEvent.state) == EventState.FAILED)
        .group_by(col(InboundEvent.error))
        .order_by(counted.desc())
        .limit(5)
    )
    return [(error or "", count) for error, count in (await session.exec(query)).all()]


async def _events(session: AsyncSession, state: EventState) -> tuple[int, datetime | None]:
    query = select(func.count(), func.min(InboundEvent.received_at)).where(
        col(InboundEvent.state) == state
    )
    return (await session.exec(query)).one()


async def _outbox(session: AsyncSession) -> tuple[int, datetime | None]:
    """What waits for its own time is nothing that got stuck."""
    query = select(func.count(), func.min(Outbox.created_at)).where(
        col(Outbox.state).not_in((OutboxState.DONE, OutboxState.WAITING))
    )
    return (await session.exec(query)).one()
