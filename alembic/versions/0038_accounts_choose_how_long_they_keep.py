"""Accounts choose how long they keep messages, files and raw events."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column(
            "account_id", BigId, sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
        ),
        *(sa.Column(name, sa.Integer()) for name in ("message_days", "file_days", "event_days")),
        sa.Column("events_seen", BigId, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", BigId, sa.ForeignKey("user.id", ondelete="SET NULL")),
    )
    for name, table, columns, holds in (
        ("message_kept", "message", ["account_id", "sent_at"], "kind <> 'erased'"),
        ("media_kept", "media", ["account_id", "created_at"], "state = 'ready'"),
    ):
        some = sa.text(holds)
        op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_index("media_kept", "media")
    op.drop_index("message_kept", "message")
    op.drop_table("retention")
