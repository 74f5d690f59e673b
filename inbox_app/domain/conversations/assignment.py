"""Whose a conversation becomes that is to do and nobody's: by the home, by the kind of person, else
in turn (X1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class PartnerKind(StrEnum):
    """With whom a conversation is."""

    GUEST = "guest"
    OWNER = "owner"
    SUPPLIER = "supplier"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rules:
    """People by their ids; only those who come in."""

    by_home: Mapping[int, int] = field(default_factory=dict[int, int])
    by_kind: Mapping[PartnerKind, int] = field(default_factory=dict[PartnerKind, int])
    turns: Sequence[int] = ()
    """Whose turn it is first."""


def whose(kind: PartnerKind, home: int | None, rules: Rules) -> int | None:
    """The person that a rule names, the narrower rule first; None where it goes in turn."""
    if home is not None and home in rules.by_home:
        return rules.by_home[home]
    return rules.by_kind.get(kind)


def in_turn(named: Sequence[int | None], turns: Sequence[int]) -> list[int | None]:
    """What no rule gives to anybody goes round; nobody's it stays where nobody takes turns."""
    given = 0
    found: list[int | None] = []
    for person in named:
        if person is None and turns:
            person, given = turns[given % len(turns)], given + 1
        found.append(person)
    return found
