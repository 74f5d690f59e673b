"""Whether people are told that they were read is the account's choice, off at first (M12)."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.models import Account, Connection, ConnectionState, Conversation
from inbox_app.services.accounts.preferences import tell_reading as prefer
from inbox_app.workflows.tell_reading import tell_reading
from tests.queries.conversations import say
from tests.support.factories import connection_of, make_account
from tests.support.outbox import SendHarness

pytestmark = pytest.mark.anyio


async def wanted(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        await prefer(session, harness.world.account_id, tells=True)


async def written(harness: SendHarness) -> int:
    """The conversation of somebody who has written twice, the second time last."""
    id_ = await harness.writes()
    async with harness.database.transaction() as session:
        talk = await session.get_one(Conversation, id_)
        ours = (await connection_of(session, harness.world.account_id)).id
        for number in (1, 2):
            at = harness.clock.now() + timedelta(seconds=number)
            wamid = f"wamid.{number}"
            await say(session, talk, at, "Ciao", connection_id=ours, provider_id=wamid)
    return id_


def told(harness: SendHarness) -> list[Any]:
    """What Meta was told of reading."""
    bodies = [json.loads(call.content or b"{}") for call in harness.meta.wire.calls]
    return [body for body in bodies if body.get("status") == "read"]


async def test_at_first_nobody_is_told_anything(harness: SendHarness) -> None:
    id_ = await written(harness)

    await tell_reading(harness.runtime, harness.world.account_id, id_)
    await tell_reading(harness.runtime, harness.world.account_id, id_, typing=True)

    assert told(harness) == []


@pytest.mark.postgresql("its statements")
async def test_where_the_account_wants_it_the_last_message_is_read_or_answered(
    harness: SendHarness,
) -> None:
    """Meta's typing indicator always marks as read too."""
    await wanted(harness)
    id_ = await written(harness)

    await tell_reading(harness.runtime, harness.world.account_id, id_)
    await tell_reading(harness.runtime, harness.world.account_id, id_, typing=True)

    read, typing = told(harness)
    assert read["message_id"] == "wamid.2"
    assert "typing_indicator" not in read
    assert typing == read | {"typing_indicator": {"type": "text"}}


async def test_a_refusal_of_metas_or_of_her_credentials_is_no_trouble(harness: SendHarness) -> None:
    await wanted(harness)
    id_ = await written(harness)
    harness.meta.simulator.faults.token = True
    await tell_reading(harness.runtime, harness.world.account_id, id_)
    assert len(told(harness)) == 1

    async with harness.database.transaction() as session:
        connection = await connection_of(session, harness.world.account_id)
        (
            await session.get_one(Connection, connection.id)
        ).state = ConnectionState.CREDENTIALS_REFUSED
    await tell_reading(harness.runtime, harness.world.account_id, id_)
    assert len(told(harness)) == 1


async def test_another_company_tells_nothing_for_us(harness: SendHarness, now: datetime) -> None:
    await wanted(harness)
    id_ = await written(harness)
    async with harness.database.transaction() as session:
        other = await make_account(session, now)
        (await session.get_one(Account, other)).tells_reading = True

    await tell_reading(harness.runtime, other, id_)

    assert told(harness) == []
