"""Who looks at a conversation and who writes in it: what tabs say counts for a lease (X1).

Nobody says that a computer was shut or a network lost: what is not said again is over by itself.
Moments are seconds of any clock that only goes forward.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

LEASE = 30.0
"""How long what a tab said counts, and so how long an answer that was begun makes others ask."""
TYPING = 8.0
"""After the last key that was told; pages tell of keys every four seconds."""
GRACE = 4.0
"""A connection that drops is often back by then."""


class Doing(StrEnum):
    """What somebody does there, the busier the later."""

    GONE = "gone"
    """The tab is not connected: it may come back."""
    AWAY = "away"
    """It shows something else, or nobody sits in front of it."""
    LOOKING = "looking"
    WRITING = "writing"
    """There is a text in the box, of which no key is touched now."""
    TYPING = "typing"


_BUSY = list(Doing)


class Place(NamedTuple):
    """A conversation; whoever names one of another company meets nobody there."""

    account_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class Sign:
    """What a tab says of the person before it."""

    place: Place
    user_id: int
    name: str
    tab: str
    doing: Doing


@dataclass(frozen=True, slots=True)
class Tab:
    """What is known of a tab that is at a conversation."""

    place: Place
    user_id: int
    name: str
    until: float
    typed_at: float | None = None
    """The last key; None where nothing was begun."""


class Person(NamedTuple):
    """A colleague who is at a conversation, with however many tabs."""

    user_id: int
    name: str
    doing: Doing


def heard(before: Tab | None, sign: Sign, now: float) -> Tab | None:
    """What is known of the tab once it has said so; None for one that is nowhere."""
    same = before if before is not None and before.place == sign.place else None
    if sign.doing is Doing.AWAY:
        # Said late of a conversation that the tab has left for another.
        return None if same else before
    if sign.doing is Doing.GONE:
        return before and replace(before, until=min(before.until, now + GRACE))
    typed_at = now if sign.doing is Doing.TYPING else None
    if sign.doing is Doing.WRITING and same:
        typed_at = same.typed_at
    return Tab(sign.place, sign.user_id, sign.name, now + LEASE, typed_at)


def doing(tab: Tab, now: float) -> Doing:
    """What is to be said of it now."""
    if now >= tab.until:
        return Doing.AWAY
    if tab.typed_at is None or now >= tab.typed_at + LEASE:
        return Doing.LOOKING
    return Doing.TYPING if now < tab.typed_at + TYPING else Doing.WRITING


def people(tabs: Iterable[Tab], now: float) -> list[Person]:
    """Who is there, each once, by the busiest of their tabs; who writes comes first."""
    found: dict[int, Person] = {}
    for tab in tabs:
        person, before = Person(tab.user_id, tab.name, doing(tab, now)), found.get(tab.user_id)
        if before is None or _busy(before) < _busy(person):
            found[tab.user_id] = person
    there = (person for person in found.values() if person.doing is not Doing.AWAY)
    return sorted(there, key=lambda person: (-_busy(person), person.name, person.user_id))


def _busy(person: Person) -> int:
    return _BUSY.index(person.doing)
