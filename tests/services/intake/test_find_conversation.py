"""A conversation that waits for its person's address is given one, once."""

from datetime import datetime
from typing import Any

import pytest

from inbox_app.channels.registry import phone_channel
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.errors import RacedError
from inbox_app.models import Address, Conversation
from inbox_app.services.conversations.open_conversation import for_phone
from inbox_app.services.intake import find_conversation
from tests.support.factories import ADA_PHONE, World, add

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("two at once")]


async def _waiting(database: Database, world: World, now: datetime) -> int:
    async with database.transaction() as session:
        conversation = Conversation(
            channel=WHATSAPP,
            account_id=world.account_id,
            actor_id=world.ada_id,
            arrived_at=now,
            created_at=now,
        )
        return (await add(session, conversation)).id


async def test_one_that_waited_for_an_address_takes_the_first_that_is_written_to(
    database: Database, world: World, now: datetime
) -> None:
    waiting = await _waiting(database, world, now)

    async with database.transaction() as session:
        opened = await for_phone(session, world.account_id, phone_channel(), ADA_PHONE, now)

    assert opened.id == waiting
    assert opened.address_id is not None


async def test_an_address_given_by_another_a_moment_ago_is_not_written_over(
    database: Database, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = await _waiting(database, world, now)
    look = find_conversation.select_in

    async def look_and_be_overtaken(*asked: Any) -> Any:
        found = await look(*asked)
        if "address_id IS NULL" in str(asked[1]):
            address = await add(
                session, Address(channel=WHATSAPP, account_id=world.account_id, created_at=now)
            )
            conversation = await session.get_one(Conversation, waiting)
            conversation.address_id = address.id
            await session.flush()
        return found

    monkeypatch.setattr(find_conversation, "select_in", look_and_be_overtaken)
    with pytest.raises(RacedError):
        async with database.transaction() as session:
            await for_phone(session, world.account_id, phone_channel(), ADA_PHONE, now)
