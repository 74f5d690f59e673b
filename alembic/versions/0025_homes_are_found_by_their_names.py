"""Homes are found by the words of their names, and the stays in one by their dates."""

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CodePoints = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_AT_ONCE = 1_000
_LONGEST = 200
_NO_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
HOME = sa.table("accommodation", *(sa.column(name) for name in ("id", "account_id", "name")))


def upgrade() -> None:
    terms = op.create_table(
        "accommodation_term",
        sa.Column("account_id", BigId, _reference("account"), nullable=False),
        sa.Column("term", CodePoints, nullable=False),
        sa.Column("accommodation_id", BigId, _reference("accommodation"), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "term", "accommodation_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_accommodation_term_accommodation_id", "accommodation_term", ["accommodation_id"]
    )
    op.create_index("reservations_of_home", "reservation", ["accommodation_id", "check_in"])
    op.drop_index("ix_reservation_accommodation_id", "reservation")
    _fill(terms)


def downgrade() -> None:
    op.create_index("ix_reservation_accommodation_id", "reservation", ["accommodation_id"])
    op.drop_index("reservations_of_home", "reservation")
    op.drop_table("accommodation_term")


def _reference(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _fill(terms: sa.Table) -> None:
    last = 0
    while True:
        query = sa.select(HOME).where(HOME.c.id > last).order_by(HOME.c.id).limit(_AT_ONCE)
        part = op.get_bind().execute(query).all()
        if not part:
            return
        rows = [
            {"account_id": home.account_id, "term": term, "accommodation_id": home.id}
            for home in part
            for term in sorted(_terms(home.name))
        ]
        if rows:
            op.get_bind().execute(terms.insert(), rows)
        last = part[-1].id


def _terms(name: str) -> set[str]:
    pieces = {"".join(_split(_fold(piece[:_LONGEST]))) for piece in name.split()}
    words = _split(_fold(name[:_LONGEST]))
    whole = {"=" + "".join(words)} if words else set()
    return ({*words} | pieces | whole) - {""}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return bare.translate(_NO_ACCENT)


def _split(folded: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in folded).split()
