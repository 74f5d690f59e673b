"""Linking an account to its one WhatsApp number, and undoing it.

The calls to Meta stand between two transactions: ``check_free`` before, ``record`` after.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.contract import VERSION as CONTRACT_VERSION
from inbox_app.domain.connecting import Trouble
from inbox_app.models import (
    Account,
    AuditEntry,
    Connection,
    ConnectionSetup,
    ConnectionState,
    SetupState,
)
from inbox_app.services.connecting.number_figures import take_over
from inbox_app.services.intake.store_webhook import requeue


class ConnectError(Exception):
    """The number was not connected; the message says why and what to do, for people at a command
    line, ``trouble`` for the pages."""

    def __init__(self, message: str, trouble: Trouble = Trouble.REFUSED) -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A business number that may be connected, as Meta tells of it."""

    phone_number_id: str
    waba_id: str
    details: NumberDetails
    token_expires_at: datetime | None = None
    registered: bool = False
    """Just now, with the two-step code that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Who accepted the connection contract, when, and which text of it; nobody is an operator at a
    command line."""

    accepted_at: datetime
    accepted_by: int | None = None
    version: str = CONTRACT_VERSION
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What is kept of the connection, encrypted."""

    token: str = field(repr=False)
    pin: str = field(default="", repr=False)
    """The two-step code with which the number was registered, if we did that."""


async def check_free(session: AsyncSession, account_id: int, phone_number_id: str) -> None:
    """Raises ``ConnectError`` for an account's second number, or a number's second account."""
    if await session.get(Account, account_id) is None:
        raise ConnectError("There is no such account.")
    for taken in await _in_use(session, account_id, phone_number_id):
        if taken.account_id != account_id:
            raise ConnectError(
                "This number is connected to another account already.", Trouble.NUMBER_TAKEN
            )
        if taken.phone_number_id != phone_number_id:
            raise ConnectError(
                f"The account is connected to {taken.display_phone_number or 'a number'} already, "
                "and an account has exactly one number: disconnect that one first.",
                Trouble.ACCOUNT_HAS_NUMBER,
            )


async def record(
    session: AsyncSession,
    account_id: int,
    number: Number,
    secrets: Secrets,
    contract: Contract,
    now: datetime,
    *,
    by: int | None = None,
) -> Connection:
    """The connection, in use from now on; events that waited for the number are taken up again, and
    its templates will be read. ``by`` is who connected it, nobody an operator.

    Raises ``ConnectError`` as ``check_free`` does, also when another was quicker by a moment.
    """
    await check_free(session, account_id, number.phone_number_id)
    connection = await _row(session, account_id, number.phone_number_id, now)
    _renew(connection, number, secrets, contract, now)
    try:
        async with session.begin_nested():
            session.add(connection)
    except IntegrityError:
        await check_free(session, account_id, number.phone_number_id)
        raise
    await _end_setup(session, account_id, now)
    session.add(_audit(connection, "connection.connected", by, now))
    await requeue(session, number.phone_number_id)
    return connection


async def disconnect(
    session: AsyncSession, account_id: int, now: datetime, *, by: int | None = None
) -> Connection:
    """No number from now on; the history stays. Raises ``ConnectError`` when there was none."""
    query = select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )
    connection = (await session.exec(query)).one_or_none()
    if connection is None:
        raise ConnectError("The account has no connected number.")
    connection.state, connection.state_reason = ConnectionState.DISCONNECTED, ""
    connection.token_encrypted = connection.pin_encrypted = ""
    connection.unreachable_since = None
    session.add(_audit(connection, "connection.disconnected", by, now))
    setup = delete(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    await session.exec(setup)
    return connection


def _renew(
    connection: Connection, number: Number, secrets: Secrets, contract: Contract, now: datetime
) -> None:
    connection.waba_id = number.waba_id
    connection.token_encrypted = secrets.token
    connection.pin_encrypted = secrets.pin or connection.pin_encrypted
    connection.state, connection.state_reason = ConnectionState.ACTIVE, ""
    connection.contract_accepted_at = contract.accepted_at
    connection.contract_accepted_by = contract.accepted_by
    connection.contract_version = contract.version
    connection.contract_language = contract.language
    connection.connected_at = connection.checked_at = connection.templates_wanted_at = now
    connection.token_expires_at = number.token_expires_at
    connection.subscribed, connection.unreachable_since = True, None
    take_over(connection, number.details, now)
    if number.registered:
        connection.number_status = "CONNECTED"


async def _end_setup(session: AsyncSession, account_id: int, now: datetime) -> None:
    query = select(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    setup = (await session.exec(query)).one_or_none()
    if setup is not None:
        setup.state, setup.updated_at = SetupState.DONE, now
        setup.token_encrypted = setup.code_encrypted = setup.pin_encrypted = ""
        setup.failed_step = setup.failure = None


def _audit(connection: Connection, what: str, by: int | None, now: datetime) -> AuditEntry:
    return AuditEntry(
        account_id=connection.account_id,
        at=now,
        user_id=by,
        what=what,
        details={
            "phone_number_id": connection.phone_number_id,
            "waba_id": connection.waba_id,
            **({} if by else {"by": "command line"}),
        },
    )


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
