"""Which conversations a view holds, and what they are sorted by (P1, P5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Conversation, Unseen
from inbox_app.queries.inbox.list.list_order import (
    MOST_PRESSING,
    NEWEST,
    NEWEST_UNSEEN,
    NEWEST_WITH_LABEL,
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
from inbox_app.queries.inbox.list.today import staying_today, zones_by_date
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.inbox.reply_windows import closing_soon

Ids = Select[*tuple[Any, ...]]
Ordered = tuple[Ids, Order]
"""The ids of a view, and what they are sorted by."""
_NOT_BY_LABEL = {Filter.TO_ANSWER, Filter.EXPIRING, Filter.TODAY, Filter.UNREAD}
"""Sorted otherwise than by the newest, or made of two lists."""
NONE: ColumnElement[int] = literal_column("0")
"""Written out: SQLite takes an index of some rows only where it sees the bound."""


async def in_order(session: AsyncSession, view: View, now: datetime) -> Sequence[Ordered]:
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


def _unseen(view: View, held: ColumnElement[bool]) -> Ids:
    """What narrows the view is said of the conversations."""
    its = col(Conversation.id) == col(Unseen.conversation_id)
    return unseen_ids(view.account_id, view.user_id).join(Conversation, its).where(held)


def _ids(view: View) -> Ids:
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


def to_answer_ids(account_id: int) -> Ids:
    """Of the conversations that are to do."""
    to_do = col(Conversation.waiting_since).is_not(None), col(Conversation.snooze).is_(None)
    return _listed(account_id).where(*to_do)


def unread_ids(account_id: int) -> Ids:
    """Of the conversations that hold anything unread, archived ones aside."""
    return _listed(account_id).where(col(Conversation.unread) > NONE)


def unseen_ids(account_id: int, user_id: int) -> Ids:
    """Of the conversations that hold anything that others have read and this person has not; of
    some of them more has come since, which nobody has read."""
    return select(col(Unseen.conversation_id)).where(
        col(Unseen.account_id) == account_id,
        col(Unseen.user_id) == user_id,
        col(Unseen.archived_at).is_(None),
    )


def _of(account_id: int) -> Ids:
    return select(col(Conversation.id)).where(col(Conversation.account_id) == account_id)


def _listed(account_id: int) -> Ids:
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
