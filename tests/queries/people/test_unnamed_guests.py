"""Guests of whom only a calendar tells are suggested by their last digits, and put on file when
somebody says that it is them (A5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, Address, Conversation, Reservation
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.queries.people.candidates import suggestions
from inbox_app.queries.people.rows import CandidateRow
from inbox_app.services.people.make_guest_of_stay import make_guest_of_stay
from inbox_app.services.people.unlink_sender import unlink_sender
from tests.services.unknown_senders import a_stranger
from tests.support.factories import World, add, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]

STRANGER = "393401114235"


async def _stay(
    database: Database, account_id: int, now: datetime, *, in_days: int = 10, **given: Any
) -> int:
    async with database.transaction() as session:
        home = Accommodation(
            account_id=account_id, name="Casa Blu", timezone="Europe/Rome", created_at=now
        )
        home = await add(session, home)
        arrival = now.date() + timedelta(days=in_days)
        facts: dict[str, Any] = {
            "code": "HMABCD1234",
            "status": ReservationStatus.CONFIRMED,
            "phone_ending": "4235",
            "from_calendar": True,
        }
        reservation = Reservation(
            account_id=account_id,
            accommodation_id=home.id,
            check_in=arrival,
            check_out=arrival + timedelta(days=4),
            created_at=now,
            **(facts | given),
        )
        return (await add(session, reservation)).id


async def _suggested(
    database: Database, world: World, conversation_id: int, now: datetime
) -> list[CandidateRow]:
    async with database.reading() as session:
        return await suggestions(session, world.account_id, conversation_id, now)


async def test_a_number_that_ends_alike_near_the_stay_is_its_guests(
    database: Database, world: World, now: datetime
) -> None:
    stay = await _stay(database, world.account_id, now)
    stranger = await a_stranger(database, world, now, STRANGER)
    (row,) = await _suggested(database, world, stranger, now)
    assert (row["id"], row["stay"], row["reasons"]) == ("", str(stay), ["last_digits"])
    assert (row["code"], row["accommodation"], row["name"]) == ("HMABCD1234", "Casa Blu", "")


@pytest.mark.parametrize(
    ("in_days", "given"),
    [
        (90, {}),
        (-30, {}),
        (10, {"phone_ending": "4236"}),
        (10, {"status": ReservationStatus.CANCELLED}),
        (10, {"status": ReservationStatus.BLOCK}),
    ],
)
async def test_nothing_follows_from_it_far_from_the_stay_or_when_nobody_comes(
    database: Database, world: World, now: datetime, in_days: int, given: dict[str, Any]
) -> None:
    await _stay(database, world.account_id, now, in_days=in_days, **given)
    stranger = await a_stranger(database, world, now, STRANGER)
    assert await _suggested(database, world, stranger, now) == []


async def test_it_weighs_more_than_a_name_and_says_all_its_reasons(
    database: Database, world: World, now: datetime
) -> None:
    await _stay(database, world.account_id, now, in_days=1, guest_name="Anna Weber")
    await _stay(database, world.account_id, now, in_days=1, guest_name="Zoe Klein", code="",
                phone_ending=None)  # fmt: skip
    stranger = await a_stranger(database, world, now, STRANGER)
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, stranger)
        address = await session.get_one(Address, conversation.address_id)
        address.profile_name = "Zoe Klein"
    first, second = await _suggested(database, world, stranger, now)
    assert (first["name"], first["reasons"]) == ("Anna Weber", ["last_digits", "arrival"])
    assert (second["name"], second["reasons"]) == ("Zoe Klein", ["same_name", "arrival"])


async def test_stays_of_another_account_suggest_nobody(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    await _stay(database, other, now)
    stranger = await a_stranger(database, world, now, STRANGER)
    assert await _suggested(database, world, stranger, now) == []


@pytest.mark.parametrize(
    ("guest_name", "profile", "called"),
    [("Anna Weber", "annie", "Anna Weber"), (None, "annie", "annie"), (None, "", f"+{STRANGER}")],
)
async def test_who_is_chosen_is_on_file_with_the_stay_and_it_can_be_undone(
    database: Database, world: World, now: datetime, guest_name: str, profile: str, called: str
) -> None:
    stay = await _stay(database, world.account_id, now, guest_name=guest_name)
    stranger = await a_stranger(database, world, now, STRANGER)
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, stranger)
        address = await session.get_one(Address, conversation.address_id)
        address.profile_name = profile
    async with database.transaction() as session:
        link_id, name = await make_guest_of_stay(
            session,
            account_id=world.account_id,
            conversation_id=stranger,
            reservation_id=stay,
            user_id=world.marta_id,
            now=now,
        )
        assert name == called
    async with database.reading() as session:
        (shown,) = await stays_of(session, world.account_id, stranger, now)
    assert (shown["code"], shown["people"][0]["name"]) == ("HMABCD1234", called)
    async with database.transaction() as session:
        await unlink_sender(
            session,
            account_id=world.account_id,
            conversation_id=stranger,
            user_id=world.marta_id,
            now=now,
            link_id=link_id,
        )
        found = await session.exec(select(Actor).where(col(Actor.name) == called))
        assert found.all() == []
    (row,) = await _suggested(database, world, stranger, now)
    assert row["stay"] == str(stay)
