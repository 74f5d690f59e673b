"""What is counted for people to read, by day."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0045"
down_revision: str | None = "0044"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "daily_figure",
        sa.Column(
            "account_id", _BIG, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("subject_id", _BIG, nullable=False),
        sa.Column("measure", sa.String, nullable=False),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "scope", "day", "subject_id", "measure", "bucket"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "open_wait",
        sa.Column(
            "conversation_id",
            _BIG,
            sa.ForeignKey("conversation.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "account_id", _BIG, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("began_id", _BIG, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("home", _BIG, nullable=False),
        sa.Column("closes_at", _MOMENT),
        sa.Column("lost", sa.Boolean, nullable=False),
    )
    op.create_index("open_wait_asked", "open_wait", ["account_id", "asked_at", "conversation_id"])
    op.create_index(
        "open_wait_closes",
        "open_wait",
        ["closes_at"],
        sqlite_where=sa.text("NOT lost"),
        postgresql_where=sa.text("NOT lost"),
    )
    op.create_table(
        "figures_mark",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("counted_up_to", _BIG, nullable=False),
        sa.Column("seen_up_to", _BIG, nullable=False),
        sa.Column("seen_at", _MOMENT),
        sa.Column("looked_at", _MOMENT),
        sa.Column("writers", sa.String, nullable=False),
        sa.Column("compared_up_to", _BIG, nullable=False),
    )


def downgrade() -> None:
    for table in ("figures_mark", "open_wait", "daily_figure"):
        op.drop_table(table)
