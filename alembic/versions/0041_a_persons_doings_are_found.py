"""A person's doings are found in the audit trail."""

from collections.abc import Sequence

from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("audit_trail_of_person", "audit_entry", ["account_id", "user_id", "at", "id"])


def downgrade() -> None:
    op.drop_index("audit_trail_of_person", "audit_entry")
