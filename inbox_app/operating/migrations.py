"""Brings a database to the newest tables; whoever starts first does it, the others wait."""

import asyncio
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from alembic import command
from inbox_app.config.settings import Settings
from inbox_app.database import Database
from inbox_app.operating.private_files import keep_database_private
from inbox_app.vault import Vault

_INI = Path(__file__).resolve().parents[2] / "alembic.ini"
_LOCK = 6_013_250_417  # any number that nobody else takes on the same PostgreSQL


class MigrationError(Exception):
    """The database cannot be reached or brought up to date; the message is one sentence."""


def migrate_installation(configured: Settings) -> None:
    """As ``migrate``, for the database and with the key of an installation."""
    migrate(configured.database_url, Vault(configured.secret_key.get_secret_value()))


def migrate(database_url: str, vault: Vault | None = None) -> None:
    """Bring the database at `database_url` to the newest tables; outside of any event loop.
    Secrets that were kept readable before are encrypted by `vault`.

    Raises:
        MigrationError: when it cannot be done; nothing has changed then.
    """
    try:
        keep_database_private(database_url)
        asyncio.run(_migrate(database_url, vault))
    except (SQLAlchemyError, OSError) as error:
        told = error.strerror if isinstance(error, OSError) else getattr(error, "orig", error)
        why = str(told).strip().splitlines()[0].rstrip(".")
        raise MigrationError(f"DATABASE_URL: the database cannot be used: {why}.") from error


async def is_current(database: Database) -> bool:
    """Whether the database has the tables that this version expects."""
    async with database.reading() as session:
        found = await (await session.connection()).run_sync(_revision)
    return found == ScriptDirectory.from_config(Config(_INI)).get_current_head()


def upgrade(connection: Connection, vault: Vault | None = None) -> None:
    """Bring the database of an open transaction to the newest tables."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    config = Config(_INI)
    config.attributes |= {"connection": connection, "vault": vault}
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    lost = connection.execute(text("PRAGMA foreign_key_check")).first()
    if lost is not None:
        raise MigrationError(f"DATABASE_URL: {lost[0]} refers to what is gone from {lost[2]}.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def _migrate(database_url: str, vault: Vault | None) -> None:
    database = Database(database_url)
    try:
        if database.is_sqlite:
            await _let_tables_be_rebuilt(database)
        async with database.transaction() as session:
            await (await session.connection()).run_sync(upgrade, vault)
        await database.refresh_statistics()
    finally:
        await database.close()


async def _let_tables_be_rebuilt(database: Database) -> None:
    """SQLite changes a table by making it anew and dropping the old one, which takes along every
    row that refers to it while foreign keys are enforced. The one connection that writes keeps
    this until it is closed; ``upgrade`` looks afterwards whether they hold."""
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        await raw.driver_connection.execute("PRAGMA foreign_keys = OFF")  # pyright: ignore[reportOptionalMemberAccess]
