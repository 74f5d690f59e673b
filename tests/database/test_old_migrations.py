"""What a migration makes of rows that stood there before it."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config

from alembic import command
from inbox_app.domain.people import search_terms
from inbox_app.vault import Vault
from tests.support.old_release import postgres_database

VAULT = Vault("the key of this installation")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def to(connection: sa.Connection, revision: str) -> None:
    """Bring the tables to a revision."""
    config = Config("alembic.ini")
    config.attributes |= {"connection": connection, "vault": VAULT}
    command.upgrade(config, revision)


def insert(connection: sa.Connection, table: str, **columns: Any) -> None:
    """A row with whatever else must not be empty."""
    there = sa.Table(table, sa.MetaData(), autoload_with=connection)
    needed = [column for column in there.c if not column.nullable and not column.primary_key]
    wanted = {column.name: _any(column) for column in needed}
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


def test_an_id_that_was_given_never_comes_again(empty: sa.Engine) -> None:
    with empty.begin() as connection:
        _to_the_eve_of_lasting_ids(connection)
        to(connection, "0015")
        assert _next_id_when_the_newest_is_gone(connection) == 3


def test_a_database_whose_schema_nobody_may_write_gets_the_same(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        _to_the_eve_of_lasting_ids(connection)
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_authorizer(_but_for_the_schema)
        to(connection, "0015")
        raw.set_authorizer(None)
        assert _next_id_when_the_newest_is_gone(connection) == 3
        left = connection.execute(sa.text("SELECT conversation_id FROM message"))
        assert left.scalars().all() == [1, 1]


def _to_the_eve_of_lasting_ids(connection: sa.Connection) -> None:
    to(connection, "0014")
    insert(connection, "account")
    insert(connection, "conversation")
    for _ in range(2):
        insert(connection, "message")


def _next_id_when_the_newest_is_gone(connection: sa.Connection) -> int:
    connection.execute(sa.text("DELETE FROM message WHERE id = 2"))
    insert(connection, "message")
    return connection.execute(sa.text("SELECT max(id) FROM message")).scalar_one()


def _but_for_the_schema(_action: int, name: str | None, *_more: str | None) -> int:
    return sqlite3.SQLITE_DENY if name == "writable_schema" else sqlite3.SQLITE_OK


def test_codes_that_stood_readable_are_encrypted_and_known_still(empty: sa.Engine) -> None:
    """S3"""
    with empty.begin() as connection:
        to(connection, "0020")
        insert(connection, "account")
        insert(connection, "accommodation", door_code="2741#", wifi_password=None)
        insert(connection, "api_key")
        insert(connection, "idempotent_answer", body='{"id": "7"}')
        to(connection, "0021")
        codes = "SELECT door_code_encrypted, wifi_password_encrypted FROM accommodation"
        door, wifi = connection.execute(sa.text(codes)).one()
        answer = connection.execute(sa.text("SELECT body_encrypted FROM idempotent_answer"))
        assert VAULT.decrypt(answer.scalar_one()) == '{"id": "7"}'
    assert (VAULT.decrypt(door), wifi) == ("2741#", None)


def test_homes_that_stood_there_are_found_by_their_names(empty: sa.Engine) -> None:
    """P5"""
    with empty.begin() as connection:
        to(connection, "0024")
        insert(connection, "account")
        insert(connection, "accommodation", name="Casa San-Nicolò")
        to(connection, "0025")
        terms = connection.execute(sa.text("SELECT term FROM accommodation_term"))
        assert set(terms.scalars()) == set(search_terms.terms("Casa San-Nicolò", None, ()))


def test_what_was_said_in_all_languages_is_said_where_no_other_is_chosen(
    empty: sa.Engine,
) -> None:
    with empty.begin() as connection:
        to(connection, "0046")
        insert(connection, "account", language="it")
        words = {"text": 'Torniamo {opening} "presto".', "days": [], "closed_days": []}
        insert(connection, "away_settings", account_id=1, urgent_words=[], **words)
        to(connection, "0047")
        there = sa.Table("away_settings", sa.MetaData(), autoload_with=connection)
        row = connection.execute(sa.select(there.c.texts, there.c.on_call)).one()
    assert row == ({"it": 'Torniamo {opening} "presto".'}, [])


def test_what_was_unread_waits_for_everybody_and_what_was_read_for_nobody(
    empty: sa.Engine,
) -> None:
    """P1"""
    with empty.begin() as connection:
        to(connection, "0049")
        insert(connection, "account")
        insert(connection, "user", email="marta@example.com")
        insert(connection, "user", email="anna@example.com")
        insert(connection, "conversation", unread=2, last_read_id=3)
        insert(connection, "conversation", unread=0, last_read_id=9, address_id=None)
        to(connection, "0050")
        waits = connection.execute(
            sa.text(
                "SELECT person.id, conversation.id, conversation.unread + coalesce(messages, 0)"
                ' FROM "user" AS person CROSS JOIN conversation LEFT JOIN unseen ON'
                " unseen.user_id = person.id AND unseen.conversation_id = conversation.id"
                " ORDER BY 1, 2"
            )
        )
        assert [tuple(row) for row in waits] == [(1, 1, 2), (1, 2, 0), (2, 1, 2), (2, 2, 0)]
        insert(connection, "unseen", user_id=2, conversation_id=2)
        moved = sa.text("UPDATE conversation SET archived_at = arrived_at WHERE id = 2")
        connection.execute(moved)
        archived = connection.execute(sa.text("SELECT archived_at IS NOT NULL FROM unseen"))
        assert archived.scalar_one()


def test_the_tour_begins_by_itself_only_for_who_has_not_come_in_yet(empty: sa.Engine) -> None:
    """X6"""
    with empty.begin() as connection:
        to(connection, "0051")
        insert(connection, "account")
        insert(connection, "user", email="marta@example.com", password_hash="x")
        insert(connection, "user", email="invited@example.com", password_hash="")
        to(connection, "0052")
        had = sa.text('SELECT tour_seen_at IS NOT NULL FROM "user" ORDER BY id')
        assert [bool(each) for each in connection.execute(had).scalars()] == [True, False]
