"""Stays: which shows first, and where it stands on a date."""

from enum import StrEnum


class ReservationStatus(StrEnum):
    """As the property-management system says it."""

    INQUIRY = "inquiry"
    CONFIRMED = "confirmed"
    IN_STAY = "in_stay"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
