"""What the panel of tasks shows; moments and ids as in ``queries.inbox.rows``."""

from typing import TypedDict


class TaskRow(TypedDict):
    """One task. ``zone`` is where its home is, the account's without one; ``elsewhere``: they are
    two."""

    id: str
    title: str
    kind: str
    status: str
    description: str
    home_id: str
    """Of the home that it names itself."""
    home: str
    zone: str
    elsewhere: bool
    due_at: int
    due: str
    """The same on a wall there, «2026-12-05T10:00»; "" for none."""
    supplier_id: str
    supplier: str
    message: str
    """What it was made from, and in which conversation that stands."""
    conversation: str
    photo: str
    """The id of the file of that message, where there is a small picture of it."""
    answered: bool
    """Its supplier has answered here since they were asked, and nobody has said what that means."""


class TaskFormRow(TypedDict):
    """What a new task begins with."""

    count: int
    """Of forms that were begun: each is filled once."""
    message: str
    title: str
    description: str
    home_id: str
    home: str
    supplier_id: str
    supplier: str
    photo: str
