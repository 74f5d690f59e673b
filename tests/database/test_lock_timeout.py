"""Who wants to write while others do waits for some seconds, and is then told so."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.database import database as module
from inbox_app.models import Lease

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("locks are waited for")]


@contextmanager
def another_process_writing(url: str) -> Iterator[None]:
    """Holds what a writer needs: SQLite's one lock, or the table of leases."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(str(parsed.database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain) as other:
            other.execute("LOCK TABLE lease IN EXCLUSIVE MODE")
            yield


async def write(database: Database) -> None:
    async with database.transaction() as session:
        await session.exec(select(Lease).with_for_update())


async def test_nobody_waits_longer_than_the_patience_however_many_wait(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many, patience = 40, 0.2
    monkeypatch.setattr(module, "LOCK_TIMEOUT_SECONDS", patience)
    database = Database(database_url)
    loop = asyncio.get_running_loop()
    with another_process_writing(database_url):
        began = loop.time()
        writing = (write(database) for _ in range(many))
        ended = await asyncio.gather(*writing, return_exceptions=True)
        took = loop.time() - began
    assert all(isinstance(error, SQLAlchemyError) for error in ended)
    assert any(isinstance(error, OperationalError) for error in ended)
    assert took < many * patience / 2, "they waited one after another"
    await write(database)
    await database.close()


async def test_who_waits_in_line_is_told_too_and_the_line_goes_on(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCK_TIMEOUT_SECONDS", 0.05)
    async with sqlite.transaction():
        with pytest.raises(SQLAlchemyError):
            await write(sqlite)
    await write(sqlite)


async def test_reading_waits_for_nobody(sqlite: Database, sqlite_url: str) -> None:
    with another_process_writing(sqlite_url):
        async with sqlite.reading() as session:
            assert (await session.exec(select(Lease))).all() == []
