"""Whose window has changed its phase between two moments: closed, or come within the last hours
(W2, W6)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channels
from inbox_app.domain.reply_window import AMBER_FROM, RED_FROM
from inbox_app.models import Conversation, LastInbound

_LEFT = (timedelta(0), RED_FROM, AMBER_FROM)


class WindowTransition(NamedTuple):
    """A conversation to look at again."""

    account_id: int
    conversation_id: int


async def window_transitions(
    session: AsyncSession, account_ids: Collection[int], before: datetime, now: datetime
) -> list[WindowTransition]:
    """The two moments may come in either order: the sandbox's clock goes back too."""
    first, last = sorted((before, now))
    at = col(LastInbound.last_inbound_at)
    turned = [
        and_(col(Conversation.channel) == channel.key, at > first - age, at <= last - age)
        for channel in channels()
        if channel.reply_window is not None
        for age in (channel.reply_window - left for left in _LEFT)
    ]
    query = (
        select(Conversation.account_id, Conversation.id)
        .join(LastInbound, col(LastInbound.address_id) == col(Conversation.address_id))
        .where(col(LastInbound.account_id).in_(account_ids), or_(false(), *turned))
    )
    return [WindowTransition(*row) for row in await session.exec(query)]
