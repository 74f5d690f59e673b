"""Two actors become one, and are parted again exactly (A3)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind, MergeProblem, MergeRefusedError
from inbox_app.models import (
    Actor,
    ActorAccommodation,
    AuditEntry,
    Conversation,
    ReservationGuest,
)
from inbox_app.queries.people.found_actors import ids_found
from tests.services.people.merging import OTHER_PHONE, a_second_ada, merge, part
from tests.services.unknown_senders import (
    everything,
    on_file,
)
from tests.support.factories import ADA_PHONE, World, make_account, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows and numbers are locked")]


async def test_all_that_hangs_on_one_is_the_others(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    await merge(database, world, world.ada_id, second, now)
    assert await on_file(database, world.ada_id) == [
        (ADA_PHONE, ADA_PHONE, True),
        (OTHER_PHONE, OTHER_PHONE, False),
    ]
    async with database.reading() as session:
        ada = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        gone = (await session.exec(select(Actor).where(col(Actor.id) == second))).one()
        talks = (await session.exec(select(Conversation))).all()
        guests = (await session.exec(select(ReservationGuest))).all()
        homes = (await session.exec(select(ActorAccommodation))).all()
        found = await ids_found(session, world.account_id, OTHER_PHONE, limit=9)
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (ada.email, ada.notes) == ("bianchi@example.com", "due gatti\nvegana\nada@example.com")
    assert (ada.external_id, gone.external_id) == ("pms-2", None)
    assert (gone.archived_at, gone.merged_into) == (now, world.ada_id)
    assert [(talk.actor_id, talk.address_id is None) for talk in talks] == [(ada.id, False)]
    assert sorted((guest.actor_id, guest.position) for guest in guests) == [(ada.id, 0)] * 2
    assert sorted(home.actor_id for home in homes) == [ada.id, ada.id, second]
    assert found == [ada.id]
    assert (entry.what, entry.user_id) == ("actor.merged", world.marta_id)


async def test_an_undo_puts_everything_back_exactly(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    before = await everything(database)
    merge_id = await merge(database, world, world.ada_id, second, now)
    assert await everything(database) != before
    assert await part(database, world, merge_id, now + timedelta(days=3)) == second
    assert await everything(database) == before
    with pytest.raises(MergeRefusedError):
        await part(database, world, merge_id, now)


async def test_an_undo_leaves_what_was_written_since(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    merge_id = await merge(database, world, world.ada_id, second, now)
    async with database.transaction() as session:
        ada = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        ada.notes = "tre gatti"
        session.add(ada)
    await part(database, world, merge_id, now)
    async with database.reading() as session:
        notes = list(
            await session.exec(
                select(Actor.notes)
                .where(col(Actor.id).in_([world.ada_id, second]))
                .order_by(col(Actor.id))
            )
        )
    assert notes == ["tre gatti", "vegana"]


async def test_only_the_latest_of_several_is_undone(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    before = await everything(database)
    first_merge = await merge(database, world, world.ada_id, second, now)
    second_merge = await merge(database, world, world.giuseppe_id, world.ada_id, now)
    with pytest.raises(MergeRefusedError) as refused:
        await part(database, world, first_merge, now)
    assert refused.value.problem is MergeProblem.NOT_LATEST
    await part(database, world, second_merge, now)
    await part(database, world, first_merge, now)
    assert await everything(database) == before


async def test_who_is_gone_or_of_another_company_is_merged_with_nobody(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    async with database.transaction() as session:
        other = await make_account(session, now)
        theirs = await make_actor(session, other, now, "Ada Bianchi", ActorKind.GUEST)
    await merge(database, world, world.ada_id, second, now)
    before = await everything(database)
    for kept, gone, problem in (
        (world.ada_id, world.ada_id, MergeProblem.SAME),
        (world.ada_id, second, MergeProblem.GONE),
        (second, world.giuseppe_id, MergeProblem.GONE),
        (world.ada_id, theirs.id, MergeProblem.GONE),
    ):
        with pytest.raises(MergeRefusedError) as refused:
            await merge(database, world, kept, gone, now)
        assert refused.value.problem is problem
    assert await everything(database) == before
