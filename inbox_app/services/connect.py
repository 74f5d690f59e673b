"""Linking an account to its one WhatsApp number, and undoing it.

The calls to Meta stand between two transactions: ``check_free`` before, ``record`` after.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, Connection, ConnectionState
from inbox_app.services.take_in import requeue

CONTRACT_VERSION = "1"
"""Of the connection contract; who accepted it, and when, is kept with the connection."""


class ConnectError(Exception):
    """The number was not connected; the message says why and what to do, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A business number, as Meta tells of it. `display` is formatted for people."""

    phone_number_id: str
    waba_id: str
    display: str
    verified_name: str
    registered: bool = False
    """Just now, with the two-step code that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Who accepted the connection contract, and when; nobody is an operator at a command line."""

    accepted_at: datetime
    accepted_by: int | None = None


async def check_free(session: AsyncSession, account_id: int, phone_number_id: str) -> None:
    """Raises ``ConnectError`` for an account's second number, or a number's second account."""
    if await session.get(Account, account_id) is None:
        raise ConnectError("There is no such account.")
    for taken in await _in_use(session, account_id, phone_number_id):
        if taken.account_id != account_id:
            raise ConnectError("This number is connected to another account already.")
        if taken.phone_number_id != phone_number_id:
            raise ConnectError(
                f"The account is connected to {taken.display_phone_number or 'a number'} already, "
                "and an account has exactly one number: disconnect that one first."
            )


async def record(
    session: AsyncSession,
    account_id: int,
    number: Number,
    token_encrypted: str,
    contract: Contract,
    now: datetime,
) -> Connection:
    """The connection, in use from now on; events that waited for the number are taken up again.

    Raises ``ConnectError`` as ``check_free`` does, also when another was quicker by a moment.
    """
    await check_free(session, account_id, number.phone_number_id)
    connection = await _row(session, account_id, number.phone_number_id, now)
    connection.waba_id = number.waba_id
    connection.display_phone_number = number.display
    connection.verified_name = number.verified_name
    connection.token_encrypted = token_encrypted
    connection.state, connection.state_reason = ConnectionState.ACTIVE, ""
    connection.contract_accepted_at = contract.accepted_at
    connection.contract_accepted_by = contract.accepted_by
    connection.contract_version = CONTRACT_VERSION
    try:
        async with session.begin_nested():
            session.add(connection)
    except IntegrityError:
        await check_free(session, account_id, number.phone_number_id)
        raise
    await requeue(session, number.phone_number_id)
    return connection


async def disconnect(session: AsyncSession, account_id: int) -> Connection:
    """No number from now on; the history stays. Raises ``ConnectError`` when there was none."""
    query = select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )
    connection = (await session.exec(query)).one_or_none()
    if connection is None:
        raise ConnectError("The account has no connected number.")
    connection.state, connection.state_reason = ConnectionState.DISCONNECTED, ""
    connection.token_encrypted = ""
    session.add(connection)
    return connection


async def _in_use(session: AsyncSession, account_id: int, phone_number_id: str) -> list[Connection]:
    """The account's connection and the number's: none, one, or two different ones."""
    query = select(Connection).where(
        col(Connection.state) != ConnectionState.DISCONNECTED,
        (col(Connection.account_id) == account_id)
        | (col(Connection.phone_number_id) == phone_number_id),
    )
    return list((await session.exec(query)).all())


async def _row(
    session: AsyncSession, account_id: int, phone_number_id: str, now: datetime
) -> Connection:
    """The row that the account's history names for this number already, or a new one."""
    query = select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.phone_number_id) == phone_number_id,
    )
    known = (await session.exec(query)).one_or_none()
    return known or Connection(
        account_id=account_id,
        phone_number_id=phone_number_id,
        waba_id="",
        token_encrypted="",
        contract_accepted_at=now,
        contract_version=CONTRACT_VERSION,
        created_at=now,
    )
