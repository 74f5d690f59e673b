"""The account's WhatsApp number."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState, WhatsAppNumber


async def active_number(session: AsyncSession, account_id: int) -> WhatsAppNumber | None:
    """The one that is not disconnected, with its connection; the database allows no second."""
    query = (
        select(WhatsAppNumber)
        .join(Connection, col(Connection.id) == col(WhatsAppNumber.connection_id))
        .where(
            col(WhatsAppNumber.account_id) == account_id,
            col(Connection.state) != ConnectionState.DISCONNECTED,
        )
    )
    return (await session.exec(query)).one_or_none()
