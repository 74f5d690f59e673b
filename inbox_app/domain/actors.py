"""Whoever a property manager talks with."""

from enum import StrEnum


class ActorKind(StrEnum):
    GUEST = "guest"
    OWNER = "owner"
    SUPPLIER = "supplier"
