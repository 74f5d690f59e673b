"""Reservations as property managers write them: by hand, for a guest who is on file (A3)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.stays import reservations
from inbox_app.domain.stays.reservations import ReservationProblem, WrittenReservation
from inbox_app.models import (
    Accommodation,
    Actor,
    AuditEntry,
    CalendarEntry,
    Reservation,
    ReservationGuest,
    Task,
)
from inbox_app.queries.stays.reservations_by_hand import is_by_hand
from inbox_app.services.stays.take_over import take_over


class ReservationRefusedError(Exception):
    """It cannot be kept as it is written: ``problem`` says why."""

    def __init__(self, problem: ReservationProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def create_reservation(
    session: AsyncSession,
    account_id: int,
    guest_id: int,
    written: WrittenReservation,
    now: datetime,
) -> Reservation:
    """Calendars' own reservations of the same stay end in it.

    Raises ``NotFoundError`` where there is no such guest, and ``ReservationRefusedError``.
    """
    values = await _values(session, account_id, written)
    guest = await _guest(session, account_id, guest_id)
    reservation = Reservation(account_id=account_id, created_at=now, **values)
    session.add(reservation)
    await session.flush()
    session.add(
        ReservationGuest(account_id=account_id, reservation_id=reservation.id, actor_id=guest)
    )
    await session.flush()
    await take_over(session, reservation)
    return reservation


async def change_reservation(
    session: AsyncSession, account_id: int, reservation_id: int, written: WrittenReservation
) -> Reservation:
    """Only one that was written by hand: what other systems tell, they would tell again.

    Raises ``NotFoundError`` and ``ReservationRefusedError``.
    """
    reservation = await _by_hand(session, account_id, reservation_id)
    reservation.sqlmodel_update(await _values(session, account_id, written))
    session.add(reservation)
    await session.flush()
    return reservation


async def delete_reservation(
    session: AsyncSession, account_id: int, reservation_id: int, user_id: int, now: datetime
) -> None:
    """Only one that was written by hand. Its tasks stay, at their home; what a calendar told of the
    same nights is there again when that is read.

    Raises ``NotFoundError``.
    """
    reservation = await _by_hand(session, account_id, reservation_id)
    guest = select(ReservationGuest.actor_id).where(
        col(ReservationGuest.account_id) == account_id,
        col(ReservationGuest.reservation_id) == reservation_id,
    )
    guest_id = (await session.exec(guest.order_by(col(ReservationGuest.position)))).first()
    home = func.coalesce(Task.accommodation_id, reservation.accommodation_id)
    tasks = update(Task).where(col(Task.account_id) == account_id)
    await session.exec(
        tasks.where(col(Task.reservation_id) == reservation_id).values(
            reservation_id=None, accommodation_id=home
        )
    )
    for table in (ReservationGuest, CalendarEntry):
        its = col(table.reservation_id) == reservation_id
        await session.exec(delete(table).where(col(table.account_id) == account_id, its))
    details = {"actor": guest_id, "code": reservation.code}
    await session.delete(reservation)
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=user_id,
            what="reservation.deleted",
            details=details,
        )
    )
    await session.flush()


async def _by_hand(session: AsyncSession, account_id: int, reservation_id: int) -> Reservation:
    query = select(Reservation).where(
        col(Reservation.account_id) == account_id, col(Reservation.id) == reservation_id
    )
    found = (await session.exec(query.where(*is_by_hand()).with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _values(
    session: AsyncSession, account_id: int, written: WrittenReservation
) -> dict[str, Any]:
    if (problem := reservations.problem(written)) is not None:
        raise ReservationRefusedError(problem)
    query = select(Accommodation.id).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.id) == written.home_id
    )
    if (await session.exec(query)).one_or_none() is None:
        raise ReservationRefusedError(ReservationProblem.NO_HOME)
    values = asdict(reservations.cleaned(written))
    values["accommodation_id"] = values.pop("home_id")
    return values | {name: values[name] or None for name in _MAYBE_NONE}


_MAYBE_NONE = ("portal", "arrival_time", "currency", "notes")


async def _guest(session: AsyncSession, account_id: int, actor_id: int) -> int:
    query = select(Actor.id).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == actor_id,
        col(Actor.merged_into).is_(None),
        col(Actor.archived_at).is_(None),
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise NotFoundError
    return found
