"""What is counted, of whom, and under which local day."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

PHONE_APP, NOBODY = 0, -1
"""Subjects that are no person's id: what was written in the phone app, and what was assigned to
nobody."""
NO_HOME = 0
"""The subject of who has no stay."""


class Scope(StrEnum):
    """Whose sums: each count stands in the company's, and in those of whom it is about."""

    ALL = "all"
    PERSON = "person"
    HOME = "home"


class Measure(StrEnum):
    RECEIVED = "received"
    """Messages that came in, by hour of the week."""
    SENT = "sent"
    """Messages that went out, by hour of the week."""
    ASKED = "asked"
    """Somebody began to wait for an answer."""
    ANSWERED = "answered"
    """A person answered who waited since that day, by bucket of how long it took."""
    SETTLED = "settled"
    """Who waited since that day waits no more, and no person answered here."""
    LOST = "lost"
    """A window closed while somebody waited."""


class Tally(NamedTuple):
    """One more of something, at a moment. ``bucket`` is of ``answer_times`` for an answer."""

    measure: Measure
    at: datetime
    bucket: int = 0
    person: int | None = None
    home: int | None = None


class Sum(NamedTuple):
    """Where a tally counts."""

    scope: Scope
    day: date
    subject: int
    measure: Measure
    bucket: int


def sums(tally: Tally, zone: ZoneInfo) -> Iterator[Sum]:
    """All the sums that it is counted in; the zone says which day and hour it was."""
    local = tally.at.astimezone(zone)
    by_hour = tally.measure in {Measure.RECEIVED, Measure.SENT}
    bucket = local.weekday() * 24 + local.hour if by_hour else tally.bucket
    whose = ((Scope.ALL, 0), (Scope.PERSON, tally.person), (Scope.HOME, tally.home))
    for scope, subject in whose:
        if subject is not None:
            kept = bucket if scope is Scope.ALL or not by_hour else 0
            yield Sum(scope, local.date(), subject, tally.measure, kept)
