"""Which customer service windows have closed, or opened again, in a stretch of time."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.window import WINDOW
from inbox_app.models import Conversation, CustomerWindow


async def changed_between(
    session: AsyncSession, one: datetime, other: datetime
) -> list[tuple[int, int]]:
    """Account and conversation of every window whose end lies between the two moments."""
    first, last = sorted((one, other))
    query = (
        select(Conversation.account_id, Conversation.id)
        .join(CustomerWindow, col(CustomerWindow.address_id) == col(Conversation.address_id))
        .where(
            col(CustomerWindow.last_inbound_at) > first - WINDOW,
            col(CustomerWindow.last_inbound_at) <= last - WINDOW,
        )
    )
    return list((await session.exec(query)).all())
