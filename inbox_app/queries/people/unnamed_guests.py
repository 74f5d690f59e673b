"""Guests of whom only a calendar tells: a stay, perhaps a name, perhaps the last digits (A5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.candidates import WRITES_AFTER, WRITES_BEFORE, Sender
from inbox_app.domain.stays import stays
from inbox_app.models import Accommodation, Reservation, ReservationGuest
from inbox_app.queries.inbox.stay import StayThere

_EACH = 20
_DAY = timedelta(days=1)
"""The rule knows what day it is at each home."""


def ends_alike(account_id: int, number: str, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Of stays near today whose guest has a number that ends as `number` does."""
    today = now.date()
    return (
        col(Reservation.account_id) == account_id,
        col(Reservation.phone_ending) == number[-4:],
        col(Reservation.check_in) <= today + WRITES_BEFORE + _DAY,
        col(Reservation.check_out) >= today - WRITES_AFTER - _DAY,
        col(Reservation.archived_at).is_(None),
    )


async def likely_stays(
    session: AsyncSession, account_id: int, sender: Sender, now: datetime
) -> list[StayThere]:
    """By the end of the number, by a code in what they wrote, and those about now."""
    found: dict[int, StayThere] = {}
    for which in _which(account_id, sender, now):
        for reservation, home in await session.exec(_query(account_id, which)):
            today = stays.local_date(now, home.timezone)
            found[reservation.id] = StayThere(reservation, home, today)
    return list(found.values())


def _which(account_id: int, sender: Sender, now: datetime) -> list[Sequence[ColumnElement[bool]]]:
    soon, just_left = now.date() + 4 * _DAY, now.date() - 3 * _DAY
    about_now: Sequence[ColumnElement[bool]] = (
        col(Reservation.account_id) == account_id,
        col(Reservation.from_calendar).is_(True),
        col(Reservation.check_in).between(now.date() - 60 * _DAY, soon),
        col(Reservation.check_out) >= just_left,
    )
    codes = (col(Reservation.code_key), col(Reservation.portal_key))
    named: Sequence[ColumnElement[bool]] = (
        col(Reservation.account_id) == account_id,
        or_(*(code.in_(sender.codes) for code in codes)),
    )
    ended = [ends_alike(account_id, sender.number, now)] if sender.number else []
    return [*ended, *([named] if sender.codes else []), about_now]


def _query(account_id: int, which: Sequence[ColumnElement[bool]]):
    guests = select(ReservationGuest.id).where(
        col(ReservationGuest.account_id) == account_id,
        col(ReservationGuest.reservation_id) == col(Reservation.id),
    )
    return (
        select(Reservation, Accommodation)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .where(
            *which,
            col(Reservation.account_id) == account_id,
            col(Reservation.archived_at).is_(None),
            col(Reservation.status).not_in(stays.NO_GUESTS | stays.NOBODY_COMES),
            ~guests.correlate(Reservation).exists(),
        )
        .order_by(col(Reservation.check_in).desc())
        .limit(_EACH)
    )
