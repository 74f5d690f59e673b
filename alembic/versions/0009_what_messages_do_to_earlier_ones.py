"""Edits and deletions point at their message; history is told from what was written now."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

AMENDS = sa.text("amends IS NOT NULL")


def upgrade() -> None:
    op.add_column("message", sa.Column("concerns", sa.String(), nullable=True))
    op.add_column("message", sa.Column("amends", sa.String(), nullable=True))
    for flag in ("awaits_file", "from_history"):
        column = sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false())
        op.add_column("message", column)
    _point()
    op.create_index(
        "message_amends",
        "message",
        ["conversation_id", "concerns"],
        sqlite_where=AMENDS,
        postgresql_where=AMENDS,
    )


def downgrade() -> None:
    op.drop_index("message_amends", "message")
    with op.batch_alter_table("message") as batch:
        for name in ("concerns", "amends", "awaits_file", "from_history"):
            batch.drop_column(name)


def _point() -> None:
    """What they are about stood among the details."""
    message = sa.table(
        "message",
        sa.column("details", sa.JSON()),
        sa.column("unsupported_type", sa.String()),
        sa.column("concerns", sa.String()),
        sa.column("amends", sa.String()),
    )
    kinds = {"reaction": None, "edit": "edit", "revoke": "deletion"}
    for type_, amends in kinds.items():
        op.execute(
            sa.update(message)
            .where(message.c.unsupported_type == type_)
            .values(concerns=message.c.details["concerns"].as_string(), amends=amends)
        )
