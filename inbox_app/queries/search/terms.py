"""Whose terms begin as somebody types (P5): of actors, of people on a channel, of homes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.people.search_terms import WHOLE, Needle
from inbox_app.models import AccommodationTerm, ActorTerm, AddressTerm

Terms = type[ActorTerm] | type[AddressTerm] | type[AccommodationTerm]

_LAST = "\U0010ffff"


def begins(column: Any, beginning: str) -> ColumnElement[bool]:
    """Whether a ``CodePoints`` column begins so, by its index."""
    return and_(col(column) >= beginning, col(column) < beginning + _LAST)


def ways(needle: Needle) -> Iterator[Sequence[str]]:
    """The beginnings that somebody must have all of, the closest way first."""
    if needle.whole:
        yield from ([beginning] for beginning in needle.numbers)
        yield [WHOLE + needle.whole]
        yield needle.words


def owners(
    table: Terms,
    owner: str,
    account_id: int,
    beginnings: Sequence[str],
) -> SelectOfScalar[int]:
    """The ids in the column ``owner`` of those who have a term for each; the longest beginning
    leads, because few have it."""
    leading, *others = sorted(beginnings, key=len, reverse=True)
    id_ = col(getattr(table, owner))
    return (
        select(id_)
        .where(
            col(table.account_id) == account_id,
            begins(table.term, leading),
            *(_has_too(table, owner, other) for other in others),
        )
        .order_by(col(table.term), id_)
    )


def _has_too(table: Terms, owner: str, beginning: str) -> ColumnElement[bool]:
    other = aliased(table)
    return (
        select(getattr(other, owner))
        .where(
            col(other.account_id) == col(table.account_id),
            col(getattr(other, owner)) == col(getattr(table, owner)),
            begins(other.term, beginning),
        )
        .correlate(table)
        .exists()
    )
