"""Whose phones can be held: the people of the sandbox, and the strangers who were made up since."""

import secrets

from inbox_app.sandbox.simulator.people import PEOPLE, Person, person_by_key
from inbox_app.sandbox.simulator.simulator import Simulator


def known_people(simulator: Simulator) -> list[Person]:
    """The strangers last."""
    ours = {person.key for person in PEOPLE}
    strangers = [key for key in simulator.phones.people() if key not in ours]
    return [*PEOPLE, *(person_by_key(key) for key in strangers)]


def is_somebody(simulator: Simulator, key: str) -> bool:
    return key in {person.key for person in known_people(simulator)}


def new_number() -> str:
    """A number that nobody has."""
    return f"39350{secrets.randbelow(9_000_000) + 1_000_000}"
