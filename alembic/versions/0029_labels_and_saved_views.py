"""Conversations have labels, and people keep lists under a name.

When a conversation moves in the list, or into the archive, the database itself says so in its
labels, so that an index holds the list of a label in its order.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
_MOVES = (
    "UPDATE conversation_label SET arrived_at = NEW.arrived_at, archived_at = NEW.archived_at"
    " WHERE conversation_id = NEW.id"
)
SQLITE = (
    "CREATE TRIGGER conversation_moves_labels AFTER UPDATE OF arrived_at, archived_at"
    f" ON conversation BEGIN {_MOVES}; END"
)
POSTGRESQL = (
    "CREATE FUNCTION conversation_moves_labels() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" {_MOVES}; RETURN NULL; END $$",
    "CREATE TRIGGER conversation_moves_labels AFTER UPDATE OF arrived_at, archived_at"
    " ON conversation FOR EACH ROW WHEN (OLD.arrived_at IS DISTINCT FROM NEW.arrived_at"
    " OR OLD.archived_at IS DISTINCT FROM NEW.archived_at)"
    " EXECUTE FUNCTION conversation_moves_labels()",
)


def upgrade() -> None:
    op.create_table(
        "label",
        _id(),
        _reference("account"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("account_id", "name_key"),
    )
    op.create_table(
        "conversation_label",
        _id(),
        _reference("account"),
        _reference("label"),
        _reference("conversation"),
        sa.Column("arrived_at", Moment, nullable=False),
        sa.Column("archived_at", Moment, nullable=True),
        sa.UniqueConstraint("conversation_id", "label_id"),
    )
    op.create_index("ix_conversation_label_label_id", "conversation_label", ["label_id"])
    listed = sa.text("archived_at IS NULL")
    op.create_index(
        "conversations_with_label",
        "conversation_label",
        ["account_id", "label_id", "arrived_at", "conversation_id"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    op.create_table(
        "saved_view",
        _id(),
        _reference("account"),
        _reference("user"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("filter", sa.String(), nullable=False),
        _reference("label", nullable=True),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("user_id", "name_key"),
    )
    op.create_index("ix_saved_view_account_id", "saved_view", ["account_id"])
    op.create_index("ix_saved_view_label_id", "saved_view", ["label_id"])
    for statement in (SQLITE,) if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER conversation_moves_labels")
    else:
        op.execute("DROP TRIGGER conversation_moves_labels ON conversation")
        op.execute("DROP FUNCTION conversation_moves_labels")
    for table in ("saved_view", "conversation_label", "label"):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", BigId, primary_key=True)


def _reference(table: str, *, nullable: bool = False) -> sa.Column[int]:
    there = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, there, nullable=nullable)
