"""Engines, and ``transaction()``: one unit of work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # What came in, and the claim of what goes out, must survive a loss of power.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA cache_size = -32768",
)


class Database:
    """The database at ``url``: ``sqlite+aiosqlite:///…`` or ``postgresql+psycopg://…``."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            # SQLite has one writer: waiting in line here beats being told «locked» there.
            self._writer, self._reader = _sqlite_engine(url, 1), _sqlite_engine(url, 4, reader=True)
        else:
            self._writer = self._reader = create_async_engine(
                url,
                pool_size=pool_size,
                max_overflow=10,
                pool_pre_ping=True,
                hide_parameters=True,
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
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Give all connections back."""
        await self._writer.dispose()
        await self._reader.dispose()


def _session(engine: AsyncEngine) -> AsyncSession:
    return AsyncSession(engine, expire_on_commit=False)


def _sqlite_engine(url: str, connections: int, *, reader: bool = False) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        # Errors are logged, and parameters are people's messages and numbers.
        hide_parameters=True,
    )
    begin = "BEGIN" if reader else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: it would open them too late, as readers.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_SQLITE_PRAGMAS, *(["PRAGMA query_only = ON"] if reader else [])):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
