"""The left panel: which conversations a view holds, in which order, and what each row says
(P1, P5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, and_, literal_column, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Conversation, ConversationLabel
from inbox_app.queries.inbox.conversation_rows import facts, read, shown
from inbox_app.queries.inbox.conversation_search import conversations_found
from inbox_app.queries.inbox.list_order import (
    MOST_PRESSING,
    NEWEST,
    NEWEST_WITH_LABEL,
    Cursor,
    Order,
    by_stay,
    soonest,
)
from inbox_app.queries.inbox.reply_windows import closing_soon
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere
from inbox_app.queries.inbox.today import staying_today, zones_by_date
from inbox_app.queries.labels.labels import labels_of

_Ids = Select[*tuple[Any, ...]]
_NONE: ColumnElement[int] = literal_column("0")
"""Written out: SQLite takes an index of some rows only where it sees the bound."""


class Filter(StrEnum):
    """What the chips above the list choose."""

    TO_ANSWER = "to_answer"
    """What is to do, by what presses most."""
    ALL = "all"
    UNREAD = "unread"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    GUESTS = "guests"
    OWNERS = "owners"
    SUPPLIERS = "suppliers"
    UNKNOWN = "unknown"
    TODAY = "today"
    """Whose stay begins, goes on or ends today, in this order; what presses most first in each."""
    EXPIRING = "expiring"
    """The window is open and closes within six hours."""
    SNOOZED = "snoozed"
    DONE = "done"
    STARRED = "starred"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the list. ``user_id`` matters to «mine» alone, and is 0 elsewhere, so that
    all who look at the same thing share one view."""

    account_id: int
    filter: Filter | None = Filter.ALL
    """None for all of them, archived ones too."""
    search: str = ""
    user_id: int = 0
    in_messages: bool = True
    """Whether a search looks through what was said too."""
    label_id: int = 0
    """Only those with this label; 0 for all."""


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
    return Stretch(seen, first, last)


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
    if ordered is None:
        return []
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
    if ordered is None:
        return None
    of = {"after": after, "before": before}
    places = await _read_places(session, ordered, **of, limit=1, skip=count - 1)
    return places[0] if places else None


async def ids_in(session: AsyncSession, view: View, now: datetime, *, limit: int) -> list[int]:
    """Of the first so many conversations of a view, in its order."""
    ordered = await _in_order(session, view, now)
    if ordered is None:
        return []
    return [place.id for place in await _read_places(session, ordered, limit=limit)]


def to_answer_ids(account_id: int) -> _Ids:
    """Of the conversations that are to do."""
    to_do = col(Conversation.waiting_since).is_not(None), col(Conversation.snooze).is_(None)
    return _listed(account_id).where(*to_do)


def unread_ids(account_id: int) -> _Ids:
    """Of the conversations that hold anything unread, archived ones aside."""
    return _listed(account_id).where(col(Conversation.unread) > _NONE)


_Ordered = tuple[_Ids, Order]


async def _read_places(
    session: AsyncSession,
    ordered: _Ordered,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
    skip: int = 0,
) -> list[Cursor]:
    """The nearest first."""
    ids, order = ordered
    lane = _NONE if order.lane is None else order.lane
    asked = cast("_Ids", ids.with_only_columns(*order.by, lane))
    placed = order.before(asked, before) if before else order.after(asked, after)
    connection = await session.connection()
    rows = await connection.execute(placed.offset(skip).limit(limit))
    return [Cursor(*row) for row in rows]


async def _in_order(session: AsyncSession, view: View, now: datetime) -> _Ordered | None:
    """The ids of a view, and what they are sorted by; None where a search finds nothing."""
    searched, found = true(), set[int]()
    if view.search:
        found = await conversations_found(
            session, view.account_id, view.search, in_messages=view.in_messages
        )
        if not found:
            return None
        searched = col(Conversation.id).in_(found)
    if view.label_id and view.filter is Filter.ALL:
        with_label = _with_label(view)
        if view.search:
            with_label = with_label.where(col(ConversationLabel.conversation_id).in_(found))
        return with_label, NEWEST_WITH_LABEL
    if view.label_id:
        searched = and_(searched, col(Conversation.id).in_(_with_label(view, archived=True)))
    match view.filter:
        case Filter.EXPIRING:
            windows = closing_soon(view.account_id, now, searched)
            return select(windows.c.id), soonest(windows)
        case Filter.TODAY:
            zones = await zones_by_date(session, view.account_id, now)
            today = staying_today(view.account_id, zones, now, searched)
            return select(today.c.id), by_stay(today)
        case Filter.TO_ANSWER:
            return _ids(view).where(searched), MOST_PRESSING
        case _:
            return _ids(view).where(searched), NEWEST


def _with_label(view: View, *, archived: bool = False) -> _Ids:
    """All that the list shows of a label come from its own index, in order."""
    labelled = select(col(ConversationLabel.conversation_id)).where(
        col(ConversationLabel.account_id) == view.account_id,
        col(ConversationLabel.label_id) == view.label_id,
    )
    return labelled if archived else labelled.where(col(ConversationLabel.archived_at).is_(None))


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
