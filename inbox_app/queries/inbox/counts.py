"""How many conversations stand in a filter: the figures on the chips."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.inbox.conversation_list import to_answer_ids, unread_ids
from inbox_app.queries.inbox.reply_windows import closing_soon
from inbox_app.queries.inbox.rows import ListCounts

MOST = 1_000
"""As many are counted of what is to answer: more than a day's work is «999+»."""


async def counts(session: AsyncSession, account_id: int, now: datetime) -> ListCounts:
    """Of the conversations that are not archived."""
    to_answer, unread, expiring = (
        select(func.count()).select_from(those).scalar_subquery()
        for those in (
            to_answer_ids(account_id).limit(MOST).subquery(),
            unread_ids(account_id).subquery(),
            closing_soon(account_id, now),
        )
    )
    found = (await session.exec(select(to_answer, unread, expiring))).one()
    return ListCounts(to_answer=found[0], unread=found[1], expiring=found[2])
