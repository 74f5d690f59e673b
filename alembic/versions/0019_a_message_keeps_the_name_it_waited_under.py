"""What waited in the outbox keeps its name for the API when it becomes a message."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("message", sa.Column("waited_as", BigId, nullable=True))
    waited = sa.text("waited_as IS NOT NULL")
    op.create_index(
        "message_waited",
        "message",
        ["waited_as"],
        unique=True,
        sqlite_where=waited,
        postgresql_where=waited,
    )


def downgrade() -> None:
    op.drop_index("message_waited", table_name="message")
    op.drop_column("message", "waited_as")
