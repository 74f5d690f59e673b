"""The actors that what somebody types finds: by name, number, e-mail address, or the code of a
reservation, through the terms that are kept of them (P5)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.people import search_terms
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorTerm, Reservation, ReservationGuest
from inbox_app.queries.search.terms import begins, owners, ways

_Which = tuple[ColumnElement[bool], ...]
_TERMS_EACH = 4
"""More terms than people are read: several of one may begin alike."""


async def ids_found(
    session: AsyncSession,
    account_id: int,
    typed: str,
    *,
    limit: int,
    kind: ActorKind | None = None,
    archived: bool = False,
    among: SelectOfScalar[int] | None = None,
) -> list[int]:
    """The ids of no more than ``limit``, what begins most alike first; of those that are
    ``archived``, or of the others; ``among`` some where they are given."""
    which = _which(kind, archived=archived)
    if among is not None:
        which = (*which, col(Actor.id).in_(among))
    found = dict.fromkeys(await _on_file(session, account_id, typed, which, limit))
    if whole := search_terms.squeezed(typed):
        for code in (Reservation.code_key, Reservation.portal_key):
            found |= dict.fromkeys(
                await _by_code(session, account_id, col(code), whole, which, limit)
            )
    return list(found)[:limit]


async def ids_on_file(
    session: AsyncSession, account_id: int, typed: str, *, limit: int, kind: ActorKind | None = None
) -> list[int]:
    """The same by name, number and e-mail address alone; archived ones left out."""
    return await _on_file(session, account_id, typed, _which(kind), limit)


async def _on_file(
    session: AsyncSession, account_id: int, typed: str, which: _Which, limit: int
) -> list[int]:
    found: dict[int, None] = {}
    for way in ways(search_terms.needle(typed)):
        found |= dict.fromkeys(await _by_terms(session, account_id, way, which, limit))
    return list(found)[:limit]


async def _by_terms(
    session: AsyncSession,
    account_id: int,
    beginnings: Sequence[str],
    which: _Which,
    limit: int,
) -> list[int]:
    having = await owners(session, ActorTerm, "actor_id", account_id, beginnings)
    query = (
        having.join(Actor, col(Actor.id) == col(ActorTerm.actor_id))
        .where(*which)
        .limit(limit * _TERMS_EACH)
    )
    return list(await session.exec(query))


async def _by_code(
    session: AsyncSession,
    account_id: int,
    code: Mapped[str],
    beginning: str,
    which: _Which,
    limit: int,
) -> list[int]:
    """The guests of reservations whose code begins so."""
    query = (
        select(col(ReservationGuest.actor_id))
        .join(Reservation, col(Reservation.id) == col(ReservationGuest.reservation_id))
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(
            col(Reservation.account_id) == account_id,
            begins(code, beginning),
            col(Reservation.archived_at).is_(None),
            *which,
        )
        .order_by(code, col(ReservationGuest.position))
        .limit(limit)
    )
    return list(await session.exec(query))


def _which(kind: ActorKind | None, *, archived: bool = False) -> _Which:
    at = col(Actor.archived_at)
    listed = at.is_not(None) if archived else at.is_(None)
    return (listed,) if kind is None else (listed, col(Actor.kind) == kind)
