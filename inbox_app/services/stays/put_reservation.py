"""Reservations as the property-management system tells of them: put and archived (A3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Reservation, ReservationGuest
from inbox_app.services import by_key
from inbox_app.services.by_key import UnknownKeyError
from inbox_app.services.stays.take_over import take_over


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReservation:
    """All that is known of a stay; it replaces what was. Dates and times are the accommodation's,
    `accommodation` and `guests` external ids, the first guest who booked."""

    code: str
    accommodation: str
    guests: Sequence[str]
    check_in: date
    check_out: date
    status: ReservationStatus
    adults: int | None = None
    children: int | None = None
    infants: int | None = None
    pets: int | None = None
    arrival_time: str | None = None
    departure_time: str | None = None
    portal: str | None = None
    portal_code: str | None = None
    url: str | None = None
    total: Decimal | None = None
    balance: Decimal | None = None
    currency: str | None = None
    notes: str | None = None


_AS_GIVEN = (
    *("code", "check_in", "check_out", "status", "adults", "children", "infants", "pets"),
    *("arrival_time", "departure_time", "portal", "portal_code", "url"),
    *("total", "balance", "currency", "notes"),
)


async def put_reservation(
    session: AsyncSession, account_id: int, external_id: str, given: GivenReservation, now: datetime
) -> bool:
    """Create or replace; True when created. Raises ``UnknownKeyError``."""
    home_id = await _accommodation(session, account_id, given.accommodation)
    guest_ids = await _guests(session, account_id, given.guests)
    reservation = await by_key.find(session, Reservation, account_id, external_id)
    created = reservation is None
    if reservation is None:
        reservation = Reservation(
            account_id=account_id,
            external_id=external_id,
            code=given.code,
            accommodation_id=home_id,
            check_in=given.check_in,
            check_out=given.check_out,
            status=given.status,
            created_at=now,
        )
    reservation.sqlmodel_update({name: getattr(given, name) for name in _AS_GIVEN})
    reservation.accommodation_id, reservation.archived_at = home_id, None
    session.add(reservation)
    await session.flush()
    await _put_guests(session, reservation, guest_ids)
    await take_over(session, reservation)
    return created


async def archive_reservation(
    session: AsyncSession, account_id: int, external_id: str, now: datetime
) -> bool:
    """Out of lists and panels. False when there is no such reservation."""
    return await by_key.archive(session, Reservation, account_id, external_id, now)


async def _accommodation(session: AsyncSession, account_id: int, external_id: str) -> int:
    query = select(Accommodation.id).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.external_id) == external_id
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise UnknownKeyError("accommodation", external_id)
    return found


async def _guests(session: AsyncSession, account_id: int, keys: Sequence[str]) -> list[int]:
    """Whoever was merged into another is that one."""
    query = select(Actor.external_id, func.coalesce(Actor.merged_into, Actor.id)).where(
        col(Actor.account_id) == account_id, col(Actor.external_id).in_(keys)
    )
    ids = dict((await session.exec(query)).all())
    for key in keys:
        if key not in ids:
            raise UnknownKeyError("guests", key)
    return list(dict.fromkeys(ids[key] for key in keys))


async def _put_guests(
    session: AsyncSession, reservation: Reservation, actor_ids: Sequence[int]
) -> None:
    of = (
        col(ReservationGuest.account_id) == reservation.account_id,
        col(ReservationGuest.reservation_id) == reservation.id,
    )
    theirs = select(Actor.id).where(
        col(Actor.account_id) == reservation.account_id, col(Actor.external_id).is_not(None)
    )
    await session.exec(
        delete(ReservationGuest).where(*of, col(ReservationGuest.actor_id).in_(theirs))
    )
    session.add_all(
        ReservationGuest(
            account_id=reservation.account_id,
            reservation_id=reservation.id,
            actor_id=actor_id,
            position=position,
        )
        for position, actor_id in enumerate(actor_ids)
    )
    await session.flush()
