"""Tables of tasks without keys are imported: a task is known again by its title."""

from collections.abc import Sequence

from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("tasks_by_title", "task", ["account_id", "title"])


def downgrade() -> None:
    op.drop_index("tasks_by_title", "task")
