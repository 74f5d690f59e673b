"""What a migration makes of rows that stood there before it."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config

from alembic import command
from tests.support.old_release import postgres_database

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def to(connection: sa.Connection, revision: str) -> None:
    """Bring the tables to a revision."""
    config = Config("alembic.ini")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def insert(connection: sa.Connection, table: str, **columns: Any) -> None:
    """A row with whatever else must not be empty."""
    there = sa.Table(table, sa.MetaData(), autoload_with=connection)
    wanted = {column.name: _any(column) for column in there.c if not column.nullable}
    connection.execute(sa.insert(there).values(**(wanted | columns)))


def _any(column: sa.Column[Any]) -> Any:
    if column.type.python_type is datetime:
        return NOW if column.type.timezone else NOW.replace(tzinfo=None)  # pyright: ignore[reportAttributeAccessIssue]
    return {int: 1, bool: False, dict: {}}.get(column.type.python_type, "")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database without a table."""
    if request.param == "sqlite":
        yield sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
        return
    with postgres_database(f"inbox_old_{os.getpid()}") as url:
        engine = sa.create_engine(url)
        yield engine
        engine.dispose()


def test_a_message_from_before_that_is_ahead_of_its_arrival_is_put_there(empty: sa.Engine) -> None:
    arrived = NOW + timedelta(milliseconds=900)
    with empty.begin() as connection:
        to(connection, "0004")
        insert(connection, "account")
        insert(connection, "conversation")
        moments = (NOW + timedelta(hours=1000), arrived)
        if connection.dialect.name == "sqlite":
            moments = tuple(at.replace(tzinfo=None) for at in moments)
        insert(connection, "message", direction="in", sent_at=moments[0], created_at=moments[1])
        to(connection, "0005")
        sent_at = connection.execute(sa.text("SELECT sent_at FROM message")).scalar_one()
    assert str(sent_at).startswith("2026-11-23 10:00:00")
