"""SQLite's statements in one turn to the connection's thread and back.

The driver takes four for each: a cursor, the statement, its rows, the end of the cursor. Each waits
for the interpreter, which the event loop has, and they cost more than the statement itself.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite import aiosqlite
from sqlalchemy.util import EMPTY_DICT, await_


class _Done(NamedTuple):
    """What is left of a cursor that is closed."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def close(self) -> None:
        """It is."""


class _Cursor(aiosqlite.AsyncAdapt_aiosqlite_cursor):
    """Holds nothing of the database: the rows are here, as with SQLAlchemy's own."""

    __slots__ = ()

    _awaitable_cursor_close = False
    _cursor: Any

    def __init__(self, connection: "_Connection") -> None:
        self._adapt_connection, self._connection = connection, connection._connection
        self._cursor, self._rows, self._soft_closed_memoized = _Done(), deque(), EMPTY_DICT

    def execute(self, operation: str, parameters: Any = None) -> None:
        self._in_one_turn(sqlite3.Cursor.execute, operation, parameters or ())

    def executemany(self, operation: str, seq_of_parameters: Sequence[Any]) -> None:
        self._in_one_turn(sqlite3.Cursor.executemany, operation, seq_of_parameters)

    def _in_one_turn(self, *said: Any) -> None:
        driver = cast("Any", self._connection)
        try:
            self._cursor, rows = await_(driver._execute(_run, driver._conn, *said))
        except Exception as error:
            self._adapt_connection._handle_exception(error)
        self._rows = deque(rows)


class _Connection(aiosqlite.AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    _cursor_cls = _Cursor

    def rollback(self) -> None:
        """The pool asks for it once more when a connection comes back."""
        driver = cast("Any", self._connection)
        if driver._connection and driver.in_transaction:
            super().rollback()


def run_in_one_turn(engine: Engine) -> None:
    """Have all statements of this engine run so, but those whose rows are streamed."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, _record: object, args: Any, options: Any) -> _Connection:
        plain: Any = dialect.connect(*args, **options)
        return _Connection(plain.dbapi, plain._connection)


def _run(connection: sqlite3.Connection, run: Any, *said: Any) -> tuple[_Done, list[Any]]:
    cursor = connection.cursor()
    try:
        run(cursor, *said)
        rows = cursor.fetchall() if cursor.description else []
        return _Done(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()
