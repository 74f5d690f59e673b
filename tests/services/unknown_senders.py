"""Unknown senders, and what a person or a system says of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import (
    Actor,
    ActorAccommodation,
    ActorLabel,
    ActorPhone,
    ActorTerm,
    Conversation,
    ReservationGuest,
)
from inbox_app.models.base import Table
from inbox_app.services.intake.find_address import of_address
from inbox_app.services.intake.find_conversation import find_conversations
from inbox_app.services.people.link_sender import link_sender
from inbox_app.services.people.make_actor import NewActor, make_for_sender
from inbox_app.services.people.put_actor import GivenActor, put_actor
from inbox_app.services.people.unlink_sender import unlink_sender
from tests.support.factories import World
from tests.support.writers import a_person_wrote

STRANGER = "393401112233"
_TABLES: tuple[type[Table], ...] = (
    Actor, ActorPhone, ActorTerm, ActorAccommodation, ActorLabel, Conversation, ReservationGuest,
)  # fmt: skip


async def everything(database: Database) -> list[list[dict[str, Any]]]:
    """What there is of people, row by row."""
    async with database.reading() as session:
        rows = [(await session.exec(select(table))).all() for table in _TABLES]
    return [sorted((row.model_dump() for row in each), key=str) for each in rows]


async def a_stranger(database: Database, world: World, now: datetime, wa_id: str = STRANGER) -> int:
    async with database.transaction() as session:
        return await a_person_wrote(session, world, now, wa_id)


async def link(
    database: Database, world: World, conversation_id: int, actor_id: int, now: datetime
) -> int:
    return await database.run_transaction(
        lambda session: link_sender(
            session,
            account_id=world.account_id,
            conversation_id=conversation_id,
            actor_id=actor_id,
            user_id=world.marta_id,
            now=now,
        )
    )


async def make(
    database: Database, world: World, conversation_id: int, now: datetime, **of_them: Any
) -> int:
    """The actor's id."""
    new = NewActor(**{"kind": ActorKind.SUPPLIER, "name": "Nadia Pulizie"} | of_them)
    await database.run_transaction(
        lambda session: make_for_sender(
            session,
            account_id=world.account_id,
            conversation_id=conversation_id,
            new=new,
            user_id=world.marta_id,
            now=now,
        )
    )
    return await actor_of(database, conversation_id) or 0


async def undo(
    database: Database,
    world: World,
    conversation_id: int,
    now: datetime,
    link_id: int | None = None,
) -> int:
    return await database.run_transaction(
        lambda session: unlink_sender(
            session,
            account_id=world.account_id,
            conversation_id=conversation_id,
            user_id=world.marta_id,
            now=now,
            link_id=link_id,
        )
    )


async def actor_of(database: Database, conversation_id: int) -> int | None:
    async with database.reading() as session:
        return (await session.get_one(Conversation, conversation_id)).actor_id


async def on_file(database: Database, actor_id: int | None) -> list[tuple[str, str | None, bool]]:
    async with database.reading() as session:
        query = select(ActorPhone).where(col(ActorPhone.actor_id) == actor_id)
        found = await session.exec(query.order_by(col(ActorPhone.position)))
        return [(phone.raw, phone.e164, phone.whatsapp) for phone in found]


async def tell(
    database: Database, world: World, external_id: str, now: datetime, *numbers: str
) -> None:
    """The property-management system tells of somebody with these numbers."""
    given = GivenActor(kind=ActorKind.GUEST, name=external_id, phones=numbers)
    await database.run_transaction(
        lambda session: put_actor(session, world.account_id, external_id, given, now)
    )


async def beside_their_first_message(
    database: Database,
    world: World,
    now: datetime,
    act: Callable[[AsyncSession], Awaitable[object]],
    *,
    message_first: bool,
) -> int | None:
    """Who the stranger is, where one of both began before the other was kept."""

    async def write(session: AsyncSession) -> None:
        connection = await session.connection()
        person = await of_address(connection, world.account_id, channel_of(WHATSAPP), STRANGER, now)
        await find_conversations(connection, [person], now)

    ahead, behind = (write, act) if message_first else (act, write)
    async with database.transaction() as session:
        await ahead(session)
        later = asyncio.create_task(database.run_transaction(behind))
        await asyncio.wait([later], timeout=0.2)
    await later
    async with database.reading() as session:
        return (await session.exec(select(Conversation.actor_id))).one()
