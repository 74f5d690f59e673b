"""Whom the dialog suggests for an unknown sender, and finds for what is typed (A2)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import ActorPhone, Address, Conversation
from inbox_app.queries.people.candidates import candidates_found, suggestions
from inbox_app.services.people.write_terms import write_terms
from tests.queries.conversations import begin, book, say
from tests.support.factories import ADA_PHONE, World, add, make_account, make_actor
from tests.support.writers import a_person_wrote

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]

STRANGER = "393401112233"


async def a_stranger(
    session: AsyncSession, world: World, now: datetime, profile: str = "", *texts: str
) -> int:
    id_ = await a_person_wrote(session, world, now, STRANGER)
    conversation = await session.get_one(Conversation, id_)
    (await session.get_one(Address, conversation.address_id)).profile_name = profile
    for text in texts:
        await say(session, conversation, now, text)
    return id_


async def suggested(
    database: Database, world: World, id_: int, now: datetime
) -> list[tuple[str, list[str]]]:
    async with database.reading() as session:
        rows = await suggestions(session, world.account_id, id_, now)
    return [(row["name"], row["reasons"]) for row in rows]


async def test_nobody_is_suggested_for_whom_nothing_speaks(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        stranger = await a_stranger(session, world, now, "Zoe")
    assert await suggested(database, world, stranger, now) == []


async def test_all_who_have_the_number_are_suggested(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for name, phone in (("Dora", "+5212221234567"), ("Elio", "+522221234567")):
            await make_actor(session, world.account_id, now, name, ActorKind.GUEST, phone)
        stranger = await a_person_wrote(session, world, now, "5212221234567")
    assert await suggested(database, world, stranger, now) == [
        ("Dora", ["same_number"]),
        ("Elio", ["other_spelling"]),
    ]


async def test_a_number_without_its_prefix_is_read_as_dialled_at_home(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        dora = await make_actor(session, world.account_id, now, "Dora", ActorKind.GUEST)
        phone = ActorPhone(account_id=world.account_id, actor_id=dora.id, raw="340 111 2233")
        await add(session, phone)
        await write_terms(session, world.account_id, [dora.id])
        stranger = await a_stranger(session, world, now)
    assert await suggested(database, world, stranger, now) == [("Dora", ["no_prefix"])]


async def test_a_code_in_what_they_wrote_says_whose_guest_they_are(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        await book(
            session, world.account_id, world.ada_id, now, "CB-3107",
            check_in=now.date() + timedelta(days=90), check_out=now.date() + timedelta(days=95),
        )  # fmt: skip
        stranger = await a_stranger(session, world, now, "Zoe", "Ciao", "prenotazione cb 3107")
    async with database.reading() as session:
        (row,) = await suggestions(session, world.account_id, stranger, now)
    assert (row["name"], row["reasons"], row["code"]) == ("Ada Bianchi", ["code"], "CB-3107")
    assert (row["accommodation"], row["stay_phase"]) == ("Casa CB-3107", "upcoming")
    assert (row["phone"], row["other_number"]) == ("+39 347 123 4567", True)


async def test_a_profile_called_alike_of_somebody_who_arrives_is_suggested_first(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for name, days in (("Giuseppe Verdi", 1), ("Giusepe Verdi", 200)):
            guest = await make_actor(session, world.account_id, now, name, ActorKind.GUEST)
            day = now.date() + timedelta(days=days)
            dates = {"check_in": day, "check_out": day + timedelta(days=2)}
            await book(session, world.account_id, guest.id, now, f"C-{days}", **dates)
        stranger = await a_stranger(session, world, now, "Giuseppe V")
    assert await suggested(database, world, stranger, now) == [
        ("Giuseppe Verdi", ["similar_name", "arrival"])
    ]


async def test_somebody_with_exactly_the_profile_s_name_is_suggested_whenever_they_come(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        stranger = await a_stranger(session, world, now, "VERDI giuseppe")
    assert await suggested(database, world, stranger, now) == [("Giuseppe Verdi", ["same_name"])]


async def test_who_arrives_and_has_a_conversation_already_is_not_suggested_for_that(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        await book(session, world.account_id, world.ada_id, now, "CB-1")
        elio = await make_actor(session, world.account_id, now, "Elio", ActorKind.GUEST)
        await book(session, world.account_id, elio.id, now, "CB-2")
        await begin(
            session, world.account_id, now, ADA_PHONE.removeprefix("+"), actor_id=world.ada_id
        )
        stranger = await a_stranger(session, world, now, "Zoe")
    assert await suggested(database, world, stranger, now) == [("Elio", ["arrival"])]


async def test_nobody_of_another_company_or_archived_is_suggested_or_found(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        await make_actor(session, other, now, "Zoe Zonta", ActorKind.GUEST, f"+{STRANGER}")
        gone = await make_actor(session, world.account_id, now, "Zoe Zonta", ActorKind.GUEST)
        gone.archived_at = now
        stranger = await a_stranger(session, world, now, "Zoe Zonta")
        known = await begin(session, world.account_id, now, "391", actor_id=world.ada_id)
    assert await suggested(database, world, stranger, now) == []
    assert await suggested(database, world, known.id, now) == []
    async with database.reading() as session:
        assert await candidates_found(session, world.account_id, stranger, "zoe", now) == []
        assert await candidates_found(session, other, stranger, "zoe", now) == []


@pytest.mark.parametrize("typed", ["verdi g", "+39 348", "9876543", "cb3107"])
async def test_people_are_found_by_name_number_and_code(
    database: Database, world: World, now: datetime, typed: str
) -> None:
    async with database.transaction() as session:
        await book(session, world.account_id, world.giuseppe_id, now, "CB-3107")
        stranger = await a_stranger(session, world, now)
    async with database.reading() as session:
        (row,) = await candidates_found(session, world.account_id, stranger, typed, now)
    assert (row["name"], row["reasons"]) == ("Giuseppe Verdi", [])
