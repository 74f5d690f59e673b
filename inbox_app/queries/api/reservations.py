"""Reservations as the HTTP API shows them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Reservation, ReservationGuest
from inbox_app.queries.api.pages import page_by_key


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
    ours = select(Reservation).where(col(Reservation.account_id) == account_id)
    page, more = await page_by_key(session, ours, Reservation, limit=limit, after=after)
    return await _shown(session, account_id, page), more


async def reservation(
    session: AsyncSession, account_id: int, external_id: str
) -> ReservationOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = select(Reservation).where(
        col(Reservation.account_id) == account_id, col(Reservation.external_id) == external_id
    )
    shown = await _shown(session, account_id, (await session.exec(query)).all())
    return shown[0] if shown else None


async def known_id(session: AsyncSession, account_id: int, external_id: str) -> int | None:
    """Our id of the one with this key, archived or not."""
    query = select(Reservation.id).where(
        col(Reservation.account_id) == account_id, col(Reservation.external_id) == external_id
    )
    return (await session.exec(query)).first()


async def _shown(
    session: AsyncSession, account_id: int, stays: Sequence[Reservation]
) -> list[ReservationOut]:
    homes = await _homes(session, account_id, {stay.accommodation_id for stay in stays})
    guests = await _guests(session, account_id, [stay.id for stay in stays])
    return [_out(stay, homes[stay.accommodation_id], guests[stay.id]) for stay in stays]


async def _homes(
    session: AsyncSession, account_id: int, ids: Collection[int]
) -> dict[int, str | None]:
    query = select(Accommodation.id, Accommodation.external_id).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.id).in_(ids)
    )
    return dict((await session.exec(query)).all())


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
