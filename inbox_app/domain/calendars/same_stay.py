"""When two entries are one stay: portals list what they were told of, once more each (A4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Protocol

from inbox_app.domain.calendars.told import ToldStay
from inbox_app.domain.people.search_terms import squeezed
from inbox_app.domain.stays.stays import ReservationStatus


class Listed(Protocol):
    """What tells a stay of one home from another."""

    @property
    def check_in(self) -> date: ...
    @property
    def check_out(self) -> date: ...
    @property
    def code(self) -> str: ...


def is_same_stay(one: Listed, other: Listed) -> bool:
    """The same code; or the same dates at the home, unless each has a code of its own."""
    codes = squeezed(one.code), squeezed(other.code)
    if all(codes):
        return codes[0] == codes[1]
    return (one.check_in, one.check_out) == (other.check_in, other.check_out)


def merged(stays: Iterable[ToldStay]) -> list[ToldStay]:
    """Each stay once, with all that any of its entries tells, by arrival."""
    found: dict[int, ToldStay] = {}
    places: dict[object, list[int]] = defaultdict(list)
    """Where those with some code, or some dates, are."""
    for number, stay in enumerate(sorted(stays, key=_telling)):
        keys = _keys(stay)
        near = chain.from_iterable(places[key] for key in keys)
        place = next((at for at in near if _is_one(found[at], stay)), None)
        if place is not None:
            found[place] = _with(found[place], stay)
            continue
        found[number] = stay
        for key in keys:
            places[key].append(number)
    return sorted(found.values(), key=lambda stay: (stay.check_in, stay.check_out, stay.uid))


def _keys(stay: ToldStay) -> list[object]:
    return [*filter(None, [squeezed(stay.code)]), (stay.check_in, stay.check_out)]


def _is_one(known: ToldStay, stay: ToldStay) -> bool:
    """One that is cancelled says nothing of another that is not: the dates were booked anew."""
    both = {known.status, stay.status}
    is_over = ReservationStatus.CANCELLED in both and len(both) > 1
    return is_same_stay(known, stay) and not (is_over and known.uid != stay.uid)


def _telling(stay: ToldStay) -> tuple[bool, bool, bool, str]:
    """Who tells the most is first."""
    return not stay.code, not stay.guest_name, not stay.phone_ending, stay.uid


def _with(known: ToldStay, more: ToldStay) -> ToldStay:
    told = ("portal", "code", "guest_name", "phone", "phone_ending", "url")
    filled = {name: getattr(known, name) or getattr(more, name) for name in told}
    return replace(known, **filled, also=(*known.also, more.uid, *more.also))
