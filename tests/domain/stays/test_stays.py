"""Where a reservation stands, and which of several shows first (P4)."""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from inbox_app.domain.stays.stays import (
    Nights,
    ReservationStatus,
    StayPhase,
    local_date,
    nights,
    phase,
    precedence,
)

TODAY = date(2026, 11, 23)
CONFIRMED = ReservationStatus.CONFIRMED


@dataclass(frozen=True)
class Booking:
    check_in: date
    check_out: date
    status: ReservationStatus = CONFIRMED


def booking(first: int, last: int, status: ReservationStatus = CONFIRMED) -> Booking:
    """A stay by days from today."""
    return Booking(TODAY + timedelta(first), TODAY + timedelta(last), status)


@pytest.mark.parametrize(
    ("stay", "expected", "night"),
    [
        (booking(1, 4), StayPhase.UPCOMING, None),
        (booking(0, 3), StayPhase.ARRIVING_TODAY, Nights(1, 3)),
        (booking(-1, 2), StayPhase.IN_HOUSE, Nights(2, 3)),
        (booking(-3, 0), StayPhase.DEPARTING_TODAY, None),
        (booking(-4, -1), StayPhase.DEPARTED, None),
        (booking(0, 0), StayPhase.ARRIVING_TODAY, None),
        (booking(0, 2, ReservationStatus.IN_STAY), StayPhase.IN_HOUSE, Nights(1, 2)),
        (booking(1, 2, ReservationStatus.IN_STAY), StayPhase.IN_HOUSE, None),
        (booking(-9, -2, ReservationStatus.IN_STAY), StayPhase.DEPARTED, None),
        (booking(-2, 2, ReservationStatus.COMPLETED), StayPhase.DEPARTED, None),
        (booking(-1, 2, ReservationStatus.CANCELLED), StayPhase.CANCELLED, None),
        (booking(-1, 2, ReservationStatus.INQUIRY), StayPhase.INQUIRY, None),
        (booking(-5, -2, ReservationStatus.INQUIRY), StayPhase.DEPARTED, None),
        (booking(1, 2, ReservationStatus.PENDING), StayPhase.PENDING, None),
        (booking(-5, -2, ReservationStatus.PENDING), StayPhase.DEPARTED, None),
        (booking(-1, 2, ReservationStatus.NO_SHOW), StayPhase.NO_SHOW, None),
        (booking(-1, 2, ReservationStatus.OWNER_STAY), StayPhase.IN_HOUSE, Nights(2, 3)),
    ],
)
def test_the_phase_of_a_stay(stay: Booking, expected: StayPhase, night: Nights | None) -> None:
    assert phase(stay, TODAY) is expected
    assert nights(stay, TODAY) == night


BY_RANK = [
    booking(-1, 2),
    booking(-2, 0),
    booking(0, 3),
    booking(2, 5),
    booking(30, 33),
    booking(1, 4, ReservationStatus.INQUIRY),
    booking(2, 4, ReservationStatus.PENDING),
    booking(-9, -5),
    booking(-30, -20),
    booking(1, 2, ReservationStatus.CANCELLED),
    booking(-2, 1, ReservationStatus.NO_SHOW),
]


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(BY_RANK, 2)))
def test_in_stay_comes_first_then_the_next_arrival_then_the_latest(
    first: Booking, second: Booking
) -> None:
    assert precedence(first, TODAY) < precedence(second, TODAY)


def test_today_is_the_accommodation_s() -> None:
    now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert local_date(now, "Europe/Rome") == date(2026, 11, 24)
    assert local_date(now, "America/New_York") == date(2026, 11, 23)
