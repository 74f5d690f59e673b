"""What left is found by its time."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    left = sa.text("queued_at IS NOT NULL")
    op.create_index(
        "message_left",
        "message",
        ["conversation_id", "queued_at"],
        sqlite_where=left,
        postgresql_where=left,
    )


def downgrade() -> None:
    op.drop_index("message_left", "message")
