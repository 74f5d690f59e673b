"""Where somebody who is put on file belongs: the stay of a guest, the home of anybody else (A1)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import search_terms
from inbox_app.domain.stays.stays import NO_GUESTS, ReservationStatus
from inbox_app.models import Accommodation, Actor, Reservation, ReservationGuest
from inbox_app.queries.people.found_actors import ids_on_file
from inbox_app.queries.people.rows import PlaceRow
from inbox_app.queries.search.terms import begins
from inbox_app.queries.stays.home_choices import homes_to_choose

_LONGEST = 80
_MOST = 20
_ARRIVED_WITHIN = timedelta(days=60)
_NO_STAYS = NO_GUESTS | {ReservationStatus.CANCELLED}


async def stays_found(
    session: AsyncSession, account_id: int, words: str, now: datetime
) -> list[PlaceRow]:
    """By code or by a guest; without words those in house and the next to arrive."""
    which = await _which(session, account_id, words, now)
    query = (
        select(Reservation, Accommodation.name)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .where(
            col(Reservation.account_id) == account_id,
            col(Reservation.archived_at).is_(None),
            col(Reservation.status).not_in(_NO_STAYS),
            *which,
        )
        .order_by(col(Reservation.check_in), col(Reservation.id))
        .limit(_MOST)
    )
    found = (await session.exec(query)).all()
    guests = await _first_guests(session, account_id, [stay.id for stay, _ in found])
    return [_stay(stay, home, guests.get(stay.id, stay.guest_name or "")) for stay, home in found]


async def homes_found(session: AsyncSession, account_id: int, words: str) -> list[PlaceRow]:
    """By name; without words the first of all."""
    homes = await homes_to_choose(session, account_id, words)
    return [_place(home["id"], accommodation=home["name"]) for home in homes]


async def _which(
    session: AsyncSession, account_id: int, words: str, now: datetime
) -> list[ColumnElement[bool]]:
    code = search_terms.squeezed(words)
    if not code:
        today = now.date()
        return [
            col(Reservation.check_in) >= today - _ARRIVED_WITHIN,
            col(Reservation.check_out) >= today,
        ]
    guests = await ids_on_file(session, account_id, words, limit=_MOST)
    theirs = select(ReservationGuest.reservation_id).where(
        col(ReservationGuest.account_id) == account_id, col(ReservationGuest.actor_id).in_(guests)
    )
    return [
        or_(
            begins(Reservation.code_key, code),
            begins(Reservation.portal_key, code),
            col(Reservation.id).in_(theirs),
        )
    ]


async def _first_guests(
    session: AsyncSession, account_id: int, reservation_ids: Collection[int]
) -> dict[int, str]:
    query = (
        select(ReservationGuest.reservation_id, Actor.name)
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(
            col(ReservationGuest.account_id) == account_id,
            col(ReservationGuest.reservation_id).in_(reservation_ids),
        )
        .order_by(col(ReservationGuest.position).desc(), col(ReservationGuest.id).desc())
    )
    return {id_: clean_line(name, _LONGEST) for id_, name in await session.exec(query)}


def _stay(stay: Reservation, home: str, guest: str) -> PlaceRow:
    return _place(
        str(stay.id),
        code=stay.code,
        guest=guest,
        accommodation=clean_line(home, _LONGEST),
        check_in=stay.check_in.isoformat(),
        check_out=stay.check_out.isoformat(),
    )


def _place(
    id_: str,
    *,
    accommodation: str,
    code: str = "",
    guest: str = "",
    check_in: str = "",
    check_out: str = "",
) -> PlaceRow:
    return PlaceRow(
        id=id_,
        code=code,
        guest=guest,
        accommodation=accommodation,
        check_in=check_in,
        check_out=check_out,
    )
