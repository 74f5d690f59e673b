"""Other systems are told over webhooks of theirs what happens."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", BigId, primary_key=True),
        _reference("account"),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=True),
        sa.Column("secret_encrypted", sa.String(), nullable=False),
        sa.Column("former_secret_encrypted", sa.String()),
        sa.Column("former_until", _MOMENT),
        sa.Column("failing_since", _MOMENT),
        sa.Column("switched_off_at", _MOMENT),
        sa.Column("switched_off_why", sa.String()),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_webhook_endpoint_account_id", "webhook_endpoint", ["account_id"])
    op.create_table(
        "webhook_event",
        sa.Column("id", BigId, primary_key=True),
        _reference("account"),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subject_id", BigId),
        sa.Column("once", sa.String()),
        sa.Column("body", sa.String()),
        sa.Column("told_at", _MOMENT),
        sa.UniqueConstraint("account_id", "once"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "webhook_event_untold",
        "webhook_event",
        ["id"],
        sqlite_where=_UNTOLD,
        postgresql_where=_UNTOLD,
    )
    op.create_index("webhook_event_told", "webhook_event", ["told_at"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", BigId, primary_key=True),
        _reference("account"),
        _reference("webhook_endpoint", "endpoint_id"),
        _reference("webhook_event", "event_id"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", _MOMENT, nullable=False),
        sa.Column("answer_status", sa.Integer()),
        sa.Column("problem", sa.String()),
        sa.Column("attempted_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("endpoint_id", "event_id"),
        sqlite_autoincrement=True,
    )
    due = ["endpoint_id", "state", "next_attempt_at"]
    op.create_index("webhook_delivery_due", "webhook_delivery", due)
    op.create_index("webhook_delivery_listed", "webhook_delivery", ["endpoint_id", "id"])
    op.create_index("ix_webhook_delivery_event_id", "webhook_delivery", ["event_id"])


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook_event", "webhook_endpoint"):
        op.drop_table(table)


def _reference(table: str, name: str = "") -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name or f"{table}_id", BigId, to, nullable=False)
