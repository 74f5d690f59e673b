"""Accommodations written by hand: kept, found, archived and back (A3, S3)."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.stays.accommodations import AccommodationFacts, AccommodationProblem
from inbox_app.queries.stays import accommodations
from inbox_app.services.stays.write_accommodation import (
    AccommodationRefusedError,
    archive_or_restore,
    create_accommodation,
    replace_accommodation,
)
from inbox_app.vault import Vault
from tests.support.factories import World, make_account

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

VAULT = Vault("the key of this installation")
HOME = AccommodationFacts(name="Casa Blu", timezone="Europe/Rome")
FULL = AccommodationFacts(
    name="Mas Lefèvre",
    timezone="Europe/Paris",
    address="Rue de l'Église 7, Èze",
    country="FR",
    check_in_time="16:00",
    check_out_time="10:00",
    check_in_instructions="Par la cour",
    door_code="2741#",
    wifi_name="Mas",
    wifi_password="lavande",
    parking="Devant",
    house_rules="Silence après 23 h",
)


async def _found(
    session: AsyncSession, account_id: int, words: str = "", **more: bool
) -> list[str]:
    rows = await accommodations.found(session, account_id, words=words, limit=9, **more)
    return [row["name"] for row in rows]


async def test_all_facts_are_kept_and_told_again_the_codes_encrypted(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        home = await create_accommodation(
            session, world.account_id, FULL, "mas-1", now, vault=VAULT
        )
        told = await accommodations.facts_of(session, world.account_id, home.id, VAULT)
        assert told == (FULL, "mas-1")
        assert "2741#" not in repr(home)
        assert "lavande" not in repr(home)
        poorer = replace(HOME, door_code="9")
        await replace_accommodation(session, world.account_id, home.id, poorer, "", vault=VAULT)
        told = await accommodations.facts_of(session, world.account_id, home.id, VAULT)
        assert told == (poorer, "")


async def test_words_are_found_in_name_address_and_key_and_what_is_missing_is_named(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for facts, key in ((HOME, "cb-1"), (FULL, "")):
            await create_accommodation(session, world.account_id, facts, key, now, vault=VAULT)
        assert await _found(session, world.account_id) == ["Casa Blu", "Mas Lefèvre"]
        assert await _found(session, world.account_id, "EZE lefevre") == ["Mas Lefèvre"]
        assert await _found(session, world.account_id, "cb-1") == ["Casa Blu"]
        assert await _found(session, world.account_id, "2741") == []
        rows = await accommodations.found(session, world.account_id, limit=9)
    assert [row["missing"] for row in rows] == [
        [
            *("address", "check_in_instructions", "door_code"),
            *("wifi_password", "parking", "house_rules"),
        ],
        [],
    ]


async def test_an_archived_one_leaves_the_list_and_comes_back(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        home = await create_accommodation(session, world.account_id, HOME, "", now, vault=VAULT)
        await archive_or_restore(session, world.account_id, home.id, now)
        assert await _found(session, world.account_id) == []
        assert await _found(session, world.account_id, archived=True) == ["Casa Blu"]
        counts = await accommodations.counts(session, world.account_id)
        assert counts == {"listed": 0, "archived": 1}
        await archive_or_restore(session, world.account_id, home.id, None)
        assert await _found(session, world.account_id) == ["Casa Blu"]


async def test_a_key_belongs_to_one_of_an_account_and_no_key_to_any(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
        for account_id, key in ((world.account_id, "a"), (other, "a"), (world.account_id, "")):
            await create_accommodation(session, account_id, HOME, key, now, vault=VAULT)
        home = await create_accommodation(session, world.account_id, HOME, "", now, vault=VAULT)
        with pytest.raises(AccommodationRefusedError) as refused:
            await replace_accommodation(
                session, world.account_id, home.id, HOME, " a ", vault=VAULT
            )
        assert refused.value.problem is AccommodationProblem.KEY_TAKEN


async def test_another_company_neither_sees_nor_changes_it(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        home = await create_accommodation(session, world.account_id, FULL, "", now, vault=VAULT)
        other = await make_account(session, now)
        assert await _found(session, other) == []
        assert await accommodations.facts_of(session, other, home.id, VAULT) is None
        with pytest.raises(NotFoundError):
            await replace_accommodation(session, other, home.id, HOME, "", vault=VAULT)
        with pytest.raises(NotFoundError):
            await archive_or_restore(session, other, home.id, now)
