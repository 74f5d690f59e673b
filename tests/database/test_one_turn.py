"""SQLite's statements, each in one turn to the thread of its connection."""

from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from inbox_app.database import Database

pytestmark = pytest.mark.anyio


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    taken: list[str] = []
    plain = aiosqlite.Connection._execute

    async def counted(connection: Any, function: Any, *said: Any, **options: Any) -> Any:
        taken.append(function.__name__)
        return await plain(connection, function, *said, **options)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return taken


async def test_a_reading_takes_a_turn_for_each_statement(
    sqlite: Database, turns: list[str]
) -> None:
    await sqlite.ping()
    async with sqlite.reading() as session:
        turns.clear()
        connection = await session.connection()
        for number in range(5):
            found = await connection.execute(text("SELECT 1 WHERE 3 > :n"), {"n": number})
            assert found.all() == [(1,)] * (number < 3)
    assert len(turns) == 5 + 1  # what closes the reading


async def test_what_a_statement_wrote_and_found_is_told(sqlite: Database) -> None:
    async with sqlite.transaction() as session:
        connection = await session.connection()
        await connection.execute(text("CREATE TEMP TABLE t (id INTEGER PRIMARY KEY, n INT)"))
        rows = [{"n": 7}, {"n": 8}, {"n": 9}]
        assert (await connection.execute(text("INSERT INTO t (n) VALUES (:n)"), rows)).rowcount == 3
        one = await connection.execute(text("INSERT INTO t (n) VALUES (1) RETURNING id"))
        assert one.scalar() == 4
        gone = await connection.execute(text("DELETE FROM t WHERE n > 7"))
        assert gone.rowcount == 2
        left = await connection.execute(text("SELECT id, n FROM t"))
        assert [(row.id, row.n) for row in left] == [(1, 7), (4, 1)]
        streamed = await connection.stream(text("SELECT n FROM t"))
        assert [row.n async for row in streamed] == [7, 1]


async def test_what_a_statement_breaks_is_said_as_ever(sqlite: Database) -> None:
    async with sqlite.transaction() as session:
        connection = await session.connection()
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT x FROM nowhere"))
        await connection.execute(text("CREATE TEMP TABLE t (id INTEGER PRIMARY KEY)"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO t VALUES (:id)"), [{"id": 1}, {"id": 1}])
