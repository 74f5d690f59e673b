"""Conversations are assigned by rules: by the home, by the kind of person, or in turn."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TURNS = (
    sa.Column("takes_turns", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("last_turn", BigId, nullable=False, server_default="0"),
)


def upgrade() -> None:
    op.create_table(
        "assignment_rule",
        sa.Column("id", BigId, primary_key=True),
        _reference("account"),
        sa.Column("kind", sa.String(), nullable=True),
        _reference("accommodation", nullable=True),
        _reference("user"),
        sa.UniqueConstraint("account_id", "kind"),
        sa.UniqueConstraint("account_id", "accommodation_id"),
    )
    for table in ("accommodation", "user"):
        column = f"{table}_id"
        op.create_index(f"ix_assignment_rule_{column}", "assignment_rule", [column])
    for column in _TURNS:
        op.add_column("user", column)


def downgrade() -> None:
    op.drop_table("assignment_rule")
    for column in _TURNS:
        op.drop_column("user", column.name)


def _reference(table: str, *, nullable: bool = False) -> sa.Column[int]:
    there = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, there, nullable=nullable)
