"""The guest of a stay, where a calendar tells the whole number of somebody on file (A2, A4)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import phones
from inbox_app.models import Reservation, ReservationGuest
from inbox_app.services.people.find_actor import only_actors


async def put_known_guest(session: AsyncSession, reservation: Reservation, phone: str) -> None:
    """Into a stay without guests whoever is the only one to have `phone` (E.164 or "")."""
    if not phone:
        return
    guests = select(ReservationGuest.id).where(
        col(ReservationGuest.account_id) == reservation.account_id,
        col(ReservationGuest.reservation_id) == reservation.id,
    )
    if (await session.exec(guests.limit(1))).first() is not None:
        return
    number = (reservation.account_id, phones.canonical(phone))
    found = await only_actors(await session.connection(), [number])
    if number in found:
        session.add(
            ReservationGuest(
                account_id=reservation.account_id,
                reservation_id=reservation.id,
                actor_id=found[number],
            )
        )
        await session.flush()
