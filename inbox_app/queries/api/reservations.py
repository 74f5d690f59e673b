"""Reservations as the HTTP API shows them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Reservation, ReservationGuest


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationOut:
    """A stay: dates and times are the accommodation's, money is in `currency`. `accommodation` and
    `guests` are external ids; those that have none are left out."""

    external_id: str
    code: str
    accommodation: str | None
    guests: list[str]
    check_in: date
    check_out: date
    status: ReservationStatus
    adults: int | None
    children: int | None
    infants: int | None
    pets: int | None
    arrival_time: str | None
    departure_time: str | None
    portal: str | None
    portal_code: str | None
    url: str | None
    total: Decimal | None
    balance: Decimal | None
    currency: str | None
    notes: str | None
    archived: bool


async def reservations(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[ReservationOut], int | None]:
    """A page of those that came from outside and are not archived, and where the next begins."""
    query = (
        _OF_AN_ACCOUNT.where(
            col(Reservation.account_id) == account_id,
            col(Reservation.external_id).is_not(None),
            col(Reservation.archived_at).is_(None),
            col(Reservation.id) > (after or 0),
        )
        .order_by(col(Reservation.id))
        .limit(limit + 1)
    )
    found = (await session.exec(query)).all()
    page = found[:limit]
    more = page[-1][0].id if len(found) > limit else None
    return await _shown(session, account_id, page), more


async def reservation(
    session: AsyncSession, account_id: int, external_id: str
) -> ReservationOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = _OF_AN_ACCOUNT.where(
        col(Reservation.account_id) == account_id, col(Reservation.external_id) == external_id
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


_OF_AN_ACCOUNT = select(Reservation, Accommodation.external_id).join(
    Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id)
)


async def _shown(
    session: AsyncSession, account_id: int, found: Sequence[tuple[Reservation, str | None]]
) -> list[ReservationOut]:
    guests = await _guests(session, account_id, [stay.id for stay, _ in found])
    return [_out(stay, home, guests[stay.id]) for stay, home in found]


async def _guests(
    session: AsyncSession, account_id: int, ids: Sequence[int]
) -> dict[int, list[str]]:
    query = (
        select(ReservationGuest.reservation_id, Actor.external_id)
        .join(Actor, col(Actor.id) == col(ReservationGuest.actor_id))
        .where(
            col(ReservationGuest.account_id) == account_id,
            col(ReservationGuest.reservation_id).in_(ids),
        )
        .order_by(col(ReservationGuest.position))
    )
    guests: dict[int, list[str]] = defaultdict(list)
    for reservation_id, external_id in await session.exec(query):
        if external_id is not None:
            guests[reservation_id].append(external_id)
    return guests


def _out(stay: Reservation, home: str | None, guests: list[str]) -> ReservationOut:
    return ReservationOut(
        external_id=stay.external_id or "",
        code=stay.code,
        accommodation=home,
        guests=guests,
        check_in=stay.check_in,
        check_out=stay.check_out,
        status=stay.status,
        adults=stay.adults,
        children=stay.children,
        infants=stay.infants,
        pets=stay.pets,
        arrival_time=stay.arrival_time,
        departure_time=stay.departure_time,
        portal=stay.portal,
        portal_code=stay.portal_code,
        url=stay.url,
        total=stay.total,
        balance=stay.balance,
        currency=stay.currency,
        notes=stay.notes,
        archived=stay.archived_at is not None,
    )
