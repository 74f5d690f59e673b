"""What is counted for people to read, by week too."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0053"
down_revision: str | None = "0052"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_KEY = "account_id, scope, week, subject_id, measure, bucket"


def upgrade() -> None:
    op.create_table(
        "weekly_figure",
        sa.Column(
            "account_id", _BIG, sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("week", sa.Date, nullable=False),
        sa.Column("subject_id", _BIG, nullable=False),
        sa.Column("measure", sa.String, nullable=False),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "scope", "week", "subject_id", "measure", "bucket"),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO weekly_figure ({_KEY}, total)"  # noqa: S608 - our own names
        f" SELECT {_KEY}, sum(total) FROM daily_figure GROUP BY {_KEY}"
    )


def downgrade() -> None:
    op.drop_table("weekly_figure")
