"""The stays that a search finds: by code, by a guest, by the home (P5, P9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import search_terms
from inbox_app.domain.stays import stays
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    AccommodationTerm,
    Actor,
    Reservation,
    ReservationGuest,
)
from inbox_app.queries.people.found_actors import ids_on_file
from inbox_app.queries.search.people_hits import latest_conversations
from inbox_app.queries.search.pieces import pieces
from inbox_app.queries.search.rows import ReservationHitRow
from inbox_app.queries.search.terms import begins, owners, ways

_LONGEST = 80
_MOST_HOMES = 5
"""A stay of many homes is looked for by more than their names' common word."""
_LONGEST_STAY = timedelta(days=60)
"""Who came before that is not looked for among those who are there."""


async def reservation_hits(
    session: AsyncSession, account_id: int, typed: str, now: datetime, *, limit: int
) -> list[ReservationHitRow]:
    """No more than ``limit``: by code, then by guest, the latest arrival first; then those in a
    home of such a name, who is there or comes next first."""
    ids = await _ids(session, account_id, typed, now, limit)
    if not ids:
        return []
    query = (
        select(Reservation, Accommodation)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .where(col(Reservation.account_id) == account_id, col(Reservation.id).in_(ids))
    )
    found = {stay.id: (stay, home) for stay, home in await session.exec(query)}
    guests = await _guests(session, account_id, ids)
    actor_ids = [actor for theirs in guests.values() for actor, _ in theirs]
    latest = await latest_conversations(session, account_id, actor_ids)
    threads = {actor: str(conversation.id) for actor, conversation in latest.items()}
    return [_row(*found[id_], guests.get(id_, []), threads, typed, now) for id_ in ids]


async def _ids(
    session: AsyncSession, account_id: int, typed: str, now: datetime, limit: int
) -> list[int]:
    found: dict[int, None] = {}
    if whole := search_terms.squeezed(typed):
        for code in (Reservation.code_key, Reservation.portal_key):
            by_code = _some(account_id, begins(code, whole)).order_by(col(code)).limit(limit)
            found |= dict.fromkeys(await session.exec(by_code))
    if len(found) < limit:
        found |= dict.fromkeys(await _of_guests(session, account_id, typed, limit))
    if len(found) < limit:
        found |= dict.fromkeys(await _in_homes(session, account_id, typed, now, limit))
    return list(found)[:limit]


def _some(account_id: int, *which: ColumnElement[bool]) -> SelectOfScalar[int]:
    return select(Reservation.id).where(
        col(Reservation.account_id) == account_id,
        col(Reservation.archived_at).is_(None),
        col(Reservation.status) != ReservationStatus.BLOCK,
        *which,
    )


async def _of_guests(
    session: AsyncSession, account_id: int, typed: str, limit: int
) -> Sequence[int]:
    guests = await ids_on_file(session, account_id, typed, limit=limit)
    if not guests:
        return []
    theirs = select(ReservationGuest.reservation_id).where(
        col(ReservationGuest.account_id) == account_id, col(ReservationGuest.actor_id).in_(guests)
    )
    query = _some(account_id, col(Reservation.id).in_(theirs))
    return (await session.exec(query.order_by(col(Reservation.check_in).desc()).limit(limit))).all()


async def _in_homes(
    session: AsyncSession, account_id: int, typed: str, now: datetime, limit: int
) -> list[int]:
    homes = await _homes(session, account_id, typed)
    if not homes:
        return []
    arrives, today = col(Reservation.check_in), now.date()
    there = _some(
        account_id,
        col(Reservation.accommodation_id).in_(homes),
        arrives >= today - _LONGEST_STAY,
        col(Reservation.check_out) >= today,
    ).order_by(arrives)
    gone = _some(
        account_id,
        col(Reservation.accommodation_id).in_(homes),
        arrives < today,
        col(Reservation.check_out) < today,
    ).order_by(arrives.desc())
    found = [*await session.exec(there.limit(limit))]
    return [*found, *await session.exec(gone.limit(limit - len(found)))]


async def _homes(session: AsyncSession, account_id: int, typed: str) -> list[int]:
    found: dict[int, None] = {}
    for way in ways(search_terms.needle(typed)):
        having = await owners(session, AccommodationTerm, "accommodation_id", account_id, way)
        found |= dict.fromkeys(await session.exec(having.limit(_MOST_HOMES)))
    return list(found)[:_MOST_HOMES]


async def _guests(
    session: AsyncSession, account_id: int, ids: Sequence[int]
) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ReservationGuest.reservation_id, Actor.id, Actor.name)
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(
            col(ReservationGuest.account_id) == account_id,
            col(ReservationGuest.reservation_id).in_(ids),
        )
        .order_by(col(ReservationGuest.position), col(ReservationGuest.id))
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for reservation_id, actor_id, name in await session.exec(query):
        found.setdefault(reservation_id, []).append((actor_id, clean_line(name, _LONGEST)))
    return found


def _row(
    stay: Reservation,
    home: Accommodation,
    guests: Sequence[tuple[int, str]],
    threads: dict[int, str],
    typed: str,
    now: datetime,
) -> ReservationHitRow:
    phase = stays.phase(stay, stays.local_date(now, home.timezone))
    return ReservationHitRow(
        id=str(stay.id),
        external_id=stay.external_id or "",
        conversation_id=next((threads[actor] for actor, _ in guests if actor in threads), ""),
        guest_id=str(guests[0][0]) if guests else "",
        guest=pieces(_guest_shown(guests, typed), typed),
        code=pieces(_code_shown(stay, typed), typed),
        accommodation=pieces(clean_line(home.name, _LONGEST), typed),
        check_in=stay.check_in.isoformat(),
        check_out=stay.check_out.isoformat(),
        phase=phase.value,
    )


def _guest_shown(guests: Sequence[tuple[int, str]], typed: str) -> str:
    """The one who was looked for, else who booked."""
    names = [name for _, name in guests]
    sought = (name for name in names if any(piece["hit"] for piece in pieces(name, typed)))
    return next(sought, names[0] if names else "")


def _code_shown(stay: Reservation, typed: str) -> str:
    whole = search_terms.squeezed(typed)
    if stay.portal_code and whole and stay.portal_key.startswith(whole):
        return stay.portal_code
    return stay.code
