"""People are told of what concerns them alone: a mention, a conversation given to them."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0046"
down_revision: str | None = "0045"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_THEIRS = sa.text("user_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("notification", sa.Column("user_id", BigId, nullable=True))
    op.create_index(
        "notification_of_person",
        "notification",
        ["user_id", "id"],
        sqlite_where=_THEIRS,
        postgresql_where=_THEIRS,
    )
    for name in ("mention", "assigned"):
        wanted = sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true())
        op.add_column("notification_preference", wanted)
    op.add_column("push", sa.Column("tag", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE push SET tag = 'conversation-' || conversation_id WHERE conversation_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("push", "tag")
    for name in ("mention", "assigned"):
        op.drop_column("notification_preference", name)
    op.drop_index("notification_of_person", "notification")
    op.drop_column("notification", "user_id")
