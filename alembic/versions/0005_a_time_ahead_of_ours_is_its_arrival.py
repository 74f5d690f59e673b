"""A message whose time was ahead of ours stands where it arrived."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


_MESSAGE = sa.table("message", *map(sa.column, ("sent_at", "created_at", "direction", "origin")))


def upgrade() -> None:
    """In whole seconds, as all of a thread's times are."""
    sent, created = _MESSAGE.c.sent_at, _MESSAGE.c.created_at
    in_whole_seconds = (
        sa.func.date_trunc("second", created)
        if op.get_bind().dialect.name == "postgresql"
        else sa.func.substr(created, 1, 19).concat(".000000")
    )
    came_in = sa.or_(_MESSAGE.c.direction == "in", _MESSAGE.c.origin == "app")
    op.execute(sa.update(_MESSAGE).where(came_in, sent > created).values(sent_at=in_whole_seconds))


def downgrade() -> None:
    """What Meta's times were stands in the raw events."""
