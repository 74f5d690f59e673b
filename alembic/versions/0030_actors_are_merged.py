"""Archived actors are listed by name; two that turn out to be one are merged, and parted again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ARCHIVED: Any = {
    "sqlite_where": sa.text("archived_at IS NOT NULL"),
    "postgresql_where": sa.text("archived_at IS NOT NULL"),
}


def upgrade() -> None:
    op.create_index("actors_archived", "actor", ["account_id", "sort_name", "id"], **ARCHIVED)
    op.add_column("actor", sa.Column("merged_into", BigId, nullable=True))
    op.create_table(
        "actor_merge",
        sa.Column("id", BigId, nullable=False, primary_key=True),
        _reference("account_id", "account"),
        _reference("kept_id", "actor"),
        _reference("gone_id", "actor"),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", BigId, sa.ForeignKey("user.id", ondelete="SET NULL")),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in ("account_id", "kept_id", "gone_id"):
        op.create_index(f"ix_actor_merge_{column}", "actor_merge", [column])


def downgrade() -> None:
    op.drop_table("actor_merge")
    op.drop_column("actor", "merged_into")
    op.drop_index("actors_archived", "actor")


def _reference(name: str, table: str) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, BigId, to, nullable=False)
