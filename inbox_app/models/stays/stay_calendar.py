"""Calendars that portals keep of a home, and what each told of (A4)."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, key, maybe_instant, reference


class StayCalendar(Table, table=True):
    """An address that is read again and again or, without one, the files of a portal that somebody
    uploads. Times are real ones, also in the sandbox."""

    __table_args__ = (
        UniqueConstraint("account_id", "address_key"),
        Index("calendars_to_read", "next_read_at"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    accommodation_id: int = reference("accommodation.id")
    address_encrypted: str | None = None
    """Fernet, see ``vault``: who knows the address knows who sleeps where."""
    address_key: str
    """By which the same address is known again without being readable."""
    label: str
    """What may be shown: the host, or the name of the file."""
    portal: str = ""
    etag: str | None = None
    last_modified: str | None = None
    next_read_at: datetime | None = maybe_instant()
    """None for files. Moved on by who begins to read, so that nobody else does meanwhile."""
    failures: int = 0
    """In a row."""
    tried_at: datetime | None = maybe_instant()
    read_at: datetime | None = maybe_instant()
    """The last that came to a good end; the numbers are of that one."""
    problem: str = ""
    """Of the last try: a ``CalendarProblem`` or ``PublicAddressProblem``."""
    stays: int = 0
    blocks: int = 0
    created: int = 0
    changed: int = 0
    cancelled: int = 0
    doubted_since: datetime | None = maybe_instant()
    """Since when it lacks so much that nobody believes it."""
    created_at: datetime = instant()


class CalendarEntry(Table, table=True):
    """What a calendar called a stay, and when it said that it is."""

    __table_args__ = (UniqueConstraint("calendar_id", "uid"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    calendar_id: int = reference("stay_calendar.id", index=False)
    reservation_id: int = reference("reservation.id")
    uid: str = Field(max_length=300)
    check_in: date
    check_out: date
    gone_at: datetime | None = maybe_instant()
    """Since when the calendar lists it no more."""
