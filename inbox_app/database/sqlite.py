"""SQLite as this application opens it, and a connection of its own to append by."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, Engine, Insert, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, QueuePool

from inbox_app.database.one_turn import run_in_one_turn

READERS = 4
_CONNECTIONS = READERS + 2
_CACHE_KIB = 48 * 1024
"""Of pages, for all connections of the process together: readers, writer and the appender."""
ANALYZE = ("PRAGMA analysis_limit = 1000", "ANALYZE")
"""Without statistics lists are up to a hundred times slower; with the limit it takes
milliseconds, however large the tables are."""
WRITE_NOTHING = "PRAGMA user_version = 1"
"""What fails where nothing can be written; to be rolled back. To begin as a writer does not."""

_LOCK_LOOK_MS = 100
"""How long SQLite itself waits for another process's lock; nobody can be called away from that."""
_APPEND_LOCK_MS = 3_000
"""Of the appender, which nobody can be called away from at all; Meta asks again."""


def writer(url: str) -> AsyncEngine:
    """One connection that begins each transaction as a writer."""
    return _engine(url, 1, reader=False)


def reader(url: str) -> AsyncEngine:
    """A few connections that cannot write."""
    return _engine(url, READERS, reader=True)


def is_locked(error: DBAPIError) -> bool:
    """Whether another process is writing, and asking again is all it takes."""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_readonly(error: DBAPIError) -> bool:
    """Whether the file, or its disk, cannot be written."""
    return _code(error) == sqlite3.SQLITE_READONLY


def _code(error: DBAPIError) -> int | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


class AppendConnection:
    """One connection in a thread of its own, where a whole transaction is one call."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            make_url(url).set(drivername="sqlite"),
            poolclass=QueuePool,
            pool_size=1,
            hide_parameters=True,
            connect_args={"check_same_thread": False},
        )
        _prepare(self._engine, lock_ms=_APPEND_LOCK_MS)
        self._thread = ThreadPoolExecutor(1, "append")

    async def insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Returns once the rows are on disk, even when whoever asked has gone."""
        loop = asyncio.get_running_loop()
        await asyncio.shield(loop.run_in_executor(self._thread, self._insert, statement, rows))

    async def close(self) -> None:
        """End the thread."""
        await asyncio.to_thread(self._thread.shutdown)
        self.reopen()

    def reopen(self) -> None:
        """Have the next insert open the file anew."""
        self._engine.dispose()

    def _insert(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        with self._engine.begin() as connection:
            connection.execute(statement, rows)


def _engine(url: str, connections: int, *, reader: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        # Errors are logged, and parameters are people's messages and numbers.
        hide_parameters=True,
    )
    run_in_one_turn(engine.sync_engine)
    _prepare(engine.sync_engine, reader=reader)
    _undo_what_is_cut_short(engine.sync_engine)
    return engine


def _undo_what_is_cut_short(engine: Engine) -> None:
    """SQLite keeps a closed connection, and its lock, while somebody holds one of its cursors, as
    the traceback of whoever was cancelled does."""
    going: set[asyncio.Task[None]] = set()

    @event.listens_for(engine, "invalidate")
    def undo(connection: Any, _record: object, _error: object) -> None:
        task = asyncio.ensure_future(connection.driver_connection.rollback())
        going.add(task)
        task.add_done_callback(going.discard)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())


def _prepare(engine: Engine, *, reader: bool = False, lock_ms: int = _LOCK_LOOK_MS) -> None:
    begin = "BEGIN" if reader else "BEGIN IMMEDIATE"
    pragmas = [
        "PRAGMA journal_mode = WAL",
        # What came in, and the claim of what goes out, must survive a loss of power.
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        f"PRAGMA busy_timeout = {lock_ms}",
        f"PRAGMA cache_size = -{_CACHE_KIB // _CONNECTIONS}",
        *(["PRAGMA query_only = ON"] if reader else []),
    ]

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not open transactions by itself: it would open them too late, as readers.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
