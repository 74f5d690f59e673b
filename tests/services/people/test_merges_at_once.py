"""Merges beside each other, beside who writes meanwhile, and after links by hand (A3)."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind, MergeRefusedError
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, ActorLink, ReservationGuest
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.services.people.put_actor import GivenActor, put_actor
from inbox_app.services.stays.put_reservation import GivenReservation, put_reservation
from tests.services.people.merging import a_second_ada, merge
from tests.services.unknown_senders import (
    STRANGER,
    a_stranger,
    actor_of,
    beside_their_first_message,
    link,
    tell,
    undo,
)
from tests.support.factories import World, add, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows and numbers are locked")]


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

    async def merged(session: AsyncSession) -> None:
        await merge_actors(
            session, account_id=world.account_id, kept_id=world.ada_id, gone_id=second.id,
            user_id=world.marta_id, now=now,
        )  # fmt: skip

    who = await beside_their_first_message(
        database, world, now, merged, message_first=first == "the message"
    )
    assert who == world.ada_id


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
