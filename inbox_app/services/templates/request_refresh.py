"""Who waits for the list of templates to be read from Meta anew."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState


async def request_refresh(session: AsyncSession, account_id: int, real_now: datetime) -> None:
    """Have the account's list read soon; a reading that is under way is followed by another."""
    await session.exec(
        update(Connection)
        .where(
            col(Connection.account_id) == account_id,
            col(Connection.state) != ConnectionState.DISCONNECTED,
        )
        .values(templates_wanted_at=real_now)
    )


async def request_refresh_of_all(session: AsyncSession, real_now: datetime) -> None:
    """Have the lists of all connections that work read soon."""
    await session.exec(
        update(Connection)
        .where(
            col(Connection.state) == ConnectionState.ACTIVE,
            col(Connection.templates_wanted_at).is_(None),
        )
        .values(templates_wanted_at=real_now)
    )


async def refresh_requests(session: AsyncSession) -> list[int]:
    """The accounts whose list is to be read, who has waited longest first."""
    query = (
        select(Connection.account_id)
        .where(
            col(Connection.templates_wanted_at).is_not(None),
            col(Connection.state) != ConnectionState.DISCONNECTED,
        )
        .order_by(col(Connection.templates_wanted_at))
    )
    return list((await session.exec(query)).all())


async def drop_request(
    session: AsyncSession, connection_id: int, since: datetime | None, failure: str | None
) -> None:
    """The reading that was wanted ``since`` then is over; who wants one since then still does."""
    connection = await session.get(Connection, connection_id, with_for_update=True)
    if connection is None:
        return
    connection.templates_failure = failure
    if connection.templates_wanted_at == since:
        connection.templates_wanted_at = None
