"""Tasks are kept: work at accommodations, for suppliers to do."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "task",
        sa.Column("id", BigId, primary_key=True),
        _reference("account_id", "account", "CASCADE", nullable=False),
        sa.Column("external_id", sa.String()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("title", "kind", "status")),
        sa.Column("description", sa.String()),
        _reference("accommodation_id", "accommodation"),
        _reference("reservation_id", "reservation"),
        _reference("supplier_id", "actor"),
        _moment("due_at"),
        _reference("message_id", "message"),
        _moment("asked_at"),
        _moment("closed_at"),
        _reference("created_by", "user"),
        _moment("archived_at"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("account_id", "external_id"),
    )
    for column in ("accommodation_id", "reservation_id", "supplier_id"):
        op.create_index(f"ix_task_{column}", "task", [column])
    to_do = ["account_id", "supplier_id", "due_at"]
    _create_index("tasks_to_do", to_do, "closed_at IS NULL AND archived_at IS NULL")
    closed = ["account_id", "supplier_id", "closed_at"]
    _create_index("tasks_closed", closed, "closed_at IS NOT NULL AND archived_at IS NULL")
    _create_index("tasks_from_messages", ["message_id"], "message_id IS NOT NULL")


def downgrade() -> None:
    op.drop_table("task")


def _create_index(name: str, columns: list[str], holds: str) -> None:
    where = sa.text(holds)
    op.create_index(name, "task", columns, sqlite_where=where, postgresql_where=where)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True))


def _reference(
    name: str, table: str, ondelete: str = "SET NULL", *, nullable: bool = True
) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete=ondelete)
    return sa.Column(name, BigId, to, nullable=nullable)
