"""``Database``: one unit of work is a ``transaction()`` or a ``reading()``."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from sqlalchemy import Insert, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLongError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import sqlite
from inbox_app.database.races import raced
from inbox_app.database.readers_lock import ReadersLock
from inbox_app.database.shielded import Done, open_session, shielded
from inbox_app.domain.errors import RacedError

_POSTGRES_ARGUMENTS = {
    # A server that vanished is noticed in seconds; the system alone takes a quarter of an hour.
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
}
LOCK_TIMEOUT_SECONDS = 5.0
"""People and systems are told to come again rather than wait longer for others who write."""
_LOCK_PAUSE_SECONDS = 0.01

_TRIES = 3
_RACE_PAUSE_SECONDS = 0.02
"""At most, before the second try. PostgreSQL lets one who asks at once past those who waited: two
who had waited for each other would again."""


class Database:
    """The database at ``url``: ``sqlite+aiosqlite:///…`` or ``postgresql+psycopg://…``.

    A task may be cancelled at any await: what it began is undone, or done, before it hears of it.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            # SQLite has one writer: waiting in line here beats being told «locked» there.
            self._writer, self._reader = sqlite.writer(url), sqlite.reader(url)
            self._append = sqlite.AppendConnection(url)
        else:
            self._writer = self._reader = create_async_engine(
                url,
                pool_size=pool_size,
                max_overflow=10,
                pool_timeout=LOCK_TIMEOUT_SECONDS,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args=_POSTGRES_ARGUMENTS,
            )
            event.listen(self._writer.sync_engine, "connect", _bound_lock_waits)
        self._turn = asyncio.Lock()
        self._readers = ReadersLock()

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes."""
        return self._writer

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or undone if anything is raised.

        Raises SQLAlchemy's errors, also when others write for longer than one waits.
        """
        if self.is_sqlite:
            until = _lock_timeout()
            async with (
                self._reopening(),
                self._turn_before(until),
                open_session(self._writer) as session,
            ):
                await _begin_as_only_writer(session, until)
                yield session
                await shielded(session.commit())
        else:
            async with open_session(self._writer) as session:
                yield session
                await shielded(session.commit())

    @asynccontextmanager
    async def _reopening(self) -> AsyncIterator[None]:
        """SQLite opens for reading what it cannot write, and no connection of the process writes
        while one of those is open: when the disk can be written again none may be left."""
        try:
            yield
        except DBAPIError as error:
            if sqlite.is_readonly(error):
                await shielded(self._reopen())
            raise

    async def _reopen(self) -> None:
        async with self._turn, self._readers.exclusive(LOCK_TIMEOUT_SECONDS):
            self._append.reopen()
            await self._dispose()

    @asynccontextmanager
    async def _turn_before(self, until: float) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout_at(until):
                await self._turn.acquire()
        except TimeoutError:
            raise WaitedTooLongError("others are writing") from None
        try:
            yield
        finally:
            self._turn.release()

    async def run_transaction(self, work: Callable[[AsyncSession], Awaitable[Done]]) -> Done:
        """``work`` in a transaction, and all of it again while somebody else was quicker.

        Raises ``RacedError`` when that goes on; any other error at once.
        """
        for again in range(1, _TRIES):
            with suppress(RacedError):
                return await self._attempt(work)
            await asyncio.sleep(random.uniform(0, again * _RACE_PAUSE_SECONDS))  # noqa: S311
        return await self._attempt(work)

    async def _attempt(self, work: Callable[[AsyncSession], Awaitable[Done]]) -> Done:
        with raced():
            async with self.transaction() as session:
                return await work(session)

    async def append(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert ``rows`` in a transaction of their own: for what comes in by the thousand.

        The driver for SQLite takes eight turns between two threads for a transaction of one
        statement. Here it is one, which more than halves what a commit costs.
        """
        if self.is_sqlite:
            async with self._reopening(), self._turn:
                await self._append.insert(statement, rows)
        else:
            async with self._writer.begin() as connection:
                await connection.execute(statement, rows)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment of the database and cannot change it."""
        options = None if self.is_sqlite else {"postgresql_readonly": True}
        async with self._readers.shared(), open_session(self._reader) as session:
            await shielded(session.connection(execution_options=options))
            yield session

    async def refresh_statistics(self) -> None:
        """Gather what SQLite plans queries with; PostgreSQL does so by itself."""
        if not self.is_sqlite:
            return
        async with self.transaction() as session:
            connection = await session.connection()
            for statement in sqlite.ANALYZE:
                await connection.execute(text(statement))
        # Connections read the statistics when they are opened.
        await self._reopen()

    async def ping(self) -> None:
        """Raises SQLAlchemy's errors when the database cannot be reached or written."""
        async with self.transaction() as session:
            probe = sqlite.WRITE_NOTHING if self.is_sqlite else "SELECT 1"
            await (await session.connection()).execute(text(probe))
            await session.rollback()

    async def close(self) -> None:
        """Give all connections back, once those who use them are done: nobody could close what
        they gave back later. Who takes very long is not waited for."""
        with suppress(WaitedTooLongError):
            async with self._turn_before(_lock_timeout()):
                pass
        async with self._readers.exclusive(LOCK_TIMEOUT_SECONDS):
            if self.is_sqlite:
                await self._append.close()
            await self._dispose()

    async def _dispose(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()


def _lock_timeout() -> float:
    return asyncio.get_running_loop().time() + LOCK_TIMEOUT_SECONDS


def _bound_lock_waits(connection: Any, _record: object) -> None:
    """Not by a start-up option: poolers in between refuse those."""
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_SECONDS:g}s'")
    cursor.close()
    connection.commit()


async def _begin_as_only_writer(session: AsyncSession, until: float) -> None:
    """Ask for the lock again and again: whoever is called away meanwhile goes at once."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            await shielded(session.connection())
        except OperationalError as error:
            if not sqlite.is_locked(error) or loop.time() >= until:
                raise
        else:
            return
        await asyncio.sleep(_LOCK_PAUSE_SECONDS)
