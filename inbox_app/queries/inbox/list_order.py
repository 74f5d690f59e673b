"""The orders of the list, and the part of one beside a place in it: whole columns of one table, so
that an index holds them and a page costs the same wherever it lies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import col

from inbox_app.models import Conversation, LastInbound

Chosen = TypeVar("Chosen", bound=Select[*tuple[Any, ...]])


class Cursor(NamedTuple):
    """The place of a conversation: its arrival and id; in «closing soon» when its person last
    wrote, from which the window closes; in «to answer» ``answer_by``."""

    at: datetime
    id: int


class Order(NamedTuple):
    """What rows are sorted by, ``falling`` from the highest."""

    by: Sequence[Mapped[Any] | ColumnElement[Any]]
    falling: bool

    def after(self, chosen: Chosen, place: Cursor | None) -> Chosen:
        """What follows a place, the nearest first; all from the beginning without one."""
        if place is not None:
            here, there = tuple_(*self.by), tuple_(*place)
            chosen = chosen.where(here < there if self.falling else here > there)
        return chosen.order_by(*(each.desc() if self.falling else each for each in self.by))

    def before(self, chosen: Chosen, place: Cursor) -> Chosen:
        """What stands before a place, the nearest first: from there to the beginning."""
        return Order(self.by, not self.falling).after(chosen, place)


NEWEST = Order((col(Conversation.arrived_at), col(Conversation.id)), falling=True)
MOST_PRESSING = Order((col(Conversation.answer_by), col(Conversation.id)), falling=False)
SOONEST = Order((col(LastInbound.last_inbound_at), col(Conversation.id)), falling=False)


def soonest(windows: CTE) -> Order:
    """The same of ``expiring_windows.closing_soon``."""
    return Order((windows.c.last_inbound_at, windows.c.id), falling=False)
