"""What a month of messages cost is counted without reading the others."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TOLD = sa.text("billed IS NOT NULL OR error_code IS NOT NULL")
_COLUMNS = (
    *("connection_id", "queued_at", "error_code"),
    *("billed", "charge_category", "charge_type"),
)


def upgrade() -> None:
    op.create_index(
        "message_costs", "message", list(_COLUMNS), sqlite_where=_TOLD, postgresql_where=_TOLD
    )


def downgrade() -> None:
    op.drop_index("message_costs", "message")
