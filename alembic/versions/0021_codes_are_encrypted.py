"""What opens a home, and what the API answered of it, is encrypted."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from alembic import context, op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SECRETS = (
    ("accommodation", "door_code"),
    ("accommodation", "wifi_password"),
    ("idempotent_answer", "body"),
)
_AT_ONCE = 1_000


def upgrade() -> None:
    """At once, without a release between: no readable copy may stay."""
    for table, column in SECRETS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO {column}_encrypted")
        _convert(table, f"{column}_encrypted", "encrypt")


def downgrade() -> None:
    for table, column in SECRETS:
        _convert(table, f"{column}_encrypted", "decrypt")
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {column}_encrypted TO {column}")


def _convert(table: str, column: str, way: str) -> None:
    rows = sa.table(table, sa.column("id"), sa.column(column))
    one = sa.update(rows).where(rows.c.id == sa.bindparam("of"))
    for part in _parts(rows, rows.c[column]):
        convert = getattr(context.config.attributes["vault"], way)
        values = [{"of": id_, "made": convert(secret)} for id_, secret in part]
        op.get_bind().execute(one.values({column: sa.bindparam("made")}), values)


def _parts(rows: sa.TableClause, secret: sa.ColumnClause[str]) -> Iterator[Sequence[Any]]:
    """Those that hold something, by and by, in the order of their ids."""
    last = 0
    query = sa.select(rows.c.id, secret).where(secret != "").order_by(rows.c.id).limit(_AT_ONCE)
    while part := op.get_bind().execute(query.where(rows.c.id > last)).all():
        yield part
        last = part[-1].id
