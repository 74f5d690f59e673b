"""Tables are imported: files, their lines, and what a source's columns mean."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COUNTS = (
    "lines",
    "done",
    "counted",
    "created",
    "changed",
    "unchanged",
    "refused",
    "undone",
    "kept",
)


def upgrade() -> None:
    op.create_table(
        "data_import",
        sa.Column("id", BigId, primary_key=True),
        _account(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in _TOLD),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.Column("without_refused", sa.Boolean(), nullable=False),
        sa.Column("created_by", BigId, sa.ForeignKey("user.id", ondelete="SET NULL")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_index("imports_by_time", "data_import", ["account_id", "created_at", "id"])
    op.create_index("imports_at_work", "data_import", ["state"])
    op.create_table(
        "data_import_line",
        sa.Column(
            "import_id",
            BigId,
            sa.ForeignKey("data_import.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("line", sa.Integer(), nullable=False),
        _account(),
        sa.Column("cells", sa.String(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("identity", sa.String()),
        sa.Column("details", sa.JSON()),
        sa.Column("undo", sa.JSON()),
        sa.PrimaryKeyConstraint("import_id", "line"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_data_import_line_account_id", "data_import_line", ["account_id"])
    by_outcome = ["import_id", "outcome", "line"]
    op.create_index("import_lines_by_outcome", "data_import_line", by_outcome)
    op.create_index("import_lines_by_identity", "data_import_line", ["import_id", "identity"])
    op.create_table(
        "import_mapping",
        sa.Column("id", BigId, primary_key=True),
        _account(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("account_id", "kind", "fingerprint"),
    )


def downgrade() -> None:
    for table in ("import_mapping", "data_import_line", "data_import"):
        op.drop_table(table)


_TOLD = ("headings", "evidence", "mapping")


def _account() -> sa.Column[Any]:
    to = sa.ForeignKey("account.id", ondelete="CASCADE")
    return sa.Column("account_id", BigId, to, nullable=False)
