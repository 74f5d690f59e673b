"""Whom the lines of a table mean (A3)."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import (
    Actor,
    ActorPhone,
    Conversation,
    ReservationGuest,
)
from inbox_app.queries.people.actor_search import actors_found
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.services.people.put_actor import GivenActor, put_actor
from tests.queries.conversations import begin
from tests.support.factories import World
from tests.support.importing import HOMES, Importer, Table, dump

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]


async def test_people_are_known_again_and_who_waits_is_linked(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, "393335556677")
    before = await dump(database)
    table: Table = [
        ["Name", "Mobile", "Phone", "E-mail", "Language", "Type"],
        ["Nino Blu", "333 555 6677", None, "Nino@Example.com", "Italiano", "Proprietario"],
        ["Ada B.", "+39 347 123 4567", "02 1234567", None, None, None],
        ["Ditta", "12345", None, None, None, "supplier"],
    ]
    row = await importer.all("actors", table)
    assert (row.created, row.changed) == (2, 1)
    assert (await importer.told())[1] == (3, Outcome.CHANGED, ["name", "phones"])
    async with database.reading() as session:
        assert (await session.get_one(Conversation, talk.id)).actor_id is not None
        found = await actors_found(session, world.account_id, "nino", limit=5)
        ditta = (await session.exec(select(ActorPhone).where(col(ActorPhone.raw) == "12345"))).one()
    assert [each["name"] for each in found] == ["Nino Blu"]
    assert ditta.e164 is None
    row = await importer.undo()
    assert (row.undone, row.kept) == (3, 0)
    assert await dump(database) == before


async def test_a_number_that_two_people_have_is_never_guessed(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for key in ("x", "y"):
            given = GivenActor(kind="guest", name=f"Person {key}", phones=["+39 333 1231234"])  # type: ignore[arg-type]
            await put_actor(session, world.account_id, key, given, now)
    table: Table = [["Name", "Phone"], ["Somebody", "333 1231234"], ["Person Y", "333 123 12 34"]]
    await importer.take_in("actors", table)
    await importer.check()
    assert await importer.told() == [
        (2, Outcome.REFUSED, ("several", "333 1231234")),
        (3, Outcome.CHANGED, ["name"]),
    ]


async def test_the_key_of_who_was_merged_brings_stays_to_the_other_and_does_not_part_them(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    given = GivenActor(kind=ActorKind.GUEST, name="Ada B.")
    async with database.transaction() as session:
        await put_actor(session, world.account_id, "pms-ada", given, now)
        ada = await session.get_one(Actor, world.ada_id)
        ada.external_id = "pms-1"
        gone = (await session.exec(select(Actor).where(col(Actor.external_id) == "pms-ada"))).one()
        await session.flush()
        await merge_actors(
            session, account_id=world.account_id, kept_id=world.ada_id, gone_id=gone.id,
            user_id=world.marta_id, now=now,
        )  # fmt: skip
    await importer.all("actors", [["Key", "Name", "Type"], ["pms-ada", "Ada Bi.", "guest"]])
    assert await importer.told() == [(2, Outcome.CHANGED, ["name"])]
    await importer.all("accommodations", HOMES)
    stay = ["S1", "Casa Blu", "pms-ada", "2026-12-01", "2026-12-05"]
    await importer.all("reservations", [["Key", "Home", "Guest key", "Arrival", "Departure"], stay])
    async with database.reading() as session:
        (guest,) = (await session.exec(select(ReservationGuest))).all()
        still = await session.get_one(Actor, gone.id)
        kept = await session.get_one(Actor, world.ada_id)
    assert guest.actor_id == world.ada_id
    assert (still.merged_into, still.archived_at is None) == (world.ada_id, False)
    assert (still.name, kept.name) == ("Ada Bi.", "Ada Bianchi")
