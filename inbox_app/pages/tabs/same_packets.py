"""One packet for all tabs that are told the same in one round of the hub.

To write the same down for each of two hundred tabs costs more than to find out what changed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from engineio.packet import Packet

Delta = Mapping[str, Mapping[str, Any]]

_PLAIN = (str, int, float, bool, type(None))


class Round:
    """Packets by what is in them: plain values as they are, others as the objects they are. Nobody
    changes those meanwhile, and they are kept, so that none takes the place of another."""

    def __init__(self) -> None:
        self._packets: dict[object, tuple[Delta, Packet]] = {}
        self.is_over = False

    def packet(self, delta: Delta, make: Callable[[], Packet]) -> Packet:
        """The one that says the same, or what ``make`` makes."""
        key = tuple(
            (state, name, _mark(value))
            for state, changed in delta.items()
            for name, value in changed.items()
        )
        if key not in self._packets:
            self._packets[key] = delta, make()
        return self._packets[key][1]

    def end(self) -> None:
        """Keep nothing of it, and let tasks that outlive it send for themselves."""
        self.is_over = True
        self._packets.clear()


_going: ContextVar[Round | None] = ContextVar("round", default=None)


@contextmanager
def one_round() -> Iterator[None]:
    """What this task, and those that it starts, send meanwhile may be one packet."""
    round_ = Round()
    before = _going.set(round_)
    try:
        yield
    finally:
        round_.end()
        _going.reset(before)


def current() -> Round | None:
    """The one that this task is in."""
    round_ = _going.get()
    return None if round_ is None or round_.is_over else round_


def _mark(value: object) -> tuple[object, object]:
    kind = type(value)
    return (kind, value) if kind in _PLAIN else (None, id(value))
