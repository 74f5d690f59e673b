"""Parts of lists, in the order of ids."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.models import Accommodation, Actor, Reservation, Task


class Numbered(Protocol):
    """Has an id."""

    id: int


Row = TypeVar("Row", bound=Numbered)
Put = TypeVar("Put", Accommodation, Actor, Reservation, Task)
"""What has an external id."""


def cut(found: Sequence[Row], limit: int) -> tuple[Sequence[Row], int | None]:
    """Of one row more than `limit`: the page, and the id after which the next begins."""
    page = found[:limit]
    return page, page[-1].id if len(found) > limit else None


async def page_by_key(
    session: AsyncSession,
    ours: SelectOfScalar[Put],
    table: type[Put],
    *,
    limit: int,
    after: int | None,
) -> tuple[Sequence[Put], int | None]:
    """Of `ours`, an account's, those that came from outside and are not archived."""
    listed = ours.where(
        col(table.external_id).is_not(None),
        col(table.archived_at).is_(None),
        col(table.id) > (after or 0),
    )
    found = await session.exec(listed.order_by(col(table.id)).limit(limit + 1))
    return cut(found.all(), limit)
