"""What stands around the rows of the left panel."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.models import Connection, ConnectionState
from inbox_app.pages.inbox.list.list_reading import ListQuery, ListReading
from inbox_app.queries.inbox.list.view import View
from tests.support.factories import make_world, marta

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
        seen = await reading.read(marta(world, now), ListQuery(View(world.account_id)))
    assert seen.connected == (state is not ConnectionState.DISCONNECTED)
    assert seen.refused == (state is ConnectionState.CREDENTIALS_REFUSED)
