"""What the form of a reservation begins with, and which reservations are written by hand (A3)."""

from decimal import Decimal
from typing import TypedDict

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Conversation, Reservation

_LONGEST_NAME = 80


class ReservationFormRow(TypedDict):
    """All fields as a form has them; ``reservation`` is "" for a new one, dates are ISO's."""

    guest: str
    reservation: str
    home_id: str
    home: str
    check_in: str
    check_out: str
    status: str
    code: str
    portal: str
    arrival_time: str
    adults: str
    children: str
    total: str
    balance: str
    currency: str
    notes: str


NO_RESERVATION = ReservationFormRow(
    guest="", reservation="", home_id="", home="", check_in="", check_out="", status="", code="",
    portal="", arrival_time="", adults="", children="", total="", balance="", currency="", notes="",
)  # fmt: skip


def is_by_hand() -> tuple[ColumnElement[bool], ...]:
    """Those of which no other system tells."""
    return (
        col(Reservation.external_id).is_(None),
        col(Reservation.from_calendar).is_(False),
        col(Reservation.archived_at).is_(None),
    )


async def begun(session: AsyncSession, account_id: int, actor_id: int) -> ReservationFormRow | None:
    """A new one, in the currency of the latest. None where nobody of this id is on file."""
    on_file = select(Actor.id).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == actor_id,
        col(Actor.merged_into).is_(None),
        col(Actor.archived_at).is_(None),
    )
    if (await session.exec(on_file)).one_or_none() is None:
        return None
    latest = (
        select(Reservation.currency)
        .where(col(Reservation.account_id) == account_id, col(Reservation.currency).is_not(None))
        .order_by(col(Reservation.id).desc())
        .limit(1)
    )
    form = NO_RESERVATION.copy()
    form["guest"], form["status"] = str(actor_id), ReservationStatus.CONFIRMED.value
    form["currency"] = (await session.exec(latest)).first() or ""
    return form


async def begun_beside(
    session: AsyncSession, account_id: int, conversation_id: int
) -> ReservationFormRow | None:
    """A new one, of whom the conversation is with; None where nobody knows who that is."""
    query = select(Conversation.actor_id).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    actor_id = (await session.exec(query)).first()
    return None if actor_id is None else await begun(session, account_id, actor_id)


async def written(
    session: AsyncSession, account_id: int, reservation_id: int
) -> ReservationFormRow | None:
    """One that was written by hand, to be changed; None for any other."""
    query = (
        select(Reservation, Accommodation.name)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .where(col(Reservation.account_id) == account_id, col(Reservation.id) == reservation_id)
        .where(*is_by_hand())
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        return None
    stay, home = found
    return ReservationFormRow(
        guest="",
        reservation=str(stay.id),
        home_id=str(stay.accommodation_id),
        home=clean_line(home, _LONGEST_NAME),
        check_in=stay.check_in.isoformat(),
        check_out=stay.check_out.isoformat(),
        status=stay.status.value,
        code=stay.code,
        portal=stay.portal or "",
        arrival_time=stay.arrival_time or "",
        adults=_shown(stay.adults),
        children=_shown(stay.children),
        total=_shown(stay.total),
        balance=_shown(stay.balance),
        currency=stay.currency or "",
        notes=stay.notes or "",
    )


def _shown(number: int | Decimal | None) -> str:
    return "" if number is None else str(number)
