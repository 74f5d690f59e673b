"""«Aggiungi esistente»: unknown senders become known, each one once (A1, A2)."""

import asyncio
from datetime import datetime

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import AlreadyLinkedError, NotFoundError
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone, AuditEntry
from inbox_app.services.people.put_actor import GivenActor, put_actor
from tests.queries.conversations import begin
from tests.services.unknown_senders import (
    STRANGER,
    a_stranger,
    actor_of,
    beside_their_first_message,
    everything,
    link,
    on_file,
    tell,
    undo,
)
from tests.support.factories import World, make_account
from tests.support.factories import make_actor as put_on_file
from tests.support.writers import a_person_wrote

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows and numbers are locked")]


async def test_the_number_is_put_on_file_and_an_entry_left(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    await link(database, world, stranger, world.ada_id, now)

    assert await actor_of(database, stranger) == world.ada_id
    assert await on_file(database, world.ada_id) == [
        ("+393471234567", "+393471234567", False),
        (f"+{STRANGER}", f"+{STRANGER}", True),
    ]
    async with database.reading() as session:
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (entry.what, entry.user_id) == ("conversation.linked", world.marta_id)
    assert entry.details == {"conversation": stranger, "actor": world.ada_id, "made": False}


async def test_a_number_that_was_chosen_for_whatsapp_stays_so(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        query = select(ActorPhone).where(col(ActorPhone.actor_id) == world.ada_id)
        (await session.exec(query)).one().whatsapp = True
    await link(database, world, stranger, world.ada_id, now)
    assert [chosen for _, _, chosen in await on_file(database, world.ada_id)] == [True, False]


async def test_of_two_who_link_one_sender_at_once_one_wins_and_the_other_hears_who_it_is(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    actors = [world.ada_id, world.giuseppe_id]
    results = await asyncio.gather(
        *(link(database, world, stranger, actor_id, now) for actor_id in actors),
        return_exceptions=True,
    )
    winner = await actor_of(database, stranger)
    loser = results[actors.index(world.giuseppe_id if winner == world.ada_id else world.ada_id)]
    assert isinstance(loser, AlreadyLinkedError)
    assert loser.actor_id == winner
    assert len(await on_file(database, winner or 0)) == 2
    assert sum([len(await on_file(database, actor_id)) for actor_id in actors]) == 3


async def test_to_link_what_is_so_already_changes_nothing(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    await link(database, world, stranger, world.ada_id, now)
    before = await everything(database)
    assert await link(database, world, stranger, world.ada_id, now) == 0
    assert await everything(database) == before


async def test_a_number_of_two_is_nobodys_until_a_person_says_so(
    database: Database, world: World, now: datetime
) -> None:
    await tell(database, world, "dora", now, "+52 1 222 123 4567")
    await tell(database, world, "elio", now, "+52 222 123 4567")
    stranger = await a_stranger(database, world, now, "5212221234567")
    await tell(database, world, "dora", now, "+522221234567")
    assert await actor_of(database, stranger) is None


async def test_nothing_of_another_company_is_linked(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        other = await make_account(session, now)
        theirs = await a_person_wrote(session, world, None, "393409999999", account_id=other)
        dora = await put_on_file(session, other, now, "Dora", ActorKind.GUEST)
    for conversation_id, actor_id in ((theirs, world.ada_id), (stranger, dora.id)):
        with pytest.raises(NotFoundError):
            await link(database, world, conversation_id, actor_id, now)
    with pytest.raises(NotFoundError):
        await undo(database, world, theirs, now)


async def test_groups_and_who_is_archived_are_not_linked(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        group = await begin(session, world.account_id, now, None, group_id="120363@g.us")
        (await session.get_one(Actor, world.ada_id)).archived_at = now
    for conversation_id, actor_id in ((group.id, world.giuseppe_id), (stranger, world.ada_id)):
        with pytest.raises(NotFoundError):
            await link(database, world, conversation_id, actor_id, now)


@pytest.mark.parametrize("first", ["the message", "the actor"])
async def test_a_number_that_is_told_while_it_writes_for_the_first_time_is_linked(
    database: Database, world: World, now: datetime, first: str
) -> None:
    async def told(session: AsyncSession) -> None:
        given = GivenActor(kind=ActorKind.GUEST, name="Dora", phones=[f"+{STRANGER}"])
        await put_actor(session, world.account_id, "dora", given, now)

    who = await beside_their_first_message(
        database, world, now, told, message_first=first == "the message"
    )
    assert who is not None
