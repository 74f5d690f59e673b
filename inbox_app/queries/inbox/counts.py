"""How many conversations stand in a filter: the figures on the chips."""

from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation
from inbox_app.queries.inbox.conversation_list import Filter, holds
from inbox_app.queries.inbox.rows import ListCounts


async def counts(session: AsyncSession, account_id: int, now: datetime) -> ListCounts:
    """Of the conversations that are not archived."""
    unread, expiring = (
        func.count(case((holds(filter_, 0, now), col(Conversation.id))))
        for filter_ in (Filter.UNREAD, Filter.EXPIRING)
    )
    query = select(unread, expiring).where(
        col(Conversation.account_id) == account_id, col(Conversation.archived_at).is_(None)
    )
    found = (await session.exec(query)).one()
    return ListCounts(unread=found[0], expiring=found[1])
