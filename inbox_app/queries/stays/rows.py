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
