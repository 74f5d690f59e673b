"""A database that cannot be written is said to be so, and is written again as soon as it can be."""

from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.exc import OperationalError

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.models import InboundEvent

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("a transaction may only read")]

EVENT = insert(InboundEvent)
ROWS = [{"body": b"", "state": "received", "attempts": 0, "received_at": real_now()}]


def open_readonly(connection: Any, _record: object) -> None:
    """As SQLite opens a file that cannot be written at that moment."""
    connection.execute("PRAGMA query_only = ON")


async def test_a_connection_opened_on_a_readonly_disk_is_not_kept(sqlite: Database) -> None:
    event.listen(sqlite.engine.sync_engine, "connect", open_readonly)
    with pytest.raises(OperationalError, match="readonly"):
        await sqlite.ping()
    event.remove(sqlite.engine.sync_engine, "connect", open_readonly)
    await sqlite.ping()


async def test_nor_is_the_one_of_the_short_way(sqlite: Database) -> None:
    engine = sqlite._append._engine
    event.listen(engine, "connect", open_readonly)
    with pytest.raises(OperationalError, match="readonly"):
        await sqlite.append(EVENT, ROWS)
    event.remove(engine, "connect", open_readonly)
    await sqlite.append(EVENT, ROWS)


async def test_asking_whether_it_can_be_written_writes_nothing(database: Database) -> None:
    await database.ping()
    if database.is_sqlite:
        async with database.reading() as session:
            found = await (await session.connection()).exec_driver_sql("PRAGMA user_version")
            assert found.scalar() == 0
