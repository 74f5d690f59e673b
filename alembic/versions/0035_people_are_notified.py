"""People are notified: what each wants to hear, on which devices, and what is on its way there."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "notification_preference",
        sa.Column("user_id", BigId, _to("user"), primary_key=True, autoincrement=False),
        _account(),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("messages", "shows", "sound")),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("closing", "connection", "payment")
        ),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_to", sa.Integer()),
        sa.Column("time_zone", sa.String()),
    )
    op.create_index(
        "ix_notification_preference_account_id", "notification_preference", ["account_id"]
    )
    op.create_table(
        "notified_device",
        sa.Column("id", BigId, primary_key=True),
        _account(),
        sa.Column("user_id", BigId, _to("user"), nullable=False),
        sa.Column("session_id", BigId, _to("session"), nullable=False),
        sa.Column("endpoint", sa.String(), unique=True),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("auth_encrypted", sa.String(), nullable=False),
        _moment("created_at"),
    )
    for column in ("account_id", "user_id"):
        op.create_index(f"ix_notified_device_{column}", "notified_device", [column])
    op.create_index("ix_notified_device_session_id", "notified_device", ["session_id"], unique=True)
    op.create_table(
        "notification",
        sa.Column("id", BigId, primary_key=True),
        _account(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("conversation_id", BigId, _to("conversation")),
        sa.Column("message_id", BigId),
        sa.Column("once", sa.String()),
        _moment("spread_at", nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        _moment("cleared_at", nullable=True),
        sa.UniqueConstraint("account_id", "once"),
        sqlite_autoincrement=True,
    )
    _some("notification_unspread", "spread_at IS NULL", "id")
    _some("notification_standing", "NOT settled", "account_id", "id")
    _some("notification_uncleared", "settled AND cleared_at IS NULL", "id")
    op.create_index("notification_of_conversation", "notification", ["conversation_id", "id"])
    op.create_index("notification_told", "notification", ["spread_at"])
    op.create_table(
        "push",
        sa.Column("id", BigId, primary_key=True),
        _account(),
        sa.Column("device_id", BigId, _to("notified_device"), nullable=False),
        sa.Column("notification_id", BigId, _to("notification"), nullable=False),
        sa.Column("conversation_id", BigId, _to("conversation")),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("next_attempt_at"),
        sa.Column("answer_status", sa.Integer()),
        sa.Column("problem", sa.String()),
        _moment("created_at"),
        sa.UniqueConstraint("device_id", "notification_id", "purpose"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_push_notification_id", "push", ["notification_id"])
    op.create_index("push_due", "push", ["state", "next_attempt_at", "id"])
    op.create_index("push_of_conversation", "push", ["conversation_id", "device_id", "state"])


def downgrade() -> None:
    for table in ("push", "notification", "notified_device", "notification_preference"):
        op.drop_table(table)


def _to(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _account() -> sa.Column[Any]:
    return sa.Column("account_id", BigId, _to("account"), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _some(name: str, holds: str, *columns: str) -> None:
    where = sa.text(holds)
    op.create_index(name, "notification", columns, sqlite_where=where, postgresql_where=where)
