"""Engines, and ``transaction()``: one unit of work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Insert, create_engine, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.services.bulk import RacedError

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # What came in, and the claim of what goes out, must survive a loss of power.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA cache_size = -32768",
)

_POSTGRES_ARGUMENTS = {
    # A server that vanished is noticed in seconds; the system alone takes a quarter of an hour.
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
}


_TRIES = 3
Done = TypeVar("Done")


class Database:
    """The database at ``url``: ``sqlite+aiosqlite:///…`` or ``postgresql+psycopg://…``."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            # SQLite has one writer: waiting in line here beats being told «locked» there.
            self._writer, self._reader = _sqlite_engine(url, 1), _sqlite_engine(url, 4, reader=True)
            self._short_way = _ShortWay(url)
        else:
            self._writer = self._reader = create_async_engine(
                url,
                pool_size=pool_size,
                max_overflow=10,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args=_POSTGRES_ARGUMENTS,
            )
        self._turn = asyncio.Lock()

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes."""
        return self._writer

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or undone if anything is raised."""
        if self.is_sqlite:
            async with self._turn, _session(self._writer) as session, session.begin():
                yield session
        else:
            async with _session(self._writer) as session, session.begin():
                yield session

    async def settle(self, work: Callable[[AsyncSession], Awaitable[Done]]) -> Done:
        """``work`` in a transaction; all of it again when somebody else was quicker. Raises
        ``RacedError`` when that goes on."""
        for _ in range(_TRIES - 1):
            try:
                async with self.transaction() as session:
                    return await work(session)
            except RacedError:
                continue
        async with self.transaction() as session:
            return await work(session)

    async def append(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert ``rows`` in a transaction of their own: for what comes in by the thousand.

        The driver for SQLite takes eight turns between two threads for a transaction of one
        statement. Here it is one, which more than halves what a commit costs.
        """
        if self.is_sqlite:
            async with self._turn:
                await self._short_way.insert(statement, rows)
        else:
            async with self._writer.begin() as connection:
                await connection.execute(statement, rows)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment of the database and cannot change it."""
        async with _session(self._reader) as session:
            if not self.is_sqlite:
                await session.connection(execution_options={"postgresql_readonly": True})
            yield session

    async def ping(self) -> None:
        """Raises SQLAlchemy's errors when the database cannot be reached or written."""
        async with self.transaction() as session:
            await (await session.connection()).execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give all connections back."""
        if self.is_sqlite:
            await self._short_way.close()
        await self._writer.dispose()
        await self._reader.dispose()


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False)


class _ShortWay:
    """One connection in a thread of its own, where a whole transaction is one call."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            make_url(url).set(drivername="sqlite"),
            poolclass=QueuePool,
            pool_size=1,
            hide_parameters=True,
            connect_args={"check_same_thread": False},
        )
        _prepare(self._engine)
        self._thread = ThreadPoolExecutor(1, "append")

    async def insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Returns once the rows are on disk, even when whoever asked has gone."""
        loop = asyncio.get_running_loop()
        await asyncio.shield(loop.run_in_executor(self._thread, self._insert, statement, rows))

    async def close(self) -> None:
        """End the thread."""
        await asyncio.to_thread(self._thread.shutdown)
        self._engine.dispose()

    def _insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        with self._engine.begin() as connection:
            connection.execute(statement, rows)


def _sqlite_engine(url: str, connections: int, *, reader: bool = False) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        # Errors are logged, and parameters are people's messages and numbers.
        hide_parameters=True,
    )
    _prepare(engine.sync_engine, reader=reader)
    return engine


def _prepare(engine: Engine, *, reader: bool = False) -> None:
    begin = "BEGIN" if reader else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: it would open them too late, as readers.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_SQLITE_PRAGMAS, *(["PRAGMA query_only = ON"] if reader else [])):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
