"""Which part of the list is shown: never more than a page holds, however long it is (P1)."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.inbox.list.conversation_list import place_beyond
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import View

PAGE = 50
"""A list opens with so many."""
STEP = 40
"""So many more, up or down: what stays of the ``MOST`` is more than a screen."""
MOST = 130


class Span(NamedTuple):
    """So many rows that follow a place; without one it is the top: what comes anew belongs to it,
    and pushes out what is last."""

    above: Cursor | None = None
    limit: int = PAGE


TOP = Span()


async def later(session: AsyncSession, view: View, now: datetime, span: Span) -> Span:
    """A step down; what no longer fits goes from the top."""
    limit = span.limit + STEP
    if limit <= MOST:
        return span._replace(limit=limit)
    gone = await place_beyond(session, view, now, count=limit - MOST, after=span.above)
    return Span(gone or span.above, MOST)


async def earlier(session: AsyncSession, view: View, now: datetime, span: Span) -> Span:
    """A step up; what no longer fits goes from the end."""
    if span.above is None:
        return span
    above = await place_beyond(session, view, now, count=STEP, before=span.above)
    return Span(above, MOST)
