"""The little world that tests play in, and rows to add to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import contract
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Account, Actor, ActorPhone, Connection, Role, User, WhatsAppNumber
from inbox_app.models.base import Table
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.services.people.write_terms import write_terms

PHONE_NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
OUR_NUMBER = "+390541555100"

ADA_PHONE = "+393471234567"
GIUSEPPE_PHONE = "+393489876543"
PULIZIE_ROSSI_PHONE = "+390541777888"

Row = TypeVar("Row", bound=Table)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The ids of what ``make_world`` made: Ada is a guest, Giuseppe an owner, Pulizie Rossi a
    supplier, Marta the property manager."""

    account_id: int
    connection_id: int
    marta_id: int
    ada_id: int
    giuseppe_id: int
    pulizie_rossi_id: int


async def make_world(session: AsyncSession, now: datetime) -> World:
    """«Case del Sole», with one number connected, one person who signs in and three actors."""
    account = await add(session, Account(name="Case del Sole", created_at=now))
    marta = await make_user(session, account.id, now)
    connection = await make_connection(session, account.id, now)
    ada = await make_actor(session, account.id, now, "Ada Bianchi", ActorKind.GUEST, ADA_PHONE)
    giuseppe = await make_actor(
        session, account.id, now, "Giuseppe Verdi", ActorKind.OWNER, GIUSEPPE_PHONE
    )
    rossi = await make_actor(
        session, account.id, now, "Pulizie Rossi", ActorKind.SUPPLIER, PULIZIE_ROSSI_PHONE
    )
    return World(
        account_id=account.id,
        connection_id=connection.id,
        marta_id=marta.id,
        ada_id=ada.id,
        giuseppe_id=giuseppe.id,
        pulizie_rossi_id=rossi.id,
    )


def marta(world: World, now: datetime) -> SignedIn:
    """Marta, as a page knows her."""
    return SignedIn(
        user_id=world.marta_id,
        account_id=world.account_id,
        role=Role.ADMIN,
        language="it",
        theme="",
        undo_seconds=0,
        time_zone="Europe/Rome",
        name="Marta",
        session_id=1,
        seen_at=now,
    )


async def make_account(session: AsyncSession, now: datetime, name: str = "Altra Società") -> int:
    """Another company, without a number: nothing of the first one's may be seen from it."""
    return (await add(session, Account(name=name, created_at=now))).id


async def make_user(
    session: AsyncSession, account_id: int, now: datetime, email: str = "marta@casedelsole.it"
) -> User:
    """An admin whose password nobody knows."""
    return await add(
        session,
        User(
            account_id=account_id,
            email=email,
            name="Marta",
            role=Role.ADMIN,
            password_hash="none",
            created_at=now,
        ),
    )


async def make_connection(
    session: AsyncSession, account_id: int, now: datetime, **columns: Any
) -> Connection:
    """A connected number."""
    of_number = {name: columns.pop(name) for name in [*columns] if name in _OF_NUMBER}
    general: dict[str, Any] = {
        "channel": WHATSAPP,
        "external_id": PHONE_NUMBER_ID,
        "display_address": OUR_NUMBER,
        "credentials_encrypted": "",
        "created_at": now,
    }
    connection = Connection(account_id=account_id, **(general | columns))
    values: dict[str, Any] = {
        "waba_id": WABA_ID,
        "contract_accepted_at": now,
        "contract_version": contract.VERSION,
    }
    number = WhatsAppNumber(account_id=account_id, connection=connection, **(values | of_number))
    return (await add(session, number)).connection


_OF_NUMBER = WhatsAppNumber.model_fields.keys() - Connection.model_fields.keys()


async def connection_of(session: AsyncSession, account_id: int) -> Connection:
    """The account's WhatsApp connection, the latest made when there are several."""
    query = select(Connection).where(col(Connection.account_id) == account_id)
    return (
        await session.exec(query.order_by(col(Connection.id).desc()))
    ).first() or await make_connection(session, account_id, datetime.now(UTC))


async def make_actor(
    session: AsyncSession, account_id: int, now: datetime, name: str, kind: ActorKind, *raw: str
) -> Actor:
    """An actor with the phones given in international form."""
    actor = await add(session, Actor(account_id=account_id, name=name, kind=kind, created_at=now))
    await add_all(
        session,
        *(
            ActorPhone(
                account_id=account_id,
                actor_id=actor.id,
                position=position,
                raw=phone,
                e164=phone,
                match_key=phones.canonical(phone),
            )
            for position, phone in enumerate(raw)
        ),
    )
    await write_terms(session, account_id, [actor.id])
    return actor


async def add(session: AsyncSession, row: Row) -> Row:
    """Write one row, so that it has its id."""
    session.add(row)
    await session.flush()
    return row


async def add_all(session: AsyncSession, *rows: Table) -> None:
    """Write rows that don't wait for each other's ids: at once, which takes half the time."""
    session.add_all(rows)
    await session.flush()
