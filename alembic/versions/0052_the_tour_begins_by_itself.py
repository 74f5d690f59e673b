"""The tour of the inbox begins by itself once for each person: for none of those who are here."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0052"
down_revision: str | None = "0051"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("user", sa.Column("tour_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE \"user\" SET tour_seen_at = created_at WHERE password_hash <> ''")


def downgrade() -> None:
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_column("tour_seen_at")
