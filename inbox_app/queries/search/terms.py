"""Whose terms begin as somebody types (P5): of actors, of people on a channel, of homes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.people.search_terms import WHOLE, Needle
from inbox_app.models import AccommodationTerm, ActorTerm, AddressTerm

Terms = type[ActorTerm] | type[AddressTerm] | type[AccommodationTerm]

_LAST = "\U0010ffff"
_MANY = 1_000


def begins(column: Any, beginning: str) -> ColumnElement[bool]:
    """Whether a ``CodePoints`` column begins so, by its index."""
    return and_(col(column) >= beginning, col(column) < beginning + _LAST)


def ways(needle: Needle) -> Iterator[Sequence[str]]:
    """The beginnings that somebody must have all of, the closest way first."""
    if needle.whole:
        yield from ([beginning] for beginning in needle.numbers)
        yield [WHOLE + needle.whole]
        yield needle.words


async def owners(
    session: AsyncSession,
    table: Terms,
    owner: str,
    account_id: int,
    beginnings: Sequence[str],
) -> SelectOfScalar[int]:
    """The ids in the column ``owner`` of those who have a term for each; the one that fewest have
    leads: led by a word that all have, each of them would be looked at."""
    leading, *others = await _rarest_first(session, table, account_id, beginnings)
    id_ = col(getattr(table, owner))
    return (
        select(id_)
        .where(
            *_of(table, account_id, leading),
            *(_has_too(table, owner, other) for other in others),
        )
        .order_by(col(table.term), id_)
    )


async def _rarest_first(
    session: AsyncSession, table: Terms, account_id: int, beginnings: Sequence[str]
) -> list[str]:
    """Counted no further than where it makes no difference; the longest of those alike."""
    several = list(dict.fromkeys(beginnings))
    if len(several) == 1:
        return several
    many: dict[str, int] = {}
    for beginning in several:
        some = select(col(table.term)).where(*_of(table, account_id, beginning)).limit(_MANY)
        counted = select(func.count()).select_from(some.subquery())
        many[beginning] = (await session.exec(counted)).one()
    return sorted(many, key=lambda beginning: (many[beginning], -len(beginning)))


def _of(table: Terms, account_id: int, beginning: str) -> tuple[ColumnElement[bool], ...]:
    return col(table.account_id) == account_id, begins(table.term, beginning)


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
