"""What the property-management system puts under keys of its own: found, archived (A3)."""

from datetime import datetime
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Accommodation, Actor, Reservation, Task

Put = TypeVar("Put", Accommodation, Actor, Reservation, Task)
"""What has an external id."""


class UnknownKeyError(Exception):
    """Nothing of the sort that was meant has this external id; `member` is where it stood."""

    def __init__(self, member: str, key: str) -> None:
        super().__init__(member)
        self.member, self.key = member, key


async def find(
    session: AsyncSession, table: type[Put], account_id: int, external_id: str
) -> Put | None:
    """The account's with this external id, archived or not."""
    query = select(table).where(
        col(table.account_id) == account_id, col(table.external_id) == external_id
    )
    return (await session.exec(query)).one_or_none()


async def id_of(
    session: AsyncSession, account_id: int, table: type[Put], member: str, key: str | None
) -> int | None:
    """Of the one that a `member` names, archived or not. Raises ``UnknownKeyError``."""
    if key is None:
        return None
    found = await find(session, table, account_id, key)
    if found is None:
        raise UnknownKeyError(member, key)
    return found.id


async def archive(
    session: AsyncSession, table: type[Put], account_id: int, external_id: str, now: datetime
) -> bool:
    """Out of the lists. False when the account has none with this external id."""
    row = await find(session, table, account_id, external_id)
    if row is None:
        return False
    row.archived_at = row.archived_at or now
    session.add(row)
    return True
