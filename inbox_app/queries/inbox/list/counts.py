"""How many conversations stand in a filter: the figures on the chips."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, union
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.inbox.list.in_view import to_answer_ids, unread_ids, unseen_ids
from inbox_app.queries.inbox.reply_windows import closing_soon

MOST = 1_000
"""As many are counted of what is to answer, or unread: more than a day's work is «999+»."""


class Pressing(NamedTuple):
    """The same for everybody."""

    to_answer: int
    expiring: int


async def pressing(session: AsyncSession, account_id: int, now: datetime) -> Pressing:
    """Of the conversations that are not archived."""
    to_answer, expiring = (
        select(func.count()).select_from(those).scalar_subquery()
        for those in (
            to_answer_ids(account_id).limit(MOST).subquery(),
            closing_soon(account_id, now),
        )
    )
    return Pressing(*(await session.exec(select(to_answer, expiring))).one())


async def unread_by(session: AsyncSession, account_id: int, user_id: int) -> int:
    """How many hold anything that this person has not seen: no more than ``MOST``."""
    nobody, others = (
        select(ids.limit(MOST).subquery().c[0])
        for ids in (unread_ids(account_id), unseen_ids(account_id, user_id))
    )
    either = union(nobody, others).subquery()
    found = await session.exec(select(func.count()).select_from(either))
    return min(found.one(), MOST)
