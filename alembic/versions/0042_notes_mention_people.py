"""Notes mention people, who have seen it or not."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0042"
down_revision: str | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column("id", BigId, primary_key=True),
        *(_reference(table) for table in ("account", "user", "conversation", "message")),
        sa.Column("seen_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("message_id", "user_id"),
    )
    op.create_index("ix_mention_user_id", "mention", ["user_id"])
    op.create_index("ix_mention_conversation_id", "mention", ["conversation_id"])
    whose = ["account_id", "user_id", "conversation_id"]
    op.create_index("mentions_of", "mention", whose)
    unseen = sa.text("seen_at IS NULL")
    op.create_index(
        "mentions_unseen", "mention", whose, sqlite_where=unseen, postgresql_where=unseen
    )


def downgrade() -> None:
    op.drop_table("mention")


def _reference(table: str) -> sa.Column[int]:
    there = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, there, nullable=False)
