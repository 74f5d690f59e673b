"""Whose window has changed its phase between two moments: closed, or come within the last hours."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import window
from inbox_app.models import Conversation, CustomerWindow

_TURNS = tuple(window.WINDOW - left for left in (timedelta(0), window.RED_FROM, window.AMBER_FROM))


class WindowTransition(NamedTuple):
    """A conversation to look at again."""

    account_id: int
    conversation_id: int


async def window_transitions(
    session: AsyncSession, account_ids: Collection[int], before: datetime, now: datetime
) -> list[WindowTransition]:
    """The two moments may come in either order: the sandbox's clock goes back too."""
    first, last = sorted((before, now))
    at = col(CustomerWindow.last_inbound_at)
    turned = [and_(at > first - age, at <= last - age) for age in _TURNS]
    query = (
        select(Conversation.account_id, Conversation.id)
        .join(CustomerWindow, col(CustomerWindow.address_id) == col(Conversation.address_id))
        .where(col(CustomerWindow.account_id).in_(account_ids), or_(*turned))
    )
    return [WindowTransition(*row) for row in await session.exec(query)]
