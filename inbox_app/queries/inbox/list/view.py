"""The ways to look at the list (P5)."""

from dataclasses import dataclass
from enum import StrEnum


class Filter(StrEnum):
    """What the chips above the list choose."""

    TO_ANSWER = "to_answer"
    """What is to do, by what presses most."""
    ALL = "all"
    UNREAD = "unread"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    MENTIONS = "mentions"
    """In which this person was mentioned."""
    GUESTS = "guests"
    OWNERS = "owners"
    SUPPLIERS = "suppliers"
    UNKNOWN = "unknown"
    TODAY = "today"
    """Whose stay begins, goes on or ends today, in this order; what presses most first in each."""
    EXPIRING = "expiring"
    """The window is open and closes within six hours."""
    SNOOZED = "snoozed"
    DONE = "done"
    STARRED = "starred"
    ARCHIVED = "archived"


PERSONAL = frozenset({Filter.UNREAD, Filter.MINE, Filter.MENTIONS})
"""What they hold is another thing for each person."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at the list. ``user_id`` matters to the ``PERSONAL`` filters alone, and is 0
    elsewhere, so that all who look at the same thing share one view. «Unread» without one is what
    nobody has read."""

    account_id: int
    filter: Filter | None = Filter.ALL
    """None for all of them, archived ones too."""
    search: str = ""
    user_id: int = 0
    in_messages: bool = True
    """Whether a search looks through what was said too."""
    label_id: int = 0
    """Only those with this label; 0 for all."""
    channel: str = ""
    """Only those over this one; empty for all."""
    actor_id: int = 0
    """Only those with this actor; 0 for all."""
    reservation_id: int = 0
    """Only those with the guests of this stay; 0 for all."""
