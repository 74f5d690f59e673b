"""What hangs on an actor, so that one can tell whether more does than when they were made."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ActorAccommodation, ActorLabel, ActorPhone, ReservationGuest

MadeWith = dict[str, list[int]]
"""Ids by table."""

_Table = type[ActorPhone] | type[ReservationGuest] | type[ActorAccommodation] | type[ActorLabel]
_TABLES: tuple[_Table, ...] = (ActorPhone, ReservationGuest, ActorAccommodation, ActorLabel)


async def made_with(session: AsyncSession, account_id: int, actor_id: int) -> MadeWith:
    """All of it, but conversations."""
    return {table.__name__: await _ids(session, table, account_id, actor_id) for table in _TABLES}


async def _ids(session: AsyncSession, table: _Table, account_id: int, actor_id: int) -> list[int]:
    theirs = (col(table.account_id) == account_id, col(table.actor_id) == actor_id)
    return sorted(await session.exec(select(table.id).where(*theirs)))
