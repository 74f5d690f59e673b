"""«Aggiungi nuovo»: an unknown sender is put on file by a person (A1)."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import BadPhoneError
from inbox_app.domain.people.actors import ActorKind, ActorProblem, ActorRefusedError
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.models import Accommodation, Actor, ActorAccommodation, ReservationGuest
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.services.people.make_actor import NewActor, make_actor
from tests.queries.conversations import book
from tests.services.unknown_senders import STRANGER, a_stranger, actor_of, everything, make, on_file
from tests.support.factories import OUR_NUMBER, World, add

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]


async def test_an_unknown_number_becomes_the_cleaner(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        home = Accommodation(
            account_id=world.account_id, name="Trullo", timezone="Europe/Rome", created_at=now
        )
        await add(session, home)
    nadia = await make(
        database, world, stranger, now,
        numbers=[f"+{STRANGER}"], email=" Nadia@Example.com ", language="uk",
        accommodation_id=home.id,
    )  # fmt: skip
    async with database.reading() as session:
        actor = await session.get_one(Actor, nadia)
        assert (actor.kind, actor.name, actor.email, actor.language) == (
            ActorKind.SUPPLIER, "Nadia Pulizie", "nadia@example.com", "uk",
        )  # fmt: skip
        (at,) = (await session.exec(select(ActorAccommodation))).all()
        assert (at.actor_id, at.accommodation_id) == (nadia, home.id)
    assert await on_file(database, nadia) == [(f"+{STRANGER}", f"+{STRANGER}", True)]


async def test_an_unknown_number_becomes_a_guest_of_a_stay(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    async with database.transaction() as session:
        booked = await book(session, world.account_id, world.ada_id, now, "CB-1")
    assert isinstance(booked, ReservationGuest)
    await make(
        database, world, stranger, now, kind=ActorKind.GUEST, reservation_id=booked.reservation_id
    )
    async with database.reading() as session:
        (stay,) = await stays_of(session, world.account_id, stranger, now)
    assert stay["code"] == "CB-1"
    assert [person["name"] for person in stay["people"]] == ["Ada Bianchi", "Nadia Pulizie"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": " \u200b "}, ActorProblem.NO_NAME),
        ({"email": "nadia"}, ActorProblem.BAD_EMAIL),
        ({"reservation_id": 999}, ActorProblem.NO_STAY),
        ({"accommodation_id": 999}, ActorProblem.NO_HOME),
        ({"numbers": ["3401112233"]}, PhoneProblem.MISSING_PREFIX),
        ({"numbers": ["+393"]}, PhoneProblem.TOO_SHORT),
        ({"numbers": [OUR_NUMBER]}, PhoneProblem.OWN_NUMBER),
    ],
)
async def test_what_will_not_do_is_refused_and_leaves_nothing(
    database: Database, world: World, now: datetime, given: dict[str, Any], problem: str
) -> None:
    stranger = await a_stranger(database, world, now)
    before = await everything(database)
    with pytest.raises((ActorRefusedError, BadPhoneError)) as refused:
        await make(database, world, stranger, now, **given)
    assert refused.value.problem == problem
    assert await everything(database) == before


async def test_who_is_put_on_file_by_hand_gets_what_they_have_written(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    new = NewActor(kind=ActorKind.OWNER, name="Olga", numbers=["+39 340 111 2233"])

    async def work(session: AsyncSession) -> int:
        return await make_actor(
            session, account_id=world.account_id, new=new, user_id=world.marta_id, now=now
        )

    olga = await database.run_transaction(work)
    assert await actor_of(database, stranger) == olga
