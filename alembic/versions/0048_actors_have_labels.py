"""Actors have labels.

When somebody is called otherwise or goes to the archive, the database itself says so in their
labels, so that an index holds the list of a label in its order.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0048"
down_revision: str | None = "0047"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CodePoints = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_MOVES = (
    "UPDATE actor_label SET sort_name = NEW.sort_name, archived_at = NEW.archived_at"
    " WHERE actor_id = NEW.id"
)
SQLITE = (
    "CREATE TRIGGER actor_moves_labels AFTER UPDATE OF sort_name, archived_at"
    f" ON actor BEGIN {_MOVES}; END",
)
POSTGRESQL = (
    "CREATE FUNCTION actor_moves_labels() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" {_MOVES}; RETURN NULL; END $$",
    "CREATE TRIGGER actor_moves_labels AFTER UPDATE OF sort_name, archived_at"
    " ON actor FOR EACH ROW WHEN (OLD.sort_name IS DISTINCT FROM NEW.sort_name"
    " OR OLD.archived_at IS DISTINCT FROM NEW.archived_at)"
    " EXECUTE FUNCTION actor_moves_labels()",
)


def upgrade() -> None:
    op.create_table(
        "actor_label",
        sa.Column("id", BigId, primary_key=True),
        *(_reference(table) for table in ("account", "label", "actor")),
        sa.Column("sort_name", CodePoints, nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("actor_id", "label_id"),
    )
    op.create_index("ix_actor_label_label_id", "actor_label", ["label_id"])
    listed = sa.text("archived_at IS NULL")
    op.create_index(
        "actors_with_label",
        "actor_label",
        ["account_id", "label_id", "sort_name", "actor_id"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER actor_moves_labels")
    else:
        op.execute("DROP TRIGGER actor_moves_labels ON actor")
        op.execute("DROP FUNCTION actor_moves_labels")
    op.drop_table("actor_label")


def _reference(table: str) -> sa.Column[int]:
    there = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, there, nullable=False)
