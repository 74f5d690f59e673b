"""A text can wait in the outbox for a time or for an answer, before it is a message."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.alter_column("message_id", existing_type=BigId, nullable=True)
        batch_op.add_column(
            sa.Column("condition", sa.String(), nullable=False, server_default="at_once")
        )
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("text", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("author_id", BigId, nullable=True))
        batch_op.add_column(sa.Column("client_ref", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("fallback", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            "outbox_author", "user", ["author_id"], ["id"], ondelete="SET NULL"
        )


def downgrade() -> None:
    """What waits is lost: nothing of before knows of it."""
    op.execute("DELETE FROM outbox WHERE message_id IS NULL")
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_constraint("outbox_author", type_="foreignkey")
        for name in ("fallback", "client_ref", "author_id", "text", "due_at", "condition"):
            batch_op.drop_column(name)
        batch_op.alter_column("message_id", existing_type=BigId, nullable=False)
