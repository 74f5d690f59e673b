"""What a tab is sent of a list of rows: all of it once, then what changed, and where it stands now.

Reflex sends a list whole whenever anything in it changes (its issue 4156). What leaves for a socket
is compared here with what left for it before; `operating/row_patches.js` puts it together again.
Rows are dictionaries with an `id`, replaced and never changed in place.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

Row = Mapping[str, Any]
Rows = Sequence[Row]
Delta = Mapping[str, Mapping[str, Any]]
Told = tuple[Row, ...] | None

PATCH = "$patch"
_FEW = 8
"""Rows: so few are sent whole."""
_LISTS_AT_ONCE = 32
"""That sockets are sent between two changes: filters, people, panels."""


class _Told(NamedTuple):
    """A list that some socket was told which had been told another before."""

    before: Told
    value: object
    after: tuple[Row, ...]
    """What was in ``value`` then."""
    sent: object


class SharedPatches:
    """What many sockets are told of the same lists is found once."""

    def __init__(self) -> None:
        self._last: deque[_Told] = deque(maxlen=_LISTS_AT_ONCE)

    def tell(self, before: Told, value: object) -> tuple[object, Told]:
        """What a socket is sent that was told `before`, and what it has been told then."""
        if not isinstance(value, list):
            return value, None
        after = tuple(value)
        for known in self._last:
            if known.value is value and known.after == after:
                after = known.after  # one object, so that the next change is found once too
                if known.before is before:
                    return known.sent, after
        if not _are_rows(value):
            return value, None
        change = patch(before, after) if before else None
        sent = value if change is None else {PATCH: change}
        self._last.appendleft(_Told(before, value, after, sent))
        return sent, after


class SentRows:
    """The lists that one socket was sent, by state and variable."""

    def __init__(self, shared: SharedPatches) -> None:
        self._shared = shared
        self._told: dict[tuple[str, str], Told] = {}

    def patched(self, delta: Delta) -> Delta:
        """`delta` with patches in the place of the lists that are known there."""
        return {
            state: {name: self._patched((state, name), value) for name, value in changed.items()}
            for state, changed in delta.items()
        }

    def _patched(self, key: tuple[str, str], value: object) -> object:
        sent, told = self._shared.tell(self._told.pop(key, None), value)
        if told is not None:
            self._told[key] = told
        return sent


def patch(before: Rows, after: Rows) -> dict[str, Any] | None:
    """`gone`, ids; and `put`, from the top: the index of each new, changed or moved row with the
    row, or its id where only its place is new. None where all of it is as short."""
    known = {row["id"]: at for at, row in enumerate(before)}
    places = [known.get(row["id"], -1) for row in after]
    staying = _rising([place for place in places if place >= 0])
    put: list[tuple[int, object]] = []
    for at, (row, place) in enumerate(zip(after, places, strict=True)):
        same = place >= 0 and (before[place] is row or before[place] == row)
        if not same:
            put.append((at, row))
        elif place not in staying:
            put.append((at, row["id"]))
    if sum(not isinstance(what, str) for _, what in put) * 2 > len(after):
        return None
    here = {row["id"] for row in after}
    return {"gone": [id_ for id_ in known if id_ not in here], "put": put}


def _are_rows(value: object) -> TypeGuard[Rows]:
    if not isinstance(value, list) or len(value) < _FEW:
        return False
    ids = {row.get("id") if isinstance(row, dict) else None for row in value}
    return len(ids) == len(value) and all(isinstance(id_, str) for id_ in ids)


def _rising(places: Sequence[int]) -> set[int]:
    """The most of them that stand in rising order."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length : length + 1] = [place]
    rising: set[int] = set()
    place = ends[-1] if ends else None
    while place is not None:
        rising.add(place)
        place = before[place]
    return rising
