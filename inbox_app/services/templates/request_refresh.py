"""Who waits for the list of templates to be read from Meta anew."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionState, WhatsAppNumber


async def request_refresh(session: AsyncSession, account_id: int, real_now: datetime) -> None:
    """Have the account's list read soon; a reading that is under way is followed by another."""
    connected = _connection(col(Connection.state) != ConnectionState.DISCONNECTED)
    await session.exec(
        update(WhatsAppNumber)
        .where(col(WhatsAppNumber.account_id) == account_id, connected)
        .values(templates_wanted_at=real_now)
    )


async def request_refresh_of_all(session: AsyncSession, real_now: datetime) -> None:
    """Have the lists of all connections that work read soon."""
    works = _connection(col(Connection.state) == ConnectionState.ACTIVE)
    await session.exec(
        update(WhatsAppNumber)
        .where(col(WhatsAppNumber.templates_wanted_at).is_(None), works)
        .values(templates_wanted_at=real_now)
    )


async def refresh_requests(session: AsyncSession) -> list[int]:
    """The accounts whose list is to be read, who has waited longest first."""
    wanted_at = col(WhatsAppNumber.templates_wanted_at)
    connected = _connection(col(Connection.state) != ConnectionState.DISCONNECTED)
    query = (
        select(WhatsAppNumber.account_id)
        .where(wanted_at.is_not(None), connected)
        .order_by(wanted_at)
    )
    return list((await session.exec(query)).all())


async def drop_request(
    session: AsyncSession,
    account_id: int,
    number_id: int,
    since: datetime | None,
    failure: str | None = None,
) -> WhatsAppNumber | None:
    """The reading that was wanted ``since`` then is over; who wants one since then still does.
    The number, while it is there."""
    ours = select(WhatsAppNumber).where(col(WhatsAppNumber.account_id) == account_id)
    query = ours.where(col(WhatsAppNumber.id) == number_id).with_for_update()
    number = (await session.exec(query)).one_or_none()
    if number is None:
        return None
    number.templates_failure = failure
    if number.templates_wanted_at == since:
        number.templates_wanted_at = None
    return number


def _connection(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    of_number = (
        col(Connection.account_id) == col(WhatsAppNumber.account_id),
        col(Connection.id) == col(WhatsAppNumber.connection_id),
    )
    return select(Connection.id).where(*of_number, holds).exists()
