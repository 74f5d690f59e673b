"""Two actors become one, and are parted again exactly (A3)."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind, MergeProblem, MergeRefusedError
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorAccommodation,
    ActorLink,
    AuditEntry,
    Conversation,
    ReservationGuest,
)
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.services.intake.find_address import of_address
from inbox_app.services.intake.find_conversation import find_conversations
from inbox_app.services.people.merge_actors import merge_actors, undo_merge
from inbox_app.services.people.put_actor import GivenActor, put_actor
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.stays.put_reservation import GivenReservation, put_reservation
from tests.queries.conversations import begin, book, say
from tests.services.unknown_senders import (
    STRANGER,
    a_stranger,
    actor_of,
    everything,
    link,
    on_file,
    tell,
    undo,
)
from tests.support.factories import ADA_PHONE, World, add, make_account, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows and numbers are locked")]
OTHER_PHONE = "+393331112222"


async def merge(database: Database, world: World, kept: int, gone: int, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: merge_actors(
            session,
            account_id=world.account_id,
            kept_id=kept,
            gone_id=gone,
            user_id=world.marta_id,
            now=now,
        )
    )


async def part(database: Database, world: World, merge_id: int, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: undo_merge(
            session,
            account_id=world.account_id,
            merge_id=merge_id,
            user_id=world.marta_id,
            now=now,
        )
    )


async def a_second_ada(database: Database, world: World, now: datetime) -> int:
    """With a number of her own and one of the first's, a stay of her own and one of both, a home of
    her own and one of both, a conversation, and one that waits."""
    async with database.transaction() as session:
        second = await make_actor(
            session, world.account_id, now, "A. Bianchi", ActorKind.GUEST, ADA_PHONE, OTHER_PHONE
        )
        second.email, second.notes, second.external_id = "ada@example.com", "vegana", "pms-2"
        first = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        first.email, first.notes = "bianchi@example.com", "due gatti"
        session.add_all([first, second])
        await write_terms(session, world.account_id, [first.id, second.id])
        shared = await book(session, world.account_id, second.id, now, "R-1")
        assert isinstance(shared, ReservationGuest)
        await book(session, world.account_id, second.id, now, "R-2")
        session.add(
            ReservationGuest(
                account_id=world.account_id,
                reservation_id=shared.reservation_id,
                actor_id=world.ada_id,
                position=1,
            )
        )
        homes = [
            await add(
                session,
                Accommodation(
                    account_id=world.account_id, name=name, timezone="UTC", created_at=now
                ),
            )
            for name in ("Casa Blu", "Casa Verde")
        ]
        for actor_id, home in (
            (world.ada_id, homes[0]), (second.id, homes[0]), (second.id, homes[1]),
        ):  # fmt: skip
            session.add(
                ActorAccommodation(
                    account_id=world.account_id, actor_id=actor_id, accommodation_id=home.id
                )
            )
        talk = await begin(
            session, world.account_id, now, OTHER_PHONE.removeprefix("+"), actor_id=second.id
        )
        await say(session, talk, now, "Ciao")
        await begin(session, world.account_id, now, None, actor_id=second.id)
        await begin(session, world.account_id, now, None, actor_id=world.ada_id)
        return second.id


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


async def test_of_two_merges_at_once_either_way_one_wins(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    outcomes = await asyncio.gather(
        merge(database, world, world.ada_id, second, now),
        merge(database, world, second, world.ada_id, now),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, MergeRefusedError) for each in outcomes) == [False, True]


@pytest.mark.parametrize("first", ["the message", "the merge"])
async def test_who_writes_while_two_are_merged_is_with_the_one_that_stays(
    database: Database, world: World, now: datetime, first: str
) -> None:
    async with database.transaction() as session:
        second = await make_actor(
            session, world.account_id, now, "A. B.", ActorKind.GUEST, f"+{STRANGER}"
        )

    async def written(session: AsyncSession) -> None:
        connection = await session.connection()
        person = await of_address(connection, world.account_id, channel_of(WHATSAPP), STRANGER, now)
        await find_conversations(connection, [person], now)

    async def merged(session: AsyncSession) -> None:
        await merge_actors(
            session, account_id=world.account_id, kept_id=world.ada_id, gone_id=second.id,
            user_id=world.marta_id, now=now,
        )  # fmt: skip

    ahead, behind = (written, merged) if first == "the message" else (merged, written)
    async with database.transaction() as session:
        await ahead(session)
        later = asyncio.create_task(database.run_transaction(behind))
        await asyncio.wait([later], timeout=0.2)
    await later
    async with database.reading() as session:
        (conversation,) = (await session.exec(select(Conversation))).all()
    assert conversation.actor_id == world.ada_id


async def test_a_link_by_hand_can_be_taken_back_after_a_merge_and_makes_nobody_vanish(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        second = await make_actor(session, world.account_id, now, "A. B.", ActorKind.GUEST)
    await link(database, world, stranger, second.id, now)
    await merge(database, world, world.ada_id, second.id, now)
    assert await actor_of(database, stranger) == world.ada_id
    await undo(database, world, stranger, now)
    assert await actor_of(database, stranger) is None
    async with database.reading() as session:
        assert (await session.exec(select(ActorLink.actor_id))).all() == [world.ada_id]
        assert len((await session.exec(select(Actor))).all()) == 4


async def test_a_key_of_who_is_gone_leads_to_the_one_that_stays(
    database: Database, world: World, now: datetime
) -> None:
    given = GivenActor(kind=ActorKind.GUEST, name="Ada", phones=[f"+{STRANGER}"])
    async with database.transaction() as session:
        for key in ("pms-1", "pms-2"):
            await put_actor(session, world.account_id, key, given, now)
        home = Accommodation(
            account_id=world.account_id, external_id="blu", name="Blu", timezone="UTC",
            created_at=now,
        )  # fmt: skip
        await add(session, home)
        ids = dict(
            (await session.exec(select(Actor.external_id, Actor.id).order_by(col(Actor.id)))).all()
        )
    await merge(database, world, ids["pms-1"], ids["pms-2"], now)
    stay = GivenReservation(
        code="R", accommodation="blu", guests=["pms-2", "pms-1"],
        check_in=now.date(), check_out=now.date() + timedelta(days=2),
        status=ReservationStatus.CONFIRMED,
    )  # fmt: skip
    async with database.transaction() as session:
        await put_actor(session, world.account_id, "pms-2", given, now)
        await put_reservation(session, world.account_id, "r", stay, now)
    async with database.reading() as session:
        guests = (await session.exec(select(ReservationGuest.actor_id))).all()
        gone = (await session.exec(select(Actor).where(col(Actor.id) == ids["pms-2"]))).one()
    assert guests == [ids["pms-1"]]
    assert (gone.merged_into, gone.archived_at) == (ids["pms-1"], now)
    stranger = await a_stranger(database, world, now)
    await tell(database, world, "pms-2", now, f"+{STRANGER}")
    assert await actor_of(database, stranger) is None
    await tell(database, world, "pms-1", now, f"+{STRANGER}")
    assert await actor_of(database, stranger) == ids["pms-1"]
