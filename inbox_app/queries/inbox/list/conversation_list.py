"""The left panel: the conversations of a view, from place to place, and what each row says
(P1, P5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation
from inbox_app.queries.inbox.list.conversation_rows import facts, read, shown
from inbox_app.queries.inbox.list.in_view import NONE, Ids, Ordered, in_order
from inbox_app.queries.inbox.list.list_order import Cursor, Order
from inbox_app.queries.inbox.list.today import LANES
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere
from inbox_app.queries.labels.labels import labels_of


class Found(NamedTuple):
    """One of a view, as ``conversation_rows.read`` gives it, and where it stands."""

    place: Cursor
    raw: Any
    stay: StayThere | None


class Stretch(NamedTuple):
    """Neighbours in a view, and the places of the first and the last; none where it is empty."""

    rows: list[ConversationRow]
    first: Cursor | None = None
    last: Cursor | None = None


async def page(
    session: AsyncSession, view: View, now: datetime, *, limit: int, after: Cursor | None = None
) -> list[ConversationRow]:
    """The rows of ``view`` from ``after`` on, the newest by arrival first, or what closes first;
    without drafts."""
    return (await stretch(session, view, now, limit=limit, after=after)).rows


async def stretch(
    session: AsyncSession,
    view: View,
    now: datetime,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Stretch:
    """The rows of ``view`` that follow a place, or the last of those that stand before one, either
    way in the list's order; from its beginning without a place."""
    rows = await found(session, view, now, limit=limit, after=after, before=before)
    if not rows:
        return Stretch([])
    first, last = rows[0].place, rows[-1].place
    labels = await labels_of(session, view.account_id, [row.raw.id for row in rows])
    seen = [shown(row.raw, row.stay, now, labels.get(row.raw.id, [])) for row in rows]
    if view.filter is Filter.TODAY:
        seen = _under_headings(seen, [row.place.lane for row in rows])
    return Stretch(seen, first, last)


def _under_headings(rows: list[ConversationRow], lanes: list[int]) -> list[ConversationRow]:
    """The first of each lane says so; the first of a stretch too, whatever stands above it."""
    return [
        row if lane == before else {**row, "lane": LANES[lane]}
        for row, lane, before in zip(rows, lanes, [None, *lanes], strict=False)
    ]


async def found(
    session: AsyncSession,
    view: View,
    now: datetime,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> list[Found]:
    """The same as ``conversation_rows.read`` gives them."""
    ordered = await in_order(session, view, now)
    places = await _read_places(session, ordered, after=after, before=before, limit=limit)
    chosen = facts().where(col(Conversation.id).in_([place.id for place in places]))
    rows = {raw.id: (raw, stay) for raw, stay in await read(session, view.account_id, chosen, now)}
    there = [Found(place, *rows[place.id]) for place in places if place.id in rows]
    return there[::-1] if before else there


async def place_beyond(
    session: AsyncSession,
    view: View,
    now: datetime,
    *,
    count: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Cursor | None:
    """Where one comes from a place by so many rows, either way; None beyond the end."""
    ordered = await in_order(session, view, now)
    of = {"after": after, "before": before}
    places = await _read_places(session, ordered, **of, limit=1, skip=count - 1)
    return places[0] if places else None


async def ids_in(session: AsyncSession, view: View, now: datetime, *, limit: int) -> list[int]:
    """Of the first so many conversations of a view, in its order."""
    ordered = await in_order(session, view, now)
    return [place.id for place in await _read_places(session, ordered, limit=limit)]


async def _read_places(
    session: AsyncSession,
    ordered: Sequence[Ordered],
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
    skip: int = 0,
) -> list[Cursor]:
    """The nearest first. Of several lists, all with the newest first, each is read by its own index
    as far as is asked for: what stands in two has the same place in both."""
    if len(ordered) == 1:
        return await _places(
            session, *ordered[0], after=after, before=before, skip=skip, limit=limit
        )
    found = {
        place
        for each in ordered
        for place in await _places(session, *each, after=after, before=before, limit=skip + limit)
    }
    return sorted(found, reverse=before is None)[skip : skip + limit]


async def _places(
    session: AsyncSession,
    ids: Ids,
    order: Order,
    *,
    limit: int,
    after: Cursor | None,
    before: Cursor | None,
    skip: int = 0,
) -> list[Cursor]:
    lane = NONE if order.lane is None else order.lane
    asked = cast("Ids", ids.with_only_columns(*order.by, lane))
    placed = order.before(asked, before) if before else order.after(asked, after)
    connection = await session.connection()
    rows = await connection.execute(placed.offset(skip).limit(limit))
    return [Cursor(*row) for row in rows]
