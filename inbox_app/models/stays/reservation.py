"""Stays, and the guests they are linked to."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, Numeric, UniqueConstraint, event
from sqlmodel import Field

from inbox_app.domain.people.search_terms import squeezed
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models.base import (
    Table,
    account_reference,
    follows,
    instant,
    key,
    maybe_instant,
    reference,
    text_enum,
)


class Reservation(Table, table=True):
    """``check_in`` and ``check_out`` are dates at the accommodation; money is in ``currency``.
    ``code`` is "" where nobody tells one, as many calendars don't."""

    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        Index("reservations_by_code", "account_id", "code_key"),
        Index("reservations_by_portal_code", "account_id", "portal_key"),
        Index("reservations_of_home", "accommodation_id", "check_in"),
        Index("reservations_by_dates", "account_id", "check_in", "check_out"),
        Index("reservations_by_phone_ending", "account_id", "phone_ending"),
    )

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    code: str
    code_key: str = follows("code", squeezed)
    """By which it is found, as the next is by the portal's code."""
    accommodation_id: int = reference("accommodation.id", index=False)
    check_in: date
    check_out: date
    status: ReservationStatus = text_enum(ReservationStatus)
    adults: int | None = None
    children: int | None = None
    infants: int | None = None
    pets: int | None = None
    arrival_time: str | None = None
    """When the guests say they come, local, «21:30»; not the home's own hour."""
    departure_time: str | None = None
    portal: str | None = None
    portal_code: str | None = None
    portal_key: str = follows("portal_code", squeezed)
    url: str | None = None
    """Where the system it came from shows it."""
    total: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))  # pyright: ignore[reportArgumentType]
    balance: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))  # pyright: ignore[reportArgumentType]
    currency: str | None = None
    notes: str | None = None
    guest_name: str | None = None
    """As a calendar has it: of a stay whose guest is not on file."""
    phone_ending: str | None = None
    """The last four digits of the guest's number, as a calendar tells them (A5)."""
    from_calendar: bool = False
    """Known from calendars alone: they may change it."""
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()

    @property
    def is_by_hand(self) -> bool:
        """No other system tells of it."""
        return self.external_id is None and not self.from_calendar


class ReservationGuest(Table, table=True):
    """A guest of a stay; the first is who booked."""

    __table_args__ = (UniqueConstraint("reservation_id", "actor_id"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    reservation_id: int = reference("reservation.id", index=False)
    actor_id: int = reference("actor.id")
    position: int = 0


@event.listens_for(Reservation, "before_update")
def _key(_mapper: object, _connection: object, reservation: Reservation) -> None:
    reservation.code_key = squeezed(reservation.code)
    reservation.portal_key = squeezed(reservation.portal_code or "")
