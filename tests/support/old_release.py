"""A full database of the release of November 2026, as it is found by whoever updates.

It was made with that release (revision 0005) on SQLite, from the demo account, three companies
more and three that are still connecting, by a thousand webhooks in disorder, each of Meta's public
examples among them, and by everything else that fills a table. Its tokens open with `SECRET_KEY`.
"""

import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.config import Config
from sqlalchemy import JSON, Connection, MetaData, create_engine, func, make_url, select, text
from sqlalchemy.engine import Engine

from alembic import command
from tests.support.machine import NO_POSTGRES, POSTGRES

REVISION = "0005"
SECRET_KEY = "of a database that only tests ever open"
_FOLDER = Path(__file__).parents[1] / "database"
_PACKED = _FOLDER / "release_2026_11.db.xz"
_INI = _FOLDER.parents[1] / "alembic.ini"


def unpack(file: Path) -> None:
    """Write the database to ``file``."""
    file.write_bytes(lzma.decompress(_PACKED.read_bytes()))


def told() -> dict[str, Any]:
    """What that release told of its database at ten o'clock (the tests' ``now``), by account: the
    ids of the list in its order, the decision on each conversation; and the ids of the messages
    that it would have sent then, and of those that it held."""
    return json.loads(_PACKED.with_name("release_2026_11.json").read_text(encoding="utf-8"))


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """A connection to read from, without any model."""
    with _engine(url) as engine, engine.connect() as connection:
        yield connection


def reflected(connection: Connection) -> MetaData:
    """The tables as they are, whatever the models say."""
    tables = MetaData()
    tables.reflect(connection)
    return tables


def plain(value: Any) -> Any:
    """Equal for equal values of both databases, and hashable."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return value


@contextmanager
def postgres_database(name: str, template: str = "template0") -> Iterator[str]:
    """The URL of a database of this name, a copy of ``template``, for as long as it is needed."""
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(NO_POSTGRES)
    with server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        try:
            url = make_url(POSTGRES).set(drivername="postgresql+psycopg", database=name)
            yield url.render_as_string(hide_password=False)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def fill_postgres(url: str, file: Path) -> None:
    """Bring an empty PostgreSQL database to where ``file`` is: the tables of then, and its rows."""
    with _engine(url) as engine, reading(f"sqlite:///{file}") as old, engine.begin() as new:
        config = Config(_INI)
        config.attributes["connection"] = new
        command.upgrade(config, REVISION)
        _copy(old, new)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = create_engine(url.replace("+aiosqlite", ""))
    try:
        yield engine
    finally:
        engine.dispose()


def _copy(old: Connection, new: Connection) -> None:
    written, given = reflected(new), reflected(old)
    for table in written.sorted_tables:
        if table.name == "alembic_version":
            continue
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
        rows = [_zoned(row._mapping) for row in old.execute(select(given.tables[table.name]))]
        new.execute(table.insert(), rows)
        if "id" in table.columns:
            last = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', text("'id'"))
            new.execute(select(func.setval(sequence, last)))


def _zoned(row: Any) -> dict[str, Any]:
    """PostgreSQL is told which zone its instants are of; SQLite has never known."""
    return {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
