"""Saved replies, and what guests are told of a home."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op
from inbox_app.models.base import BigId

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

FACTS = (
    "check_in_instructions",
    "door_code",
    "wifi_name",
    "wifi_password",
    "parking",
    "house_rules",
)


def upgrade() -> None:
    for fact in FACTS:
        op.add_column("accommodation", sa.Column(fact, sa.String(), nullable=True))
    op.create_table(
        "saved_reply",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("use_count", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "name_key"),
    )
    op.create_index("saved_reply_by_use", "saved_reply", ["account_id", "use_count", "name_key"])
    op.create_table(
        "saved_reply_text",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("saved_reply_id", BigId, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["saved_reply_id"], ["saved_reply.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("saved_reply_id", "language"),
    )
    op.create_index("ix_saved_reply_text_account_id", "saved_reply_text", ["account_id"])


def downgrade() -> None:
    op.drop_table("saved_reply_text")
    op.drop_table("saved_reply")
    for fact in FACTS:
        op.drop_column("accommodation", fact)
