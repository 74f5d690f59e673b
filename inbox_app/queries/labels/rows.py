"""Labels and saved views as they travel to a browser or a client."""

from typing import TypedDict


class LabelRow(TypedDict):
    """One of an account's labels."""

    id: str
    name: str
    colour: str
    """A ``domain.labels.LabelColour``."""


class SavedViewRow(TypedDict):
    """A list that a person keeps under a name."""

    id: str
    name: str
    filter: str
    label: str
    """The id of one, "" for none."""
    search: str
