"""Whoever the property manager talks with."""

from enum import StrEnum


class ActorKind(StrEnum):
    """The three sorts of people of the trade."""

    GUEST = "guest"
    OWNER = "owner"
    SUPPLIER = "supplier"
