"""How migrations reach the database: a connection handed over by the caller, or DATABASE_URL."""

import asyncio
from typing import Literal

from sqlalchemy import Connection
from sqlmodel import AutoString, SQLModel

import inbox_app.models  # noqa: F401  fills the metadata
from alembic import context
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.models.base import TextEnum, UtcDateTime
from inbox_app.vault import Vault


def plain_type(kind: str, column_type: object, _context: object) -> str | Literal[False]:
    """Our column types by their plain names: a migration must not change when a model does."""
    if kind == "type" and isinstance(column_type, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column_type, TextEnum | AutoString):
        return "sa.String()"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_item=plain_type,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_configured_database() -> None:
    configured = settings.current()
    context.config.attributes["vault"] = Vault(configured.secret_key.get_secret_value())
    database = Database(configured.database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(migrate)
    await database.close()


if (handed_over := context.config.attributes.get("connection")) is not None:
    migrate(handed_over)
else:
    asyncio.run(migrate_configured_database())
