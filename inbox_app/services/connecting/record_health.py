"""What a look at a connection from Meta's side has shown, written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.channels.whatsapp.webhooks.change import Notice, Severity
from inbox_app.models import Connection, ConnectionState, WhatsAppNumber
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting.apply_account_change import add_notice
from inbox_app.services.connecting.number_figures import take_over

EVERY = timedelta(minutes=10)
RESUBSCRIBED = "RESUBSCRIBED"


@dataclass(frozen=True, slots=True)
class Watched:
    """A connection to look at; no database is open meanwhile."""

    number_id: int
    account_id: int
    phone_number_id: str
    waba_id: str
    token: str = field(repr=False)
    """Encrypted."""


@dataclass(frozen=True, slots=True)
class HealthyResult:
    """Meta answered, and all is as it should be, or was mended."""

    number: NumberDetails
    expires_known: bool
    token_expires_at: datetime | None
    mended: bool = False
    """The subscription had been lost."""


@dataclass(frozen=True, slots=True)
class BrokenResult:
    """Meta refuses the credentials, in these words."""

    words: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class UnreachableResult:
    """Meta does not answer, or not to the point: nothing is known of the credentials."""


Health = HealthyResult | BrokenResult | UnreachableResult


async def due(session: AsyncSession, now: datetime) -> Sequence[int]:
    """The accounts whose connection was not seen for a while; a clock that was put back hides
    none."""
    at = col(Connection.checked_at)
    stale = or_(at.is_(None), at <= now - EVERY, at > now)
    live = col(Connection.state) != ConnectionState.DISCONNECTED
    whatsapps = col(Connection.channel) == WHATSAPP
    query = select(Connection.account_id).where(whatsapps, live, stale).order_by(col(Connection.id))
    return (await session.exec(query)).all()


async def watched(session: AsyncSession, account_id: int) -> Watched | None:
    """The account's connection, also one whose credentials are refused: they may be good again."""
    number = await active_number(session, account_id)
    if number is None:
        return None
    return Watched(
        number.id,
        account_id,
        number.connection.external_id,
        number.waba_id,
        number.connection.credentials_encrypted,
    )


async def record_health(
    session: AsyncSession, looked_at: Watched, health: Health, now: datetime
) -> bool:
    """Write it, unless the connection has been renewed meanwhile; whether anything is to be
    shown."""
    query = (
        select(WhatsAppNumber)
        .join(Connection, col(Connection.id) == col(WhatsAppNumber.connection_id))
        .where(
            col(WhatsAppNumber.id) == looked_at.number_id,
            col(WhatsAppNumber.account_id) == looked_at.account_id,
            col(Connection.credentials_encrypted) == looked_at.token,
            col(Connection.state) != ConnectionState.DISCONNECTED,
        )
    )
    number = (await session.exec(query.with_for_update())).one_or_none()
    if number is None:
        return False
    connection = number.connection
    match health:
        case UnreachableResult():
            first = connection.unreachable_since is None
            connection.unreachable_since = connection.unreachable_since or now
            return first
        case BrokenResult():
            _refuse(connection, health)
        case HealthyResult():
            await _accept(session, number, health, now)
    connection.checked_at, connection.unreachable_since = now, None
    return True


def _refuse(connection: Connection, broken: BrokenResult) -> None:
    connection.state = ConnectionState.CREDENTIALS_REFUSED
    code = f" ({broken.code})" if broken.code is not None else ""
    connection.state_reason = f"{broken.words}{code}"[:_LONGEST_WORDS]


_LONGEST_WORDS = 600


async def _accept(
    session: AsyncSession, number: WhatsAppNumber, seen: HealthyResult, now: datetime
) -> None:
    number.connection.state, number.connection.state_reason = ConnectionState.ACTIVE, ""
    take_over(number, seen.number, now)
    if seen.expires_known:
        number.token_expires_at = seen.token_expires_at
    number.subscribed = True
    if seen.mended:
        notice = Notice(RESUBSCRIBED, Severity.INFORMATION)
        await add_notice(session, number, "subscribed_apps", notice, now)
