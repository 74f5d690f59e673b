"""Meta says that a connection's credentials are bad: «Ricollega account» appears (C6, B2)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState


async def refuse_credentials(
    session: AsyncSession,
    account_id: int,
    connection_id: int,
    words: str,
    *,
    credentials_encrypted: str | None = None,
) -> None:
    """``words`` are Meta's. Said of a token that has been renewed meanwhile, they mean nothing."""
    query = select(Connection).where(
        col(Connection.account_id) == account_id, col(Connection.id) == connection_id
    )
    connection = (await session.exec(query)).one_or_none()
    if connection and credentials_encrypted not in {None, connection.credentials_encrypted}:
        return
    if connection and connection.state is ConnectionState.ACTIVE:
        connection.state = ConnectionState.CREDENTIALS_REFUSED
        connection.state_reason = words
