"""SQLite gives the id of a message, or of what waits to be one, to no other once it is gone."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("message", "outbox")


def upgrade() -> None:
    """PostgreSQL never did. SQLite would take the highest that is there, and one more."""
    if op.get_bind().dialect.name != "sqlite":
        return
    _begin_the_list_of_highest_ids()
    for table in TABLES:
        try:
            _say_so_in_the_schema(table)
        except DatabaseError:
            _build_anew(table)
        _note_highest_id(table)


def downgrade() -> None:
    """Nothing of before minds it."""


def _begin_the_list_of_highest_ids() -> None:
    """SQLite makes it with the first table that needs it."""
    op.execute("CREATE TABLE needs_the_list (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    op.execute("DROP TABLE needs_the_list")


def _say_so_in_the_schema(table: str) -> None:
    """The rows lie as they did, so only the words change: in 2 ms, where a table of a million
    messages made anew takes half a minute and its room twice."""
    op.execute("PRAGMA writable_schema = ON")
    changed = op.get_bind().execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table"),
        {"sql": _with_autoincrement(_sql_of(table)), "table": table},
    )
    op.execute("PRAGMA writable_schema = RESET")
    if changed.rowcount != 1:
        raise RuntimeError(f"there is no table {table}")


def _sql_of(table: str) -> str:
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    return op.get_bind().execute(asked, {"table": table}).scalar_one()


def _with_autoincrement(sql: str) -> str:
    before, after = "id INTEGER NOT NULL,", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
    key = "PRIMARY KEY (id),"
    if sql.count(key) != 1 or before not in sql:
        raise RuntimeError("the key is not written as it was made")
    return sql.replace(key, "", 1).replace(before, after, 1)


def _build_anew(table: str) -> None:
    """Where SQLite was built to let nobody write its schema."""
    with op.batch_alter_table(
        table, recreate="always", table_kwargs={"sqlite_autoincrement": True}
    ):
        pass


def _note_highest_id(table: str) -> None:
    op.execute(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608 - our own names
    op.execute(f"INSERT INTO sqlite_sequence SELECT '{table}', coalesce(max(id), 0) FROM {table}")  # noqa: S608 - our own names
