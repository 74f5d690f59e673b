"""The left panel: which conversations a view holds, in which order, and what each row says
(P1, P5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, literal_column, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Conversation, Unseen
from inbox_app.queries.inbox.list.conversation_rows import facts, read, shown
from inbox_app.queries.inbox.list.list_order import (
    MOST_PRESSING,
    NEWEST,
    NEWEST_UNSEEN,
    NEWEST_WITH_LABEL,
    Cursor,
    Order,
    by_stay,
    soonest,
)
from inbox_app.queries.inbox.list.mentions import with_mentions
from inbox_app.queries.inbox.list.narrowing import (
    among_few,
    among_labelled,
    is_rare,
    is_whole_label,
    narrows,
    with_label,
)
from inbox_app.queries.inbox.list.today import LANES, staying_today, zones_by_date
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.inbox.reply_windows import closing_soon
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere
from inbox_app.queries.labels.labels import labels_of

_Ids = Select[*tuple[Any, ...]]
_NOT_BY_LABEL = {Filter.TO_ANSWER, Filter.EXPIRING, Filter.TODAY, Filter.UNREAD}
"""Sorted otherwise than by the newest, or made of two lists."""
_NONE: ColumnElement[int] = literal_column("0")
"""Written out: SQLite takes an index of some rows only where it sees the bound."""


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
    ordered = await _in_order(session, view, now)
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
    ordered = await _in_order(session, view, now)
    of = {"after": after, "before": before}
    places = await _read_places(session, ordered, **of, limit=1, skip=count - 1)
    return places[0] if places else None


async def ids_in(session: AsyncSession, view: View, now: datetime, *, limit: int) -> list[int]:
    """Of the first so many conversations of a view, in its order."""
    ordered = await _in_order(session, view, now)
    return [place.id for place in await _read_places(session, ordered, limit=limit)]


def to_answer_ids(account_id: int) -> _Ids:
    """Of the conversations that are to do."""
    to_do = col(Conversation.waiting_since).is_not(None), col(Conversation.snooze).is_(None)
    return _listed(account_id).where(*to_do)


def unread_ids(account_id: int) -> _Ids:
    """Of the conversations that hold anything unread, archived ones aside."""
    return _listed(account_id).where(col(Conversation.unread) > _NONE)


def unseen_ids(account_id: int, user_id: int) -> _Ids:
    """Of the conversations that hold anything that others have read and this person has not; of
    some of them more has come since, which nobody has read."""
    return select(col(Unseen.conversation_id)).where(
        col(Unseen.account_id) == account_id,
        col(Unseen.user_id) == user_id,
        col(Unseen.archived_at).is_(None),
    )


_Ordered = tuple[_Ids, Order]
"""The ids of a view, and what they are sorted by."""


async def _read_places(
    session: AsyncSession,
    ordered: Sequence[_Ordered],
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
    ids: _Ids,
    order: Order,
    *,
    limit: int,
    after: Cursor | None,
    before: Cursor | None,
    skip: int = 0,
) -> list[Cursor]:
    lane = _NONE if order.lane is None else order.lane
    asked = cast("_Ids", ids.with_only_columns(*order.by, lane))
    placed = order.before(asked, before) if before else order.after(asked, after)
    connection = await session.connection()
    rows = await connection.execute(placed.offset(skip).limit(limit))
    return [Cursor(*row) for row in rows]


async def _in_order(session: AsyncSession, view: View, now: datetime) -> Sequence[_Ordered]:
    """The lists that a view is made of; none where a search finds nothing."""
    among = await among_few(session, view)
    if among is not None and not among:
        return []
    if among is None and is_whole_label(view):
        return [(with_label(view), NEWEST_WITH_LABEL)]
    rare = among is None and view.label_id and view.filter not in _NOT_BY_LABEL
    if rare and await is_rare(session, view):
        held = narrows(replace(view, label_id=0), None)
        return [(among_labelled(_ids(view).where(held), view), NEWEST_WITH_LABEL)]
    held = narrows(view, among)
    match view.filter:
        case Filter.EXPIRING:
            windows = closing_soon(view.account_id, now, held)
            return [(select(windows.c.id), soonest(windows))]
        case Filter.TODAY:
            zones = await zones_by_date(session, view.account_id, now)
            today = staying_today(view.account_id, zones, now, held)
            return [(select(today.c.id), by_stay(today))]
        case Filter.TO_ANSWER:
            return [(_ids(view).where(held), MOST_PRESSING)]
        case Filter.UNREAD if view.user_id:
            unseen = _unseen(view, held)
            return [(_ids(view).where(held), NEWEST), (unseen, NEWEST_UNSEEN)]
        case _:
            return [(_ids(view).where(held), NEWEST)]


def _unseen(view: View, held: ColumnElement[bool]) -> _Ids:
    """What narrows the view is said of the conversations."""
    its = col(Conversation.id) == col(Unseen.conversation_id)
    return unseen_ids(view.account_id, view.user_id).join(Conversation, its).where(held)


def _ids(view: View) -> _Ids:
    match view.filter:
        case None:
            return _of(view.account_id)
        case Filter.TO_ANSWER:
            return to_answer_ids(view.account_id)
        case Filter.UNREAD:
            return unread_ids(view.account_id)
        case Filter.ARCHIVED:
            return _of(view.account_id).where(col(Conversation.archived_at).is_not(None))
        case _:
            return _listed(view.account_id).where(_holds(view))


def _of(account_id: int) -> _Ids:
    return select(col(Conversation.id)).where(col(Conversation.account_id) == account_id)


def _listed(account_id: int) -> _Ids:
    return _of(account_id).where(col(Conversation.archived_at).is_(None))


def _holds(view: View) -> ColumnElement[bool]:
    kind = col(Conversation.actor_kind)
    match view.filter:
        case Filter.MINE:
            return col(Conversation.assigned_to) == view.user_id
        case Filter.UNASSIGNED:
            return col(Conversation.assigned_to).is_(None)
        case Filter.MENTIONS:
            return col(Conversation.id).in_(with_mentions(view.account_id, view.user_id))
        case Filter.GUESTS:
            return kind == ActorKind.GUEST
        case Filter.OWNERS:
            return kind == ActorKind.OWNER
        case Filter.SUPPLIERS:
            return kind == ActorKind.SUPPLIER
        case Filter.UNKNOWN:
            return and_(kind.is_(None), col(Conversation.group_id).is_(None))
        case Filter.SNOOZED:
            return col(Conversation.snooze).is_not(None)
        case Filter.DONE:
            settled = col(Conversation.waiting_since).is_(None)
            return and_(settled, col(Conversation.snooze).is_(None))
        case Filter.STARRED:
            return col(Conversation.starred_at).is_not(None)
        case _:
            return true()
