"""Conversations are listed by channel, and by label with archived ones among them."""

from collections.abc import Sequence

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "conversation_of_channel",
        "conversation",
        ["account_id", "channel", "arrived_at", "id", "archived_at"],
    )
    op.create_index(
        "all_conversations_with_label",
        "conversation_label",
        ["account_id", "label_id", "arrived_at", "conversation_id"],
    )


def downgrade() -> None:
    op.drop_index("all_conversations_with_label", "conversation_label")
    op.drop_index("conversation_of_channel", "conversation")
