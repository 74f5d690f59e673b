"""What stands around the rows of the left panel."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.models import Connection, ConnectionState, Role
from inbox_app.pages.inbox.list_reading import ListLook, ListReading
from inbox_app.queries.conversation_list import View
from inbox_app.queries.signed_in import SignedIn
from tests.factories import World, make_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("state", list(ConnectionState))
async def test_it_tells_whether_there_is_a_number_and_whether_its_credentials_hold(
    sqlite: Database, now: datetime, state: ConnectionState
) -> None:
    async with sqlite.transaction() as session:
        world = await make_world(session, now)
        connection = await session.get_one(Connection, world.connection_id)
        connection.state = state
        await session.flush()
        reading = ListReading(session, world.account_id, now)
        seen = await reading.see(_marta(world, now), ListLook(View(world.account_id), 50))
    assert seen.connected == (state is not ConnectionState.DISCONNECTED)
    assert seen.refused == (state is ConnectionState.CREDENTIALS_REFUSED)


def _marta(world: World, now: datetime) -> SignedIn:
    return SignedIn(
        user_id=world.marta_id,
        account_id=world.account_id,
        role=Role.ADMIN,
        language="it",
        theme="",
        time_zone="Europe/Rome",
        name="Marta",
        session_id=1,
        seen_at=now,
    )
