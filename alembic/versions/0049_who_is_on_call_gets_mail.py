"""Who is on call hears of urgent words by mail too."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0049"
down_revision: str | None = "0048"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WAITS = sa.text("ended_at IS NULL")
_OF = ("account", "notification", "user", "conversation")


def upgrade() -> None:
    op.create_table(
        "urgent_mail",
        sa.Column("id", BigId, primary_key=True),
        *(sa.Column(f"{table}_id", BigId, _to(table), nullable=False) for table in _OF),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("notification_id", "user_id"),
        sqlite_autoincrement=True,
    )
    for column in ("account_id", "conversation_id"):
        op.create_index(f"ix_urgent_mail_{column}", "urgent_mail", [column])
    op.create_index(
        "urgent_mail_due",
        "urgent_mail",
        ["next_attempt_at"],
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    person = ["user_id", "conversation_id", "created_at"]
    op.create_index("urgent_mail_of_person", "urgent_mail", person)


def downgrade() -> None:
    op.drop_table("urgent_mail")


def _to(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
