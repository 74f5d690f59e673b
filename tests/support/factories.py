"""The little world that tests play in, and rows to add to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import contract
from inbox_app.domain import phones
from inbox_app.domain.actors import ActorKind
from inbox_app.models import Account, Actor, ActorPhone, Connection, Role, User
from inbox_app.models.base import Table
from inbox_app.queries.accounts.signed_in import SignedIn

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
    values: dict[str, Any] = {
        "phone_number_id": PHONE_NUMBER_ID,
        "waba_id": WABA_ID,
        "display_phone_number": OUR_NUMBER,
        "token_encrypted": "",
        "contract_version": contract.VERSION,
    }
    return await add(
        session,
        Connection(
            account_id=account_id, contract_accepted_at=now, created_at=now, **(values | columns)
        ),
    )


async def make_actor(
    session: AsyncSession, account_id: int, now: datetime, name: str, kind: ActorKind, *raw: str
) -> Actor:
    """An actor with the phones given in international form."""
    actor = await add(session, Actor(account_id=account_id, name=name, kind=kind, created_at=now))
    for position, phone in enumerate(raw):
        await add(
            session,
            ActorPhone(
                account_id=account_id,
                actor_id=actor.id,
                position=position,
                raw=phone,
                e164=phone,
                match_key=phones.canonical(phone),
            ),
        )
    return actor


async def add(session: AsyncSession, row: Row) -> Row:
    """Write one row, so that it has its id."""
    session.add(row)
    await session.flush()
    return row
