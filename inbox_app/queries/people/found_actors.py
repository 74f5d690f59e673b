"""The actors that what somebody types finds: by name, number, e-mail address, or the code of a
reservation, through the terms that are kept of them (P5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import search_terms
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.search_terms import WHOLE
from inbox_app.models import Actor, ActorTerm, Reservation, ReservationGuest

_TERMS_EACH = 4
"""More terms than people are read: several of one may begin alike."""
_LAST = "\U0010ffff"


def begins(column: Any, beginning: str) -> ColumnElement[bool]:
    """Whether a ``CodePoints`` column begins so, by its index."""
    return and_(col(column) >= beginning, col(column) < beginning + _LAST)


async def ids_found(
    session: AsyncSession, account_id: int, typed: str, *, limit: int, kind: ActorKind | None = None
) -> list[int]:
    """The ids of no more than ``limit``, what begins most alike first; archived ones left out."""
    needle = search_terms.needle(typed)
    if not needle.whole:
        return []
    ways = [[beginning] for beginning in needle.numbers]
    ways += [[WHOLE + needle.whole], list(needle.words)]
    found: dict[int, None] = {}
    for way in ways:
        found |= dict.fromkeys(await _by_terms(session, account_id, way, kind, limit))
    for code in (Reservation.code_key, Reservation.portal_key):
        found |= dict.fromkeys(
            await _by_code(session, account_id, col(code), needle.whole, kind, limit)
        )
    return list(found)[:limit]


async def _by_terms(
    session: AsyncSession,
    account_id: int,
    beginnings: Sequence[str],
    kind: ActorKind | None,
    limit: int,
) -> list[int]:
    """Those who have a term for each; the longest beginning leads, because few have it."""
    leading, *others = sorted(beginnings, key=len, reverse=True)
    query = (
        select(col(ActorTerm.actor_id))
        .join(Actor, col(Actor.id) == col(ActorTerm.actor_id))
        .where(
            col(ActorTerm.account_id) == account_id,
            begins(ActorTerm.term, leading),
            *_listed(kind),
            *(_has_too(other) for other in others),
        )
        .order_by(col(ActorTerm.term), col(ActorTerm.actor_id))
        .limit(limit * _TERMS_EACH)
    )
    return list(await session.exec(query))


def _has_too(beginning: str) -> ColumnElement[bool]:
    other = aliased(ActorTerm)
    return (
        select(other.actor_id)
        .where(
            col(other.account_id) == col(ActorTerm.account_id),
            col(other.actor_id) == col(ActorTerm.actor_id),
            begins(other.term, beginning),
        )
        .correlate(ActorTerm)
        .exists()
    )


async def _by_code(
    session: AsyncSession,
    account_id: int,
    code: Mapped[str],
    beginning: str,
    kind: ActorKind | None,
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
            *_listed(kind),
        )
        .order_by(code, col(ReservationGuest.position))
        .limit(limit)
    )
    return list(await session.exec(query))


def _listed(kind: ActorKind | None) -> tuple[ColumnElement[bool], ...]:
    listed = col(Actor.archived_at).is_(None)
    return (listed,) if kind is None else (listed, col(Actor.kind) == kind)
