"""Stays: where a reservation stands on a local date, and which of several shows first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

CHECK_IN_HOUR, CHECK_OUT_HOUR = time(15), time(10)
"""Where neither the guests nor the home say one."""


class ReservationStatus(StrEnum):
    INQUIRY = "inquiry"
    PENDING = "pending"
    """Asked for and not accepted yet."""
    CONFIRMED = "confirmed"
    IN_STAY = "in_stay"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    OWNER_STAY = "owner_stay"
    BLOCK = "block"
    """Dates that are taken, and nobody stays."""


NOBODY_COMES = frozenset({ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW})
NO_GUESTS = frozenset({ReservationStatus.OWNER_STAY, ReservationStatus.BLOCK})
"""No stays of guests."""


class StayPhase(StrEnum):
    INQUIRY = "inquiry"
    PENDING = "pending"
    UPCOMING = "upcoming"
    ARRIVING_TODAY = "arriving_today"
    IN_HOUSE = "in_house"
    DEPARTING_TODAY = "departing_today"
    DEPARTED = "departed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Stay(Protocol):
    """What the rules read of a reservation; dates are the accommodation's local ones."""

    @property
    def check_in(self) -> date: ...
    @property
    def check_out(self) -> date: ...
    @property
    def status(self) -> ReservationStatus: ...


@dataclass(frozen=True, slots=True)
class Nights:
    """Night `number` of `total`; both count from 1."""

    number: int
    total: int


def local_date(now: datetime, timezone: str) -> date:
    """Today at the accommodation; `timezone` is an IANA name."""
    return now.astimezone(ZoneInfo(timezone)).date()


def hour_there(day: date, hour: str | None, default: time, timezone: str) -> datetime:
    """The instant of a local «16:00» on that day at the accommodation; what is no hour counts as
    ``default``."""
    try:
        wall = time.fromisoformat(hour or "").replace(tzinfo=None)
    except ValueError:
        wall = default
    return datetime.combine(day, wall, ZoneInfo(timezone)).astimezone(UTC)


def phase(stay: Stay, today: date) -> StayPhase:
    """The status says what the dates cannot: cancelled, only asked, come early, gone early."""
    match stay.status:
        case ReservationStatus.CANCELLED:
            return StayPhase.CANCELLED
        case ReservationStatus.NO_SHOW:
            return StayPhase.NO_SHOW
        case ReservationStatus.COMPLETED:
            return StayPhase.DEPARTED
        case ReservationStatus.INQUIRY if today <= stay.check_out:
            return StayPhase.INQUIRY
        case ReservationStatus.PENDING if today <= stay.check_out:
            return StayPhase.PENDING
        case ReservationStatus.IN_STAY if today <= stay.check_in:
            return StayPhase.IN_HOUSE
        case _:
            return _phase_by_dates(stay, today)


def nights(stay: Stay, today: date) -> Nights | None:
    """Which night of the stay it is, while somebody sleeps there; none before, after, or ever."""
    total = (stay.check_out - stay.check_in).days
    number = (today - stay.check_in).days + 1
    in_house = phase(stay, today) in {StayPhase.IN_HOUSE, StayPhase.ARRIVING_TODAY}
    return Nights(number, total) if in_house and 1 <= number <= total else None


def precedence(stay: Stay, today: date) -> tuple[int, int]:
    """Of several stays, each seen on its own local date, the lowest shows first: the one in stay,
    else the next arrival, else the latest; cancelled ones last (P4)."""
    where = phase(stay, today)
    if where in _IN_STAY:
        return (0, -stay.check_in.toordinal())
    if where in _AHEAD:
        return (1, stay.check_in.toordinal())
    if where in _ASKED_FOR:
        return (2, stay.check_in.toordinal())
    if where is StayPhase.DEPARTED:
        return (3, -stay.check_out.toordinal())
    return (4, -stay.check_out.toordinal())


_IN_STAY = {StayPhase.IN_HOUSE, StayPhase.DEPARTING_TODAY}
_AHEAD = {StayPhase.ARRIVING_TODAY, StayPhase.UPCOMING}
_ASKED_FOR = {StayPhase.INQUIRY, StayPhase.PENDING}


def _phase_by_dates(stay: Stay, today: date) -> StayPhase:
    if today < stay.check_in:
        return StayPhase.UPCOMING
    if today > stay.check_out:
        return StayPhase.DEPARTED
    if today == stay.check_in:
        return StayPhase.ARRIVING_TODAY
    return StayPhase.DEPARTING_TODAY if today == stay.check_out else StayPhase.IN_HOUSE
