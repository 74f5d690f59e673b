"""Actors as people write them anew, archive and restore them (A3, B13)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.errors import BadPhoneError, NotFoundError
from inbox_app.domain.people.actors import ActorKind, ActorProblem, ActorRefusedError
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.models import Actor, ActorPhone, AuditEntry
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.services.people.edit_actor import (
    WrittenActor,
    archive_or_restore_actor,
    edit_actor,
)
from tests.services.unknown_senders import STRANGER, a_stranger, actor_of, on_file
from tests.support.factories import ADA_PHONE, OUR_NUMBER, World, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows and numbers are locked")]

ADA = {"kind": ActorKind.GUEST, "name": "Ada Bianchi", "numbers": [ADA_PHONE]}


async def write(
    database: Database, world: World, now: datetime, account_id: int | None = None, **of_her: Any
) -> None:
    async with database.transaction() as session:
        await edit_actor(
            session,
            account_id=account_id or world.account_id,
            actor_id=world.ada_id,
            written=WrittenActor(**(ADA | of_her)),
            user_id=world.marta_id,
            now=now,
        )


async def archive(database: Database, world: World, now: datetime, *, archived: bool) -> None:
    async with database.transaction() as session:
        await archive_or_restore_actor(
            session,
            account_id=world.account_id,
            actor_id=world.ada_id,
            archived=archived,
            user_id=world.marta_id,
            now=now,
        )


async def found(database: Database, world: World, typed: str, *, archived: bool = False) -> bool:
    async with database.reading() as session:
        ids = await ids_found(session, world.account_id, typed, limit=9, archived=archived)
    return world.ada_id in ids


async def test_what_is_written_replaces_what_was_and_is_found(
    database: Database, world: World, now: datetime
) -> None:
    await write(
        database, world, now,
        kind=ActorKind.OWNER, name="  Ada  Neri ", email="ADA@example.com",
        language="en", notes="x",
    )  # fmt: skip
    async with database.reading() as session:
        ada = (await session.exec(select(Actor).where(col(Actor.id) == world.ada_id))).one()
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (ada.kind, ada.name, ada.email) == (ActorKind.OWNER, "Ada Neri", "ada@example.com")
    assert (ada.language, ada.notes, ada.changed_at) == ("en", "x", now)
    assert entry.what == "actor.changed"
    assert entry.details == {"actor": world.ada_id, "linked": []}
    assert await found(database, world, "neri")
    assert not await found(database, world, "bianchi")


async def test_a_new_number_links_the_conversation_that_waited_for_it(
    database: Database, world: World, now: datetime
) -> None:
    """B13"""
    stranger = await a_stranger(database, world, now)
    await write(
        database, world, now, numbers=[ADA_PHONE, f"00{STRANGER}"], whatsapp=f"00{STRANGER}"
    )
    assert await actor_of(database, stranger) == world.ada_id
    assert await on_file(database, world.ada_id) == [
        (ADA_PHONE, ADA_PHONE, False),
        (f"00{STRANGER}", f"+{STRANGER}", True),
    ]


async def test_numbers_that_stay_keep_their_rows_however_odd_they_are(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        query = select(ActorPhone).where(col(ActorPhone.actor_id) == world.ada_id)
        phone = (await session.exec(query)).one()
        phone.raw, phone.e164, phone.match_key = "3471234567", None, None
        session.add(phone)
    await write(database, world, now, numbers=["+39 348 000 1122", "3471234567"])
    assert await on_file(database, world.ada_id) == [
        ("+39 348 000 1122", "+393480001122", False),
        ("3471234567", None, False),
    ]
    await write(database, world, now, numbers=["+39 348 000 1122", "+393480001122"])
    assert [raw for raw, *_ in await on_file(database, world.ada_id)] == ["+39 348 000 1122"]
    await write(database, world, now, numbers=[])
    assert await on_file(database, world.ada_id) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": " "}, ActorProblem.NO_NAME),
        ({"email": "ada"}, ActorProblem.BAD_EMAIL),
        ({"numbers": ["3471112223"]}, PhoneProblem.MISSING_PREFIX),
        ({"numbers": [OUR_NUMBER]}, PhoneProblem.OWN_NUMBER),
    ],
)
async def test_what_will_not_do_leaves_all_as_it_was(
    database: Database, world: World, now: datetime, wrong: dict[str, Any], problem: object
) -> None:
    with pytest.raises((ActorRefusedError, BadPhoneError)) as refused:
        await write(database, world, now, **wrong)
    assert refused.value.problem is problem
    assert await on_file(database, world.ada_id) == [(ADA_PHONE, ADA_PHONE, False)]


async def test_who_is_archived_is_found_only_among_the_archived_until_restored(
    database: Database, world: World, now: datetime
) -> None:
    await archive(database, world, now, archived=True)
    assert not await found(database, world, "bianchi")
    assert await found(database, world, "bianchi", archived=True)

    stranger = await a_stranger(database, world, now, ADA_PHONE.removeprefix("+"))
    assert await actor_of(database, stranger) is None
    await archive(database, world, now + timedelta(days=1), archived=False)
    assert await found(database, world, "bianchi")
    assert await actor_of(database, stranger) == world.ada_id
    async with database.reading() as session:
        whats = list(await session.exec(select(AuditEntry.what).order_by(col(AuditEntry.id))))
    assert whats == ["actor.archived", "actor.restored"]


async def test_another_company_s_actor_is_not_there(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    with pytest.raises(NotFoundError):
        await write(database, world, now, account_id=other)
