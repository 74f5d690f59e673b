"""A send can be taken back for some seconds, which each person chooses."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "withdrawn_send",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("client_ref", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "client_ref"),
    )
    op.add_column(
        "user", sa.Column("undo_seconds", sa.Integer(), nullable=False, server_default="5")
    )


def downgrade() -> None:
    op.drop_table("withdrawn_send")
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_column("undo_seconds")
