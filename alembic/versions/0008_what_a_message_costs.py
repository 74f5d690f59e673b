"""What the channel says that a message costs."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("message", "early_status")
WORDS = ("charge_category", "charge_type", "charge_model")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("billed", sa.Boolean(), nullable=True))
        for name in WORDS:
            op.add_column(table, sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            for name in ("billed", *WORDS):
                batch.drop_column(name)
