"""Counts as now what lies ahead of a clock that was put back: else a window stays open for more
than its hours, and what is written next stands above what was written before."""

from datetime import datetime, timedelta

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, LastInbound, Message

_MOMENTS = (
    (LastInbound, LastInbound.last_inbound_at),
    (Conversation, Conversation.address_since),
    (Message, Message.sent_at),
    (Message, Message.queued_at),
    (Message, Message.status_at),
)


async def clamp_future_times(session: AsyncSession, now: datetime) -> None:
    for table, moment in _MOMENTS:
        ahead = col(moment) > now
        await session.exec(update(table).where(ahead).values({col(moment): now}))
    await _in_the_order_of_the_list(session, now)


async def _in_the_order_of_the_list(session: AsyncSession, now: datetime) -> None:
    arrived = col(Conversation.arrived_at)
    query = select(Conversation).where(arrived > now).order_by(arrived, col(Conversation.id))
    for index, conversation in enumerate(await session.exec(query)):
        conversation.arrived_at = now + timedelta(microseconds=index)
