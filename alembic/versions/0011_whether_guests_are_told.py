"""Whether people are told that their messages were read."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    column = sa.Column("tells_reading", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("account", column)


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("tells_reading")
