"""The left panel: which conversations a view holds, newest first, and what each row says
(P1, P5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, true, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.reply_window import AMBER_FROM
from inbox_app.models import Actor, Connection, Conversation, LastInbound
from inbox_app.queries.inbox.conversation_rows import Facts, facts, rows
from inbox_app.queries.inbox.conversation_search import found
from inbox_app.queries.inbox.reply_windows import (
    closing,
    of_the_present_connection,
    shut_by_channel,
)
from inbox_app.queries.inbox.rows import ConversationRow

Chosen = TypeVar("Chosen", bound=Select[*tuple[Any, ...]])


class Filter(StrEnum):
    """What the chips above the list choose."""

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
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the list. ``user_id`` matters to «mine» alone, and is 0 elsewhere, so that
    all who look at the same thing share one view."""

    account_id: int
    filter: Filter = Filter.ALL
    search: str = ""
    user_id: int = 0


class Cursor(NamedTuple):
    """The place after a conversation: its arrival and id; in «closing soon» when its person last
    wrote, from which the window closes."""

    at: datetime
    id: int


async def page(
    session: AsyncSession, view: View, now: datetime, *, limit: int, after: Cursor | None = None
) -> list[ConversationRow]:
    """The rows of ``view`` from ``after`` on, the newest by arrival first, or what closes first;
    without drafts."""
    chosen = facts().where(_holds(view, now)).limit(limit)
    if view.search:
        chosen = chosen.where(found(view.account_id, view.search))
    order = _soonest if view.filter is Filter.EXPIRING else newest
    return await rows(session, view.account_id, order(chosen, after), now)


def newest(chosen: Chosen, after: Cursor | None) -> Chosen:
    """The newest by arrival first, those that come after a place."""
    place = (col(Conversation.arrived_at), col(Conversation.id))
    if after is not None:
        chosen = chosen.where(tuple_(*place) < tuple_(*after))
    return chosen.order_by(place[0].desc(), place[1].desc())


def _soonest(chosen: Facts, after: Cursor | None) -> Facts:
    place = (chosen.selected_columns.last_inbound_at, col(Conversation.id))
    if after is not None:
        chosen = chosen.where(tuple_(*place) > tuple_(*after))
    return chosen.order_by(*place)


def holds(filter_: Filter, user_id: int, now: datetime) -> ColumnElement[bool]:
    """Whether a row of the conversation table stands in the filter, archived ones aside."""
    match filter_:
        case Filter.UNREAD:
            return col(Conversation.unread) > 0
        case Filter.MINE:
            return col(Conversation.assigned_to) == user_id
        case Filter.UNASSIGNED:
            return col(Conversation.assigned_to).is_(None)
        case Filter.GUESTS:
            return _with_actor(ActorKind.GUEST)
        case Filter.OWNERS:
            return _with_actor(ActorKind.OWNER)
        case Filter.SUPPLIERS:
            return _with_actor(ActorKind.SUPPLIER)
        case Filter.UNKNOWN:
            return and_(col(Conversation.actor_id).is_(None), col(Conversation.group_id).is_(None))
        case Filter.EXPIRING:
            return _expiring(now)
        case _:
            return true()


def _holds(view: View, now: datetime) -> ColumnElement[bool]:
    archived = col(Conversation.archived_at)
    if view.filter is Filter.ARCHIVED:
        return archived.is_not(None)
    return and_(archived.is_(None), holds(view.filter, view.user_id, now))


def _with_actor(kind: ActorKind) -> ColumnElement[bool]:
    same = col(Actor.id) == col(Conversation.actor_id)
    return (
        select(col(Actor.id)).where(same, col(Actor.kind) == kind).correlate(Conversation).exists()
    )


def _expiring(now: datetime) -> ColumnElement[bool]:
    last = col(LastInbound.last_inbound_at)
    return (
        select(col(LastInbound.id))
        .join(Connection, of_the_present_connection())
        .where(
            col(LastInbound.address_id) == col(Conversation.address_id),
            closing(last, now, AMBER_FROM),
            ~shut_by_channel(last, col(Connection.id)),
        )
        .correlate(Conversation)
        .exists()
    )
