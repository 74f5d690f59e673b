"""Each person has what they have not seen, though a colleague has.

Nothing is carried over: what nobody has read is unread for all, as before, and what somebody has
read counts as seen by those who were there.

When a conversation moves in the list, or into the archive, the database itself says so in these
rows, so that an index holds them in the list's order.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0050"
down_revision: str | None = "0049"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
_MOVES = (
    "UPDATE unseen SET arrived_at = NEW.arrived_at, archived_at = NEW.archived_at"
    " WHERE conversation_id = NEW.id"
)
SQLITE = (
    "CREATE TRIGGER conversation_moves_unseen AFTER UPDATE OF arrived_at, archived_at"
    f" ON conversation BEGIN {_MOVES}; END"
)
POSTGRESQL = (
    "CREATE FUNCTION conversation_moves_unseen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" {_MOVES}; RETURN NULL; END $$",
    "CREATE TRIGGER conversation_moves_unseen AFTER UPDATE OF arrived_at, archived_at"
    " ON conversation FOR EACH ROW WHEN (OLD.arrived_at IS DISTINCT FROM NEW.arrived_at"
    " OR OLD.archived_at IS DISTINCT FROM NEW.archived_at)"
    " EXECUTE FUNCTION conversation_moves_unseen()",
)


def upgrade() -> None:
    op.create_table(
        "unseen",
        sa.Column("id", BigId, primary_key=True),
        _reference("account"),
        _reference("user"),
        _reference("conversation"),
        sa.Column("up_to", BigId, nullable=False),
        sa.Column("known_to", BigId, nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("arrived_at", Moment, nullable=False),
        sa.Column("archived_at", Moment, nullable=True),
        sa.UniqueConstraint("conversation_id", "user_id"),
    )
    op.create_index("ix_unseen_user_id", "unseen", ["user_id"])
    listed = sa.text("archived_at IS NULL")
    op.create_index(
        "unseen_by_person",
        "unseen",
        ["account_id", "user_id", "arrived_at", "conversation_id", "archived_at"],
        sqlite_where=listed,
        postgresql_where=listed,
    )
    for statement in (SQLITE,) if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
    _pushes()


def downgrade() -> None:
    op.drop_index("push_read", "push")
    op.drop_column("push", "read")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER conversation_moves_unseen")
    else:
        op.execute("DROP TRIGGER conversation_moves_unseen ON conversation")
        op.execute("DROP FUNCTION conversation_moves_unseen")
    op.drop_table("unseen")


def _pushes() -> None:
    """Which of them their person has read."""
    op.add_column(
        "push", sa.Column("read", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "push_read",
        "push",
        ["state", "purpose", "id"],
        sqlite_where=sa.text("read = 1"),
        postgresql_where=sa.text("read"),
    )


def _reference(table: str) -> sa.Column[int]:
    there = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, there, nullable=False)
