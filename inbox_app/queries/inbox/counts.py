"""How many conversations stand in a filter: the figures on the chips."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.inbox.conversation_list import unread_ids
from inbox_app.queries.inbox.reply_windows import closing_soon
from inbox_app.queries.inbox.rows import ListCounts


async def counts(session: AsyncSession, account_id: int, now: datetime) -> ListCounts:
    """Of the conversations that are not archived."""
    unread, expiring = (
        select(func.count()).select_from(those).scalar_subquery()
        for those in (unread_ids(account_id).subquery(), closing_soon(account_id, now))
    )
    found = (await session.exec(select(unread, expiring))).one()
    return ListCounts(unread=found[0], expiring=found[1])
