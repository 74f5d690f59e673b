"""Whom one may begin a conversation with."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone, ActorTerm
from inbox_app.queries.people.actor_search import actors_found, names_with_number
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.search.terms import owners
from tests.support.factories import ADA_PHONE, World, add, make_account, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("text is searched")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Ada Bianchi", "Giuseppe Verdi", "Pulizie Rossi"]),
        ("ROSS", ["Pulizie Rossi"]),
        ("bianchi", ["Ada Bianchi"]),
        ("347 123", ["Ada Bianchi"]),
        ("+39 348", ["Giuseppe Verdi"]),
        ("%", []),
        ("nessuno", []),
    ],
)
async def test_people_are_found_by_name_and_by_number(
    database: Database, world: World, now: datetime, words: str, names: list[str]
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        await make_actor(session, other, now, "Ada Bianchi Rossi", ActorKind.GUEST, ADA_PHONE)
        gone = await make_actor(session, world.account_id, now, "Rossi Bianchi", ActorKind.GUEST)
        gone.archived_at = now
    async with database.reading() as session:
        found = await actors_found(session, world.account_id, words, limit=30)
    assert [row["name"] for row in found] == names


async def test_a_row_says_how_they_can_be_reached(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        rossi = world.pulizie_rossi_id
        await add(
            session,
            ActorPhone(account_id=world.account_id, actor_id=rossi, position=1, raw="328 111"),
        )
        ada = (
            await session.exec(select(ActorPhone).where(col(ActorPhone.actor_id) == world.ada_id))
        ).one()
        ada.raw, ada.e164, ada.match_key = "347 123 4567", None, None
        await session.delete(
            (
                await session.exec(
                    select(ActorPhone).where(col(ActorPhone.actor_id) == world.giuseppe_id)
                )
            ).one()
        )
    async with database.reading() as session:
        found = await actors_found(session, world.account_id, "", limit=30)
    assert [(row["phone"], row["phones"], row["usable"]) for row in found] == [
        ("347 123 4567", 1, False),
        ("", 0, False),
        ("+39 0541 777888", 2, True),
    ]


async def test_no_more_are_read_than_asked_for(
    database: Database, world: World, now: datetime
) -> None:
    async with database.reading() as session:
        assert len(await actors_found(session, world.account_id, "", limit=2)) == 2


async def test_who_has_a_number_is_named_in_any_spelling(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        name, kind = "João", ActorKind.GUEST
        await make_actor(session, world.account_id, now, name, kind, "+553187654321")
        (await session.get_one(Actor, world.ada_id)).archived_at = now
    async with database.reading() as session:
        assert await names_with_number(session, world.account_id, "+5531987654321") == ["João"]
        assert await names_with_number(session, world.account_id, ADA_PHONE) == []


async def test_the_word_that_fewest_have_leads_the_search(
    database: Database, world: World, now: datetime
) -> None:
    """Led by the longest, all that are called so would be looked at."""
    async with database.transaction() as session:
        guest = ActorKind.GUEST
        ids = [
            (await make_actor(session, world.account_id, now, f"Persona {number}", guest)).id
            for number in range(10, 30)
        ]
        for typed in (["persona", "17"], ["17", "persona"]):
            having = await owners(session, ActorTerm, "actor_id", world.account_id, typed)
            asked = [each for each in having.compile().params.values() if isinstance(each, str)]
            assert asked[0] == "17"
            assert list(await session.exec(having)) == [ids[7]]
        assert await ids_found(session, world.account_id, "persona 17", limit=9) == [ids[7]]
