"""People have a second factor, and a company may require it of everybody."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "account",
        sa.Column("requires_two_factor", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "two_factor",
        *_whose(),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("user_id"),
    )
    op.create_index("ix_two_factor_account_id", "two_factor", ["account_id"])
    op.create_table(
        "recovery_code",
        *_whose(),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.UniqueConstraint("user_id", "code_hash"),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])


def _whose() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", BigId, primary_key=True),
        sa.Column(
            "account_id", BigId, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("user_id", BigId, sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("recovery_code")
    op.drop_table("two_factor")
    op.drop_column("account", "requires_two_factor")
