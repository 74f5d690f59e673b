"""Stays come from calendars that portals keep of a home."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NUMBERS = ("failures", "stays", "blocks", "created", "changed", "cancelled")
_OF_RESERVATION = ("guest_name", "phone_ending", "from_calendar")


def upgrade() -> None:
    op.add_column("reservation", sa.Column("guest_name", sa.String(), nullable=True))
    op.add_column("reservation", sa.Column("phone_ending", sa.String(), nullable=True))
    no = sa.Column("from_calendar", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("reservation", no)
    op.create_index("reservations_by_phone_ending", "reservation", ["account_id", "phone_ending"])
    _make_calendars()
    _make_entries()


def downgrade() -> None:
    op.drop_table("calendar_entry")
    op.drop_table("stay_calendar")
    op.drop_index("reservations_by_phone_ending", "reservation")
    with op.batch_alter_table("reservation") as batch_op:
        for name in _OF_RESERVATION:
            batch_op.drop_column(name)


def _make_calendars() -> None:
    op.create_table(
        "stay_calendar",
        sa.Column("id", BigId, nullable=False, primary_key=True),
        _reference("account"),
        _reference("accommodation"),
        sa.Column("address_encrypted", sa.String(), nullable=True),
        sa.Column("address_key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        *(sa.Column(name, _instant(), nullable=True) for name in ("next_read_at", "tried_at")),
        *(sa.Column(name, _instant(), nullable=True) for name in ("read_at", "doubted_since")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _NUMBERS),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("created_at", _instant(), nullable=False),
        sa.UniqueConstraint("account_id", "address_key"),
    )
    op.create_index("ix_stay_calendar_accommodation_id", "stay_calendar", ["accommodation_id"])
    op.create_index("calendars_to_read", "stay_calendar", ["next_read_at"])


def _make_entries() -> None:
    op.create_table(
        "calendar_entry",
        sa.Column("id", BigId, nullable=False, primary_key=True),
        _reference("account"),
        _reference("stay_calendar", "calendar_id"),
        _reference("reservation"),
        sa.Column("uid", sa.String(length=300), nullable=False),
        sa.Column("check_in", sa.Date(), nullable=False),
        sa.Column("check_out", sa.Date(), nullable=False),
        sa.Column("gone_at", _instant(), nullable=True),
        sa.UniqueConstraint("calendar_id", "uid"),
    )
    op.create_index("ix_calendar_entry_reservation_id", "calendar_entry", ["reservation_id"])


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _reference(table: str, name: str = "") -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name or f"{table}_id", BigId, to, nullable=False)
