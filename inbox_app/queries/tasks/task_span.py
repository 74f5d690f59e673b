"""Which part of a long list of tasks is shown: it moves both ways, page by page (P3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Message, Task


class TaskPlace(NamedTuple):
    """Where a task stands: its time, and its id."""

    at: datetime | None
    id: int


class TaskSpan(NamedTuple):
    """So many pages from a place on, or from the beginning."""

    start: TaskPlace | None = None
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Beside:
    """The conversation, and whom it is with."""

    account_id: int
    conversation_id: int
    actor_id: int | None


@dataclass(frozen=True, slots=True)
class TaskLane:
    """The due ones first, then those without a time; or the closed, the latest first. Of a lane
    ``most`` pages are shown at once."""

    closed: bool
    page: int
    most: int

    async def part(
        self, session: AsyncSession, beside: Beside, span: TaskSpan
    ) -> tuple[list[int], bool]:
        """The ids of those in the span, and whether there are more below it."""
        most = self.page * span.pages
        found = await self._read(session, beside, span.start, most + 1)
        return [place.id for place in found[:most]], len(found) > most

    async def onward(self, session: AsyncSession, beside: Beside, span: TaskSpan) -> TaskSpan:
        """A page more below; once all are shown that may be, one less above."""
        if span.pages < self.most:
            return span._replace(pages=span.pages + 1)
        found = await self._read(session, beside, span.start, self.page * span.pages + 1)
        is_last = len(found) <= self.page * span.pages
        return span if is_last else span._replace(start=found[self.page])

    async def back(self, session: AsyncSession, beside: Beside, span: TaskSpan) -> TaskSpan:
        """A page more above."""
        if span.start is None:
            return span
        found = await self._read(session, beside, span.start, self.page + 1, above=True)
        return span._replace(start=found[self.page - 1] if len(found) > self.page else None)

    async def _read(
        self,
        session: AsyncSession,
        beside: Beside,
        start: TaskPlace | None,
        most: int,
        *,
        above: bool = False,
    ) -> list[TaskPlace]:
        """From a place on, or from it upwards."""
        ours = col(Task.account_id) == beside.account_id
        holds = [ours, *listed(closed=self.closed), *self._from(start, above=above)]
        order = self._order(above=above)
        theirs = select(Task.id).where(
            *holds, col(Task.supplier_id) == beside.actor_id, col(Task.supplier_id).is_not(None)
        )
        from_here = (
            select(Task.id)
            .join(Message, col(Message.id) == col(Task.message_id))
            .where(*holds, col(Message.conversation_id) == beside.conversation_id)
        )
        ids = [*await session.exec(theirs.order_by(*order).limit(most))]
        ids += await session.exec(from_here.order_by(*order).limit(most))
        query = select(self._at, Task.id).where(*holds, col(Task.id).in_(ids))
        found = await session.exec(query.order_by(*order).limit(most))
        return [TaskPlace(at, id_) for at, id_ in found]

    @property
    def _at(self) -> Any:
        return col(Task.closed_at if self.closed else Task.due_at)

    def _order(self, *, above: bool) -> list[Any]:
        without = [] if self.closed else [self._at.is_(None)]
        falls = self.closed is not above
        return [key.desc() if falls else key.asc() for key in (*without, self._at, col(Task.id))]

    def _from(self, start: TaskPlace | None, *, above: bool) -> list[ColumnElement[bool]]:
        if start is None:
            return []
        later = self.closed is above
        if start.at is None:
            here = self._at.is_(None) & _beyond(col(Task.id), start.id, later=later, same=not above)
            return [or_(here, self._at.is_not(None)) if above else here]
        here = and_(
            self._at == start.at, _beyond(col(Task.id), start.id, later=later, same=not above)
        )
        beyond = or_(here, _beyond(self._at, start.at, later=later, same=False))
        return [beyond if above or self.closed else or_(beyond, self._at.is_(None))]


def listed(*, closed: bool) -> tuple[ColumnElement[bool], ...]:
    """Those in one of the lanes."""
    is_open = col(Task.closed_at).is_(None)
    is_closed = col(Task.closed_at).is_not(None)
    return is_closed if closed else is_open, col(Task.archived_at).is_(None)


def _beyond(key: Any, value: Any, *, later: bool, same: bool) -> ColumnElement[bool]:
    if later:
        return key >= value if same else key > value
    return key <= value if same else key < value


TO_DO = TaskLane(closed=False, page=60, most=2)
CLOSED = TaskLane(closed=True, page=20, most=4)
