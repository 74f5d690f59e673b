"""A reservation tells when its guests come, with whom, and where else it is written down."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COLUMNS = {
    "infants": sa.Integer,
    "pets": sa.Integer,
    "arrival_time": sa.String,
    "departure_time": sa.String,
    "portal_code": sa.String,
    "url": sa.String,
}


def upgrade() -> None:
    for name, kind in _COLUMNS.items():
        op.add_column("reservation", sa.Column(name, kind(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reservation") as batch_op:
        for name in _COLUMNS:
            batch_op.drop_column(name)
