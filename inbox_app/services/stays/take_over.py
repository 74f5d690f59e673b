"""What the property-management system tells of a stay takes the place of what calendars told (A3,
A4)."""

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.search_terms import squeezed
from inbox_app.domain.stays.stays import NOBODY_COMES
from inbox_app.models import CalendarEntry, Reservation, ReservationGuest, Task


async def take_over(session: AsyncSession, reservation: Reservation) -> None:
    """Calendars' own reservations of the same stay (the same code, or the same dates in the same
    home) end in this one: their guests and tasks, the name and the last digits come along."""
    for told in await _same_from_calendars(session, reservation):
        await _move_guests(session, told, reservation)
        for table in (CalendarEntry, Task):
            await session.exec(
                update(table)
                .where(
                    col(table.account_id) == told.account_id,
                    col(table.reservation_id) == told.id,
                )
                .values(reservation_id=reservation.id)
            )
        reservation.guest_name = reservation.guest_name or told.guest_name
        reservation.phone_ending = reservation.phone_ending or told.phone_ending
        await session.delete(told)
    session.add(reservation)
    await session.flush()


async def _same_from_calendars(
    session: AsyncSession, reservation: Reservation
) -> list[Reservation]:
    query = select(Reservation).where(
        col(Reservation.account_id) == reservation.account_id,
        col(Reservation.accommodation_id) == reservation.accommodation_id,
        col(Reservation.from_calendar),
        col(Reservation.id) != reservation.id,
    )
    return [told for told in await session.exec(query) if _is_same(told, reservation)]


def _is_same(told: Reservation, reservation: Reservation) -> bool:
    codes = {squeezed(reservation.code), squeezed(reservation.portal_code or "")}
    if squeezed(told.code) in codes - {""}:
        return True
    dates = (told.check_in, told.check_out) == (reservation.check_in, reservation.check_out)
    is_over = reservation.archived_at is not None or reservation.status in NOBODY_COMES
    return dates and not is_over and not (told.code and reservation.portal_code)


async def _move_guests(session: AsyncSession, told: Reservation, reservation: Reservation) -> None:
    query = select(ReservationGuest).where(
        col(ReservationGuest.account_id) == told.account_id,
        col(ReservationGuest.reservation_id).in_([told.id, reservation.id]),
    )
    guests = (await session.exec(query.order_by(col(ReservationGuest.position)))).all()
    there = {guest.actor_id for guest in guests if guest.reservation_id == reservation.id}
    for guest in guests:
        if guest.reservation_id == told.id and guest.actor_id not in there:
            guest.reservation_id, guest.position = reservation.id, len(there)
            there.add(guest.actor_id)
            session.add(guest)
    await session.flush()
