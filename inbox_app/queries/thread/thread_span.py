"""Which part of a thread is shown: never more than a page holds, however long it is (P6)."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from inbox_app.models import Message
from inbox_app.queries.thread.thread import Place, after, newest, oldest

PAGE = 50
"""A thread opens with so many."""
STEP = 30
"""So many more, up or down: what stays of the ``MOST`` is more than a screen."""
MOST = 90
_Places = Select[datetime, int]
BEGINNING = Place(datetime(1970, 1, 1, tzinfo=UTC), 0)


class Span(NamedTuple):
    """A part of a thread, both ends included.

    With nothing older it starts at the beginning of time: what comes late, with an earlier time of
    the channel's, belongs to it. With nothing newer it has no end: what comes belongs to it.
    """

    start: Place
    end: Place | None
    has_older: bool


class Thread(NamedTuple):
    """A conversation of an account, and where to ask for it."""

    session: AsyncSession
    account_id: int
    conversation_id: int

    async def newest(self) -> Span:
        """The last page."""
        return await self._up_to(None, PAGE)

    async def around(self, place: Place, *, before: int) -> Span:
        """Some ``before`` a place, and what follows."""
        start, has_older = await self._before(place, before)
        return await self.fitted(Span(start, None, has_older))

    async def older(self, span: Span) -> Span:
        """A step up; what no longer fits goes from the other end."""
        start, has_older = await self._before(span.start, STEP)
        return await self.fitted(Span(start, span.end, has_older))

    async def newer(self, span: Span) -> Span:
        """A step down; what no longer fits goes from the other end."""
        if span.end is None:
            return span
        follow = await self._places(oldest(after(self._all(), span.end)), STEP + 1)
        if len(follow) <= STEP:
            return await self._up_to(None, MOST - STEP // 2)
        return await self._up_to(follow[STEP - 1], MOST)

    async def fitted(self, span: Span) -> Span:
        """What of it a page holds, from its start on."""
        inside = oldest(after(self._all(), span.start, included=True))
        found = await self._places(inside, MOST + 1)
        if len(found) <= MOST or (span.end is not None and found[MOST] > span.end):
            return span
        return span._replace(end=found[MOST - 1])

    async def place_of(self, message_id: int) -> Place | None:
        """Where a message stands; None when it is not one of this thread."""
        places = await self._places(self._all().where(col(Message.id) == message_id), 1)
        return places[0] if places else None

    async def first_since(self, moment: datetime) -> Place | None:
        """Where the first message from a moment on stands."""
        since = self._all().where(col(Message.sent_at) >= moment)
        places = await self._places(oldest(since), 1)
        return places[0] if places else None

    async def _up_to(self, end: Place | None, count: int) -> Span:
        """The last ``count`` of those that stand before an end, or there."""
        upper = end and end._replace(id=end.id + 1)
        start, has_older = await self._before(upper, count)
        return Span(start, end, has_older)

    async def _before(self, place: Place | None, count: int) -> tuple[Place, bool]:
        """Where the ``count``-th before a place stands, and whether there is anything before."""
        found = await self._places(newest(self._all(), place), count + 1)
        has_older = len(found) > count
        return (found[count - 1] if has_older else BEGINNING), has_older

    async def _places(self, query: _Places, limit: int) -> list[Place]:
        return [Place(*row) for row in await self.session.exec(query.limit(limit))]

    def _all(self) -> _Places:
        return select(col(Message.sent_at), col(Message.id)).where(
            col(Message.account_id) == self.account_id,
            col(Message.conversation_id) == self.conversation_id,
        )
