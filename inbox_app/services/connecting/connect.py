"""Linking an account to its one WhatsApp number, and undoing it (C3).

The calls to Meta stand between two transactions: ``check_free`` before, ``record`` after.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.contract import VERSION as CONTRACT_VERSION
from inbox_app.domain.connecting import StepFailureReason
from inbox_app.models import (
    Account,
    AuditEntry,
    Connection,
    ConnectionSetup,
    ConnectionState,
    SetupState,
    WhatsAppNumber,
)
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting.number_figures import take_over
from inbox_app.services.intake.store_webhook import requeue


class ConnectError(Exception):
    """The number was not connected; the message says why and what to do, for people at a command
    line, ``reason`` for the pages."""

    def __init__(self, message: str, reason: StepFailureReason = StepFailureReason.REFUSED) -> None:
        super().__init__(message)
        self.reason = reason


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
                "This number is connected to another account already.",
                StepFailureReason.NUMBER_TAKEN,
            )
        if taken.external_id != phone_number_id:
            raise ConnectError(
                f"The account is connected to {taken.display_address or 'a number'} already, "
                "and an account has exactly one number: disconnect that one first.",
                StepFailureReason.ACCOUNT_HAS_NUMBER,
            )


async def record(
    session: AsyncSession,
    account_id: int,
    given: Number,
    secrets: Secrets,
    contract: Contract,
    now: datetime,
    *,
    by: int | None = None,
) -> WhatsAppNumber:
    """The number, in use from now on; events that waited for the number are taken up again, and
    its templates will be read. ``by`` is who connected it, nobody an operator.

    Raises ``ConnectError`` as ``check_free`` does, also when another was quicker by a moment.
    """
    await check_free(session, account_id, given.phone_number_id)
    number = await _row(session, account_id, given.phone_number_id, now)
    _renew(number, given, secrets, contract, now)
    try:
        async with session.begin_nested():
            session.add(number)
    except IntegrityError:
        await check_free(session, account_id, given.phone_number_id)
        raise
    await _end_setup(session, account_id, now)
    session.add(_audit(number, "connection.connected", by, now))
    await requeue(session, given.phone_number_id)
    return number


async def disconnect(
    session: AsyncSession, account_id: int, now: datetime, *, by: int | None = None
) -> WhatsAppNumber:
    """No number from now on; the history stays. Raises ``ConnectError`` when there was none."""
    number = await active_number(session, account_id)
    if number is None:
        raise ConnectError("The account has no connected number.")
    connection = number.connection
    connection.state, connection.state_reason = ConnectionState.DISCONNECTED, ""
    connection.credentials_encrypted = number.pin_encrypted = ""
    connection.unreachable_since = None
    session.add(_audit(number, "connection.disconnected", by, now))
    setup = delete(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    await session.exec(setup)
    return number


def _renew(
    number: WhatsAppNumber, given: Number, secrets: Secrets, contract: Contract, now: datetime
) -> None:
    connection = number.connection
    connection.credentials_encrypted = secrets.token
    connection.state, connection.state_reason = ConnectionState.ACTIVE, ""
    connection.connected_at = connection.checked_at = number.templates_wanted_at = now
    connection.unreachable_since = None
    number.waba_id = given.waba_id
    number.pin_encrypted = secrets.pin or number.pin_encrypted
    number.contract_accepted_at = contract.accepted_at
    number.contract_accepted_by = contract.accepted_by
    number.contract_version = contract.version
    number.contract_language = contract.language
    number.token_expires_at = given.token_expires_at
    number.subscribed = True
    take_over(number, given.details, now)
    if given.registered:
        number.number_status = "CONNECTED"


async def _end_setup(session: AsyncSession, account_id: int, now: datetime) -> None:
    query = select(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    setup = (await session.exec(query)).one_or_none()
    if setup is not None:
        setup.state, setup.updated_at = SetupState.DONE, now
        setup.token_encrypted = setup.code_encrypted = setup.pin_encrypted = ""
        setup.failed_step = setup.failure = None


def _audit(number: WhatsAppNumber, what: str, by: int | None, now: datetime) -> AuditEntry:
    return AuditEntry(
        account_id=number.account_id,
        at=now,
        user_id=by,
        what=what,
        details={
            "phone_number_id": number.connection.external_id,
            "waba_id": number.waba_id,
            **({} if by else {"by": "command line"}),
        },
    )


async def _in_use(session: AsyncSession, account_id: int, phone_number_id: str) -> list[Connection]:
    """The account's connection and the number's: none, one, or two different ones."""
    query = select(Connection).where(
        col(Connection.channel) == WHATSAPP,
        col(Connection.state) != ConnectionState.DISCONNECTED,
        (col(Connection.account_id) == account_id)
        | (col(Connection.external_id) == phone_number_id),
    )
    return list((await session.exec(query)).all())


async def _row(
    session: AsyncSession, account_id: int, phone_number_id: str, now: datetime
) -> WhatsAppNumber:
    """The row that the account's history names for this number already, or a new one."""
    query = (
        select(WhatsAppNumber)
        .join(Connection, col(Connection.id) == col(WhatsAppNumber.connection_id))
        .where(
            col(WhatsAppNumber.account_id) == account_id,
            col(Connection.external_id) == phone_number_id,
        )
    )
    known = (await session.exec(query)).one_or_none()
    return known or WhatsAppNumber(
        account_id=account_id,
        waba_id="",
        contract_accepted_at=now,
        contract_version=CONTRACT_VERSION,
        connection=Connection(
            account_id=account_id,
            channel=WHATSAPP,
            external_id=phone_number_id,
            credentials_encrypted="",
            created_at=now,
        ),
    )
