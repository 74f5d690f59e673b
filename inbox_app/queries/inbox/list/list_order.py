"""The orders of the list, and the part of one beside a place in it: whole columns of one table, so
that an index holds them and a page costs the same wherever it lies."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import CTE, ColumnElement, Select, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import col

from inbox_app.models import Conversation, ConversationLabel, Unseen

Chosen = TypeVar("Chosen", bound=Select[*tuple[Any, ...]])


NOBODY_WAITS = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands behind every moment by which something is to be answered."""


class Cursor(NamedTuple):
    """The place of a conversation: its arrival and id; in «closing soon» when its person last
    wrote, from which the window closes; in «to answer» ``answer_by``, and in «today» the same
    within the ``lane``."""

    at: datetime
    id: int
    lane: int = 0


class Order(NamedTuple):
    """What rows are sorted by, ``falling`` from the highest; first by ``lane``, if there is one."""

    by: Sequence[Mapped[Any] | ColumnElement[Any]]
    falling: bool
    lane: ColumnElement[Any] | None = None

    def after(self, chosen: Chosen, place: Cursor | None) -> Chosen:
        """What follows a place, the nearest first; all from the beginning without one."""
        by = self.columns
        if place is not None:
            at = (place.at, place.id) if self.lane is None else (place.lane, place.at, place.id)
            here, there = tuple_(*by), tuple_(*at)
            chosen = chosen.where(here < there if self.falling else here > there)
        return chosen.order_by(*(each.desc() if self.falling else each for each in by))

    def before(self, chosen: Chosen, place: Cursor) -> Chosen:
        """What stands before a place, the nearest first: from there to the beginning."""
        return self._replace(falling=not self.falling).after(chosen, place)

    @property
    def columns(self) -> Sequence[Mapped[Any] | ColumnElement[Any]]:
        """As a row is placed by them."""
        return self.by if self.lane is None else (self.lane, *self.by)


NEWEST = Order((col(Conversation.arrived_at), col(Conversation.id)), falling=True)
NEWEST_WITH_LABEL = Order(
    (col(ConversationLabel.arrived_at), col(ConversationLabel.conversation_id)), falling=True
)
NEWEST_UNSEEN = Order((col(Unseen.arrived_at), col(Unseen.conversation_id)), falling=True)
MOST_PRESSING = Order((col(Conversation.answer_by), col(Conversation.id)), falling=False)


def by_stay(today: CTE) -> Order:
    """Of ``today.staying_today``."""
    return Order((today.c.at, today.c.id), falling=False, lane=today.c.lane)


def soonest(windows: CTE) -> Order:
    """The same of ``expiring_windows.closing_soon``."""
    return Order((windows.c.last_inbound_at, windows.c.id), falling=False)
