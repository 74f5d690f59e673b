"""What the page of figures shows: plain values, ready to travel to a browser."""

from typing import TypedDict


class FiguresRow(TypedDict):
    """Of some stretch of time, or of somebody in it. Times are in seconds, -1 where nobody
    answered."""

    received: int
    sent: int
    asked: int
    answered: int
    within_hour: int
    """Of those answered."""
    settled: int
    """Closed without an answer of a person's."""
    unanswered: int
    """Neither answered nor settled."""
    lost: int
    median: int
    most: int
    """By when nine of ten had an answer."""


class StepRow(TypedDict):
    """A week, or a day of a short period, by its first day (`YYYY-MM-DD`)."""

    day: str
    figures: FiguresRow


class SubjectRow(TypedDict):
    """A person or an accommodation. ``kind`` says who it is where ``name`` is "":
    "app", "nobody", "none" (no stay), "gone"."""

    id: str
    name: str
    kind: str
    figures: FiguresRow


class FiguresView(TypedDict):
    """All that the page shows of a period."""

    choice: str
    first: str
    last: str
    before_first: str
    before_last: str
    by_week: bool
    total: FiguresRow
    before: FiguresRow
    steps: list[StepRow]
    received_hours: list[int]
    """By hour of the week, from Monday's first."""
    sent_hours: list[int]
    people: list[SubjectRow]
    homes: list[SubjectRow]
    more_homes: int
    """How many are not listed."""
    behind: bool
    """Whether messages of before are still being counted."""
    ever: bool
    """Whether anything was ever counted."""
