"""The last answer of a conversation, and what was asked after it, are found by arrival."""

from collections.abc import Sequence

from alembic import op

revision: str = "0044"
down_revision: str | None = "0043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("message_arrivals", "message", ["conversation_id", "direction", "id"])


def downgrade() -> None:
    op.drop_index("message_arrivals", "message")
