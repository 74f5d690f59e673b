"""What SQLAlchemy made of a statement serves all tests: each has engines of its own, and would
compile the same statements anew."""

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.util import LRUCache

_compiled = LRUCache[object, object](4000)


def share_compiled_statements() -> None:
    """From now on: among the engines of one dialect, which are all of the same kind here."""
    for dialect in (SQLiteDialect_aiosqlite, PGDialectAsync_psycopg):
        dialect.__eq__, dialect.__hash__ = _is_alike, _hash_of_its_kind
    event.listen(Engine, "engine_connect", _share)


def _is_alike(self: object, other: object, /) -> bool:
    return type(self) is type(other)


def _hash_of_its_kind(self: object) -> int:
    return hash(type(self))


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_compiled)
