"""«Aggiungi telefono»: a number is given, and chosen among several (B4, B5, B13)."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import (
    BadPhoneError,
    NotFoundError,
    OthersNumberError,
    SendRefusedError,
)
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.sending import Control, Reason
from inbox_app.models import (
    Accommodation,
    ActorPhone,
    Address,
    AuditEntry,
    Conversation,
    Reservation,
)
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.thread.thread_header import moved_to
from inbox_app.services.people.add_number import add_number, suggest
from tests.queries.conversations import begin, book
from tests.services.numbers.numbers import decided, fix
from tests.services.unknown_senders import on_file
from tests.support.factories import ADA_PHONE, OUR_NUMBER, World, add, make_account, make_actor
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio


async def a_guest(
    session: AsyncSession, world: World, now: datetime, *phones: str, **columns: Any
) -> Conversation:
    """A conversation begun for a guest with these phones on file, as the system wrote them."""
    guest = await make_actor(session, world.account_id, now, "Carla Neri", ActorKind.GUEST)
    guest.country = columns.pop("country", None)
    for position, raw in enumerate(phones):
        phone = ActorPhone(
            account_id=world.account_id, actor_id=guest.id, position=position, raw=raw
        )
        if raw.startswith("+"):
            phone.e164, phone.match_key = raw, raw[1:]
        await add(session, phone)
    return await begin(session, world.account_id, now, None, actor_id=guest.id)


async def give(database: Database, world: World, id_: int, raw: str, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: add_number(
            session,
            account_id=world.account_id,
            conversation_id=id_,
            raw=raw,
            user_id=world.marta_id,
            now=now,
        )
    )


@pytest.mark.postgresql("its statements")
async def test_a_first_number_gives_the_waiting_conversation_its_address(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now)

    assert await give(database, world, waiting.id, "+39 333 444 5566", now) == waiting.id

    async with database.reading() as session:
        conversation = await session.get_one(Conversation, waiting.id)
        address = await session.get_one(Address, conversation.address_id)
        assert address.value == "393334445566"
        assert (await decided(session, waiting.id, now)).reason is Reason.NEVER_WROTE
        (entry,) = (await session.exec(select(AuditEntry))).all()
        assert (entry.what, entry.user_id) == ("actor.phone_chosen", world.marta_id)
    assert await on_file(database, waiting.actor_id) == [
        ("+39 333 444 5566", "+393334445566", True)
    ]


async def test_a_correction_takes_the_place_of_what_was_on_file(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now, "3334445566", country="IT")
        decision = await decided(session, waiting.id, now)
    assert (decision.reason, decision.proposal) == (Reason.PHONE_UNUSABLE, "+393334445566")
    assert [phone.raw for phone in decision.choices] == ["3334445566"]

    await give(database, world, waiting.id, "+393334445566", now)

    assert await on_file(database, waiting.actor_id) == [("+393334445566", "+393334445566", True)]


@pytest.mark.postgresql("its statements")
async def test_one_of_several_is_chosen_and_the_others_stay(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now, "+393334445566", "+34600123123", "347111")
        assert (await decided(session, waiting.id, now)).reason is Reason.PHONE_NOT_CHOSEN

    await give(database, world, waiting.id, "+34600123123", now)

    assert await on_file(database, waiting.actor_id) == [
        ("+393334445566", "+393334445566", False),
        ("+34600123123", "+34600123123", True),
        ("347111", None, False),
    ]


async def test_another_number_joins_those_on_file(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now, "+393334445566", "+34600123123")

    await give(database, world, waiting.id, "+44 7700 900789", now)

    assert (await on_file(database, waiting.actor_id))[2] == (
        "+44 7700 900789",
        "+447700900789",
        True,
    )


@pytest.mark.postgresql("its statements")
async def test_who_had_written_from_the_number_brings_their_history(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now)
        unknown = await a_person_wrote(session, world, now, "393334445566")

    assert await give(database, world, waiting.id, "0039 333 444 5566", now) == unknown

    async with database.reading() as session:
        assert (await session.get_one(Conversation, unknown)).actor_id == waiting.actor_id
        assert await session.get(Conversation, waiting.id) is None
        assert await moved_to(session, world.account_id, waiting.id) == str(unknown)
        assert await moved_to(session, world.account_id, unknown) == ""
        assert await moved_to(session, await an_other(database, now), waiting.id) == ""
        assert (await decided(session, unknown, now)).control is Control.COMPOSER


async def an_other(database: Database, now: datetime) -> int:
    async with database.transaction() as session:
        return await make_account(session, now)


async def test_a_number_whose_conversation_is_anothers_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now)
        await begin(session, world.account_id, now, ADA_PHONE[1:], actor_id=world.ada_id)

    with pytest.raises(OthersNumberError) as refused:
        await give(database, world, waiting.id, ADA_PHONE, now)

    assert refused.value.actor_id == world.ada_id
    assert await on_file(database, waiting.actor_id) == []
    async with database.reading() as session:
        assert (await decided(session, waiting.id, now)).reason is Reason.NO_PHONE


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("3334445566", PhoneProblem.MISSING_PREFIX),
        ("+393", PhoneProblem.TOO_SHORT),
        ("+999 123 456 789", PhoneProblem.UNKNOWN_PREFIX),
        ("quello di Carla", PhoneProblem.NOT_A_NUMBER),
        ("", PhoneProblem.EMPTY),
        (OUR_NUMBER, PhoneProblem.OWN_NUMBER),
    ],
)
async def test_a_number_that_nobody_can_be_written_at_changes_nothing(
    database: Database, world: World, now: datetime, raw: str, problem: PhoneProblem
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now)

    with pytest.raises(BadPhoneError) as refused:
        await give(database, world, waiting.id, raw, now)

    assert refused.value.problem is problem
    assert await on_file(database, waiting.actor_id) == []


async def test_only_where_a_number_is_missing_is_one_taken(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        open_ = await a_person_wrote(session, world, now, "393334445566")
        other = await make_account(session, now)
        theirs = await begin(session, other, now, None)

    with pytest.raises(SendRefusedError):
        await give(database, world, open_, "+34600123123", now)
    with pytest.raises(SendRefusedError):
        await fix(database, world, open_, "+34600123123", now)
    for act in (give, fix):
        with pytest.raises(NotFoundError):
            await act(database, world, theirs.id, "+34600123123", now)


@pytest.mark.postgresql("two at once")
async def test_the_second_of_two_at_once_finds_that_it_is_done(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now)
    await give(database, world, waiting.id, "+34600123123", now)

    with pytest.raises(SendRefusedError) as refused:
        await give(database, world, waiting.id, "+34600123124", now)

    assert refused.value.decision.control is Control.SEND_TEMPLATE


@pytest.mark.postgresql("its statements")
async def test_the_prefix_proposed_is_the_actors_then_the_stays_then_ours(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waiting = await a_guest(session, world, now, "600 123 123", country="PT")
        row = await book(session, world.account_id, waiting.actor_id or 0, now, "CM-1")
        reservation = (await session.exec(select(Reservation))).one()
        home = await session.get_one(Accommodation, reservation.accommodation_id)
        home.country = "ES"
        session.add_all([row, home])
    async with database.reading() as session:
        facts = await load_facts(session, world.account_id, [waiting.id], now)
        assert facts[waiting.id].countries == ("PT", "ES", "IT")
        hint = await suggest(session, world.account_id, waiting.id, "347 123 4567", now)
        assert hint == "+393471234567"
