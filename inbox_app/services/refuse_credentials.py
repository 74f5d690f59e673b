"""Meta says that a connection's credentials are bad: «Ricollega account» appears."""

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState


async def refuse_credentials(session: AsyncSession, connection_id: int, words: str) -> None:
    """``words`` are Meta's."""
    connection = await session.get(Connection, connection_id)
    if connection and connection.state is ConnectionState.ACTIVE:
        connection.state = ConnectionState.CREDENTIALS_REFUSED
        connection.state_reason = words
