"""The left panel: which conversations a view holds, in which order, and what each row says
(P1, P5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, literal_column, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Conversation
from inbox_app.queries.inbox.conversation_rows import facts, read, shown
from inbox_app.queries.inbox.conversation_search import conversations_found
from inbox_app.queries.inbox.list_order import (
    MOST_PRESSING,
    NEWEST,
    SOONEST,
    Cursor,
    Order,
    soonest,
)
from inbox_app.queries.inbox.reply_windows import closing_soon
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere

_Ids = Select[*tuple[Any, ...]]
Found = list[tuple[Any, StayThere | None]]
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
    EXPIRING = "expiring"
    """The window is open and closes within six hours."""
    SNOOZED = "snoozed"
    DONE = "done"
    STARRED = "starred"
    ARCHIVED = "archived"


_ORDERS: dict[Filter | None, Order] = {
    Filter.EXPIRING: SOONEST,
    Filter.TO_ANSWER: MOST_PRESSING,
}
"""The others have the newest first."""


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
    first, last = place(rows[0][0], view), place(rows[-1][0], view)
    return Stretch([shown(raw, stay, now) for raw, stay in rows], first, last)


async def found(
    session: AsyncSession,
    view: View,
    now: datetime,
    *,
    limit: int,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Found:
    """The same as ``conversation_rows.read`` gives them."""
    searched = await _searched(session, view)
    if searched is None:
        return []
    ids, within = _in_order(view, now, searched)
    ids = within.before(ids, before) if before else within.after(ids, after)
    chosen = facts().where(col(Conversation.id).in_(ids.limit(limit)))
    chosen = _ORDERS.get(view.filter, NEWEST).after(chosen, None)
    return await read(session, view.account_id, chosen, now)


def place(raw: Any, view: View) -> Cursor:
    """Where one of ``found`` stands in its view."""
    match view.filter:
        case Filter.EXPIRING:
            return Cursor(raw.last_inbound_at, raw.id)
        case Filter.TO_ANSWER:
            return Cursor(raw.answer_by, raw.id)
        case _:
            return Cursor(raw.arrived_at, raw.id)


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
    searched = await _searched(session, view)
    if searched is None:
        return None
    ids, within = _in_order(view, now, searched)
    places = ids.with_only_columns(*within.by)
    places = within.before(places, before) if before else within.after(places, after)
    connection = await session.connection()
    row = (await connection.execute(places.offset(count - 1).limit(1))).first()
    return Cursor(*row) if row else None


def unread_ids(account_id: int) -> _Ids:
    """Of the conversations that hold anything unread, archived ones aside."""
    return _listed(account_id).where(col(Conversation.unread) > _NONE)


def to_answer_ids(account_id: int) -> _Ids:
    """Of the conversations that are to do."""
    to_do = col(Conversation.waiting_since).is_not(None), col(Conversation.snooze).is_(None)
    return _listed(account_id).where(*to_do)


async def _searched(session: AsyncSession, view: View) -> ColumnElement[bool] | None:
    """What a search leaves of the list; None for nothing."""
    if not view.search:
        return true()
    ids = await conversations_found(
        session, view.account_id, view.search, in_messages=view.in_messages
    )
    return col(Conversation.id).in_(ids) if ids else None


def _in_order(view: View, now: datetime, searched: ColumnElement[bool]) -> tuple[_Ids, Order]:
    if view.filter is Filter.EXPIRING:
        return _closing(view, now, searched)
    return _ids(view).where(searched), _ORDERS.get(view.filter, NEWEST)


def _closing(view: View, now: datetime, searched: ColumnElement[bool]) -> tuple[_Ids, Order]:
    windows = closing_soon(view.account_id, now, searched)
    return select(windows.c.id), soonest(windows)


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
