"""The files of messages are kept, with what was found in them."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = (
    ("attempts", sa.Integer(), "0"),
    ("next_attempt_at", sa.DateTime(timezone=True), None),
    ("claimed_at", sa.DateTime(timezone=True), None),
    ("claimed_by", sa.String(), None),
    ("problem", sa.String(), None),
    ("content_type", sa.String(), None),
    ("width", sa.Integer(), None),
    ("height", sa.Integer(), None),
    ("pages", sa.Integer(), None),
    ("duration", sa.Float(), None),
    ("silent", sa.Boolean(), sa.false()),
    ("thumb_sha256", sa.String(), None),
    ("playable_sha256", sa.String(), None),
)


def upgrade() -> None:
    """What came before is asked for too: a channel may still have it."""
    for name, kind, default in COLUMNS:
        op.add_column(
            "media",
            sa.Column(name, kind, nullable=default is None, server_default=default),
        )


def downgrade() -> None:
    """The files themselves stay where they are."""
    with op.batch_alter_table("media") as batch_op:
        for name, _, _ in COLUMNS:
            batch_op.drop_column(name)
