"""Whoever a property manager talks with."""

from enum import StrEnum


class ActorKind(StrEnum):
    GUEST = "guest"
    OWNER = "owner"
    SUPPLIER = "supplier"


class BlockProblem(StrEnum):
    """Why somebody is not blocked, or not taken back."""

    NOT_CONNECTED = "not_connected"
    CREDENTIALS = "credentials"
    """Meta refuses them."""
    NOT_RECENT = "not_recent"
    LIST_FULL = "list_full"
    UNREACHABLE = "unreachable"
    """Meta is busy or does not answer: again in a moment."""
    REFUSED = "refused"
