"""Connections as other systems are told of them."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionOut:
    """An end of the account's on a channel."""

    id: str
    channel: str
    address: str
    name: str
    state: ConnectionState


async def connection(
    session: AsyncSession, account_id: int, connection_id: int
) -> ConnectionOut | None:
    """None when this account has none such."""
    query = select(Connection).where(
        col(Connection.id) == connection_id, col(Connection.account_id) == account_id
    )
    row = (await session.exec(query)).one_or_none()
    return row and ConnectionOut(
        id=str(row.id),
        channel=row.channel,
        address=row.display_address,
        name=row.display_name,
        state=row.state,
    )
