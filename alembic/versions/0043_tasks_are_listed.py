"""Tasks are listed an account at a time, in the order of their ids."""

from collections.abc import Sequence

from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_task_account_id", "task", ["account_id"])


def downgrade() -> None:
    op.drop_index("ix_task_account_id", "task")
