"""«Annulla» and «Scollega»: all is as before (A2)."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone, Conversation, ReservationGuest
from inbox_app.queries.thread.thread_header import moved_to
from tests.queries.conversations import begin, book
from tests.services.unknown_senders import (
    STRANGER,
    a_stranger,
    actor_of,
    everything,
    link,
    make,
    on_file,
    tell,
    undo,
)
from tests.support.factories import World, add
from tests.support.factories import make_actor as put_on_file
from tests.support.writers import a_person_wrote

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("ids are given again")]


@pytest.mark.parametrize("wa_id", ["5212221234567", "553187654321", "999123", "US.13491208655"])
async def test_whoever_wrote_can_be_linked_however_odd_their_id_is(
    database: Database, world: World, now: datetime, wa_id: str
) -> None:
    stranger = await a_stranger(database, world, now, wa_id)
    before = await everything(database)
    await link(database, world, stranger, world.ada_id, now)
    assert await actor_of(database, stranger) == world.ada_id
    await undo(database, world, stranger, now)
    assert await everything(database) == before


async def test_an_undo_leaves_everything_as_it_was(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        nobody = await put_on_file(session, world.account_id, now, "Dora", ActorKind.OWNER)
    for actor_id in (world.ada_id, nobody.id):
        stranger = await a_stranger(database, world, now, f"39340111000{actor_id}")
        before = await everything(database)
        link_id = await link(database, world, stranger, actor_id, now)
        assert await undo(database, world, stranger, now, link_id) == actor_id
        assert await everything(database) == before


async def test_the_conversation_that_waited_for_their_number_ends_and_is_there_again_after_an_undo(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        dora = await put_on_file(session, world.account_id, now, "Dora", ActorKind.GUEST)
        assigned = {"actor_id": dora.id, "assigned_to": world.marta_id}
        waiting = await begin(session, world.account_id, now, None, **assigned)
    stranger = await a_stranger(database, world, now)
    before = await everything(database)

    await link(database, world, stranger, dora.id, now)
    async with database.reading() as session:
        assert await session.get(Conversation, waiting.id) is None
        assert await moved_to(session, world.account_id, waiting.id) == str(stranger)
    await undo(database, world, stranger, now)
    assert await everything(database) == before


async def test_an_undo_takes_along_what_the_number_had_linked_elsewhere(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        other = await a_person_wrote(session, world, now, "393479998877")
        dora = await put_on_file(session, world.account_id, now, "Dora", ActorKind.GUEST)
        phone = ActorPhone(account_id=world.account_id, actor_id=dora.id, raw="?")
        phone.e164, phone.match_key = "+393479998877", "393479998877"
        await add(session, phone)
    await link(database, world, stranger, dora.id, now)
    assert await actor_of(database, other) == dora.id
    await undo(database, world, stranger, now)
    assert await actor_of(database, other) is None


async def test_an_undo_of_what_somebody_has_changed_meanwhile_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    first = await link(database, world, stranger, world.ada_id, now)
    await undo(database, world, stranger, now)
    await link(database, world, stranger, world.giuseppe_id, now)
    with pytest.raises(NotFoundError):
        await undo(database, world, stranger, now, first)
    assert await actor_of(database, stranger) == world.giuseppe_id


async def test_what_a_person_undid_is_not_linked_by_itself_again(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    await tell(database, world, "dora", now, f"+{STRANGER}")
    dora = await actor_of(database, stranger)
    assert dora is not None
    await undo(database, world, stranger, now)
    await tell(database, world, "dora", now, f"+{STRANGER}")
    assert await actor_of(database, stranger) is None

    await link(database, world, stranger, dora, now)
    assert await actor_of(database, stranger) == dora


async def test_an_undo_takes_away_who_was_made_for_it_unless_more_hangs_on_them(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        booked = await book(session, world.account_id, world.ada_id, now, "CB-1")
    assert isinstance(booked, ReservationGuest)
    before = await everything(database)
    await make(database, world, stranger, now, reservation_id=booked.reservation_id)
    await undo(database, world, stranger, now)
    assert await everything(database) == before

    nadia = await make(database, world, stranger, now)
    async with database.transaction() as session:
        await book(session, world.account_id, nadia, now, "CB-2")
    await undo(database, world, stranger, now)
    assert await actor_of(database, stranger) is None
    async with database.reading() as session:
        assert (await session.get_one(Actor, nadia)).name == "Nadia Pulizie"
    assert await on_file(database, nadia) == []
