"""Rows about accommodations, as the screens get them."""

from typing import TypedDict


class AccommodationRow(TypedDict):
    """One in the list of all. ``missing`` are keys of what guests ask for and is not filled in."""

    id: str
    name: str
    address: str
    check_in_time: str
    check_out_time: str
    missing: list[str]


class AccommodationCounts(TypedDict):
    """How many there are, whatever is sought."""

    listed: int
    archived: int


class CalendarRow(TypedDict):
    """A calendar of a home; moments in epoch milliseconds, 0 for never. Its address is a secret:
    ``label`` is what may be shown."""

    id: str
    label: str
    portal: str
    is_file: bool
    read_at: int
    """The last that came well; the numbers are of that one."""
    tried_at: int
    problem: str
    """Of the last try, a ``CalendarProblem`` or a ``PublicAddressProblem``; "" for none."""
    stays: int
    blocks: int
    created: int
    changed: int
    cancelled: int


class ToldStayRow(TypedDict):
    """A stay that a calendar would bring."""

    uid: str
    check_in: str
    check_out: str
    name: str
    code: str


class CalendarLookRow(TypedDict):
    """What was found behind an address, or why nothing was; nothing is kept of it."""

    ref: str
    portal: str
    stays: int
    blocks: int
    first: list[ToldStayRow]
    problem: str
    """As of ``CalendarRow``, or of ``pages.accommodations.calendars_state``."""
    home: str
    """That has the address already, with its problem."""


class ChoiceRow(TypedDict):
    """What can be chosen by its name: a home, or a supplier for a task."""

    id: str
    name: str
