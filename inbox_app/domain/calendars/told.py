"""What a calendar tells."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inbox_app.domain.stays.stays import ReservationStatus


class CalendarProblem(StrEnum):
    """Why nothing was taken from what came, or why what is missing is not believed to be gone."""

    NOT_A_CALENDAR = "not_a_calendar"
    CUT_SHORT = "cut_short"
    TOO_MANY = "too_many"
    DOUBTFUL = "doubtful"
    """Most of what it told before is missing all of a sudden."""
    REFUSED = "refused"
    """Whoever keeps it does not know the address, or not any more."""
    IN_TROUBLE = "in_trouble"
    """Whoever keeps it could not answer."""
    UNREADABLE_KEY = "unreadable_key"
    """Its address was encrypted with another ``SECRET_KEY``."""


class CalendarError(Exception):
    """It cannot be used."""

    def __init__(self, problem: CalendarProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStay:
    """A stay, by the dates at the home; "" for what is not told."""

    uid: str
    check_in: date
    check_out: date
    status: ReservationStatus = ReservationStatus.CONFIRMED
    portal: str = ""
    code: str = ""
    guest_name: str = ""
    phone: str = ""
    """In international form."""
    phone_ending: str = ""
    """The last four digits."""
    url: str = ""
    also: tuple[str, ...] = field(default=(), compare=False)
    """Other ids under which the calendar lists the same stay."""


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """A whole calendar. ``blocks`` are dates on which nobody can book and no guest comes;
    ``unread`` are ids of entries that nobody can make sense of."""

    stays: tuple[ToldStay, ...]
    blocks: int
    portal: str
    """Who wrote it, "" for one that we do not know."""
    unread: frozenset[str] = frozenset()
