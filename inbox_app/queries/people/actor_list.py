"""Everybody on file, by name: a part of a list that may be of any length, and what a search finds
in it (A3, P5)."""

from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorLabel
from inbox_app.queries.people.actor_rows import actor_rows
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.people.rows import ActorRow

FOUND = 100
"""So many of those whom a search finds are shown, what begins most alike."""
_PLACE = (col(Actor.sort_name), col(Actor.id))
_PLACE_WITH_LABEL = (col(ActorLabel.sort_name), col(ActorLabel.actor_id))


class ActorFilter(StrEnum):
    """What the chips above the list choose."""

    ALL = "all"
    GUESTS = "guests"
    OWNERS = "owners"
    SUPPLIERS = "suppliers"
    ARCHIVED = "archived"


class ActorPlace(NamedTuple):
    """Of somebody in the list."""

    sort_name: str
    id: int


class ActorView(NamedTuple):
    """One way to look at the list."""

    account_id: int
    filter: ActorFilter = ActorFilter.ALL
    search: str = ""
    label_id: int = 0
    """Only those with this label, of all that are not archived; 0 for whatever they have."""


_KINDS = {
    ActorFilter.GUESTS: ActorKind.GUEST,
    ActorFilter.OWNERS: ActorKind.OWNER,
    ActorFilter.SUPPLIERS: ActorKind.SUPPLIER,
}


async def stretch(
    session: AsyncSession, view: ActorView, *, limit: int, after: ActorPlace | None = None
) -> list[Actor]:
    """So many neighbours of a view that follow a place; without one from the top."""
    if view.search:
        return await _found(session, view)
    return list(await session.exec(_after(view, after).limit(limit)))


async def rows(session: AsyncSession, account_id: int, actors: list[Actor]) -> list[ActorRow]:
    """What the list says of each."""
    return await actor_rows(session, account_id, actors)


async def place_beyond(
    session: AsyncSession,
    view: ActorView,
    *,
    count: int,
    after: ActorPlace | None = None,
    before: ActorPlace | None = None,
) -> ActorPlace | None:
    """Where one comes from a place by so many rows, either way; None beyond the end."""
    in_order = _before(view, before) if before else _after(view, after)
    places = in_order.with_only_columns(*_place(view))
    connection = await session.connection()
    row = (await connection.execute(places.offset(count - 1).limit(1))).first()
    return ActorPlace(*row) if row else None


async def has_any(session: AsyncSession, account_id: int) -> bool:
    """Whether anybody is on file, archived or not."""
    query = select(Actor.id).where(col(Actor.account_id) == account_id).limit(1)
    return (await session.exec(query)).first() is not None


def _place(view: ActorView) -> tuple[Mapped[str], Mapped[int]]:
    """By which a view is ordered: an index has it."""
    return _PLACE_WITH_LABEL if view.label_id else _PLACE


def _after(view: ActorView, place: ActorPlace | None) -> SelectOfScalar[Actor]:
    listed, by = _listed(view), _place(view)
    if place is not None:
        listed = listed.where(tuple_(*by) > tuple_(*place))
    return listed.order_by(*by)


def _before(view: ActorView, place: ActorPlace) -> SelectOfScalar[Actor]:
    """The nearest first."""
    by = _place(view)
    in_front = _listed(view).where(tuple_(*by) < tuple_(*place))
    return in_front.order_by(*(each.desc() for each in by))


def _listed(view: ActorView) -> SelectOfScalar[Actor]:
    if view.label_id:
        return (
            select(Actor)
            .select_from(ActorLabel)
            .join(Actor, col(Actor.id) == col(ActorLabel.actor_id))
            .where(*_labelled(view))
        )
    query = select(Actor).where(col(Actor.account_id) == view.account_id)
    if view.filter is ActorFilter.ARCHIVED:
        return query.where(col(Actor.archived_at).is_not(None), col(Actor.merged_into).is_(None))
    query = query.where(col(Actor.archived_at).is_(None))
    kind = _KINDS.get(view.filter)
    return query if kind is None else query.where(col(Actor.kind) == kind)


def _labelled(view: ActorView) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ActorLabel.account_id) == view.account_id,
        col(ActorLabel.label_id) == view.label_id,
        col(ActorLabel.archived_at).is_(None),
    )


async def _found(session: AsyncSession, view: ActorView) -> list[Actor]:
    ids = await ids_found(
        session,
        view.account_id,
        view.search,
        limit=FOUND,
        kind=_KINDS.get(view.filter),
        archived=view.filter is ActorFilter.ARCHIVED,
        among=select(ActorLabel.actor_id).where(*_labelled(view)) if view.label_id else None,
    )
    found = await session.exec(_listed(view).where(col(Actor.id).in_(ids)))
    return sorted(found, key=lambda actor: (actor.sort_name, actor.id))
