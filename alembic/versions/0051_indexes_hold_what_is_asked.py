"""SQLite's indexes of some rows say what they hold as it is asked: «settled = 0», not
«NOT settled»."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0051"
down_revision: str | None = "0050"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXES = (
    ("notification_standing", "notification", ("account_id", "id")),
    ("notification_uncleared", "notification", ("id",)),
    ("open_wait_closes", "open_wait", ("closes_at",)),
)
_ASKED = ("settled = 0", "settled = 1 AND cleared_at IS NULL", "lost = 0")
_BEFORE = ("NOT settled", "settled AND cleared_at IS NULL", "NOT lost")


def upgrade() -> None:
    _make_anew(_ASKED)


def downgrade() -> None:
    _make_anew(_BEFORE)


def _make_anew(predicates: Sequence[str]) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for (name, table, columns), holds in zip(_INDEXES, predicates, strict=True):
        op.drop_index(name, table)
        op.create_index(name, table, list(columns), sqlite_where=sa.text(holds))
