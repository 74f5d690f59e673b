"""People are found by what somebody types, and conversations are linked to them by people."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import phonenumbers
import sqlalchemy as sa
from phonenumbers import NumberParseException

from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CodePoints = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LISTED: Any = {
    "sqlite_where": sa.text("archived_at IS NULL"),
    "postgresql_where": sa.text("archived_at IS NULL"),
}
_AT_ONCE = 1_000
_BY_ACTOR = ("actor_phone", "reservation_guest")

ACTOR = sa.table(
    "actor",
    *(sa.column(name) for name in ("id", "account_id", "name", "email", "sort_name")),
)
PHONE = sa.table("actor_phone", *(sa.column(name) for name in ("actor_id", "match_key", "raw")))
TERM = sa.table("actor_term", *(sa.column(name) for name in ("account_id", "term", "actor_id")))
RESERVATION = sa.table(
    "reservation",
    *(sa.column(name) for name in ("id", "code", "portal_code", "code_key", "portal_key")),
)


def upgrade() -> None:
    _make_tables()
    op.add_column("actor", sa.Column("sort_name", CodePoints, nullable=False, server_default=""))
    op.add_column("actor", sa.Column("notes", sa.String(), nullable=True))
    op.add_column("actor", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("code_key", "portal_key"):
        op.add_column("reservation", sa.Column(name, CodePoints, nullable=False, server_default=""))
    for actors in _parts(ACTOR, ACTOR.c.id, ACTOR.c.account_id, ACTOR.c.name, ACTOR.c.email):
        _index(actors)
    for stays in _parts(
        RESERVATION, RESERVATION.c.id, RESERVATION.c.code, RESERVATION.c.portal_code
    ):
        codes = [{"of": row.id, "made": _squeezed(row.code)} for row in stays]
        _set(RESERVATION, RESERVATION.c.code_key, codes)
        codes = [{"of": row.id, "made": _squeezed(row.portal_code)} for row in stays]
        _set(RESERVATION, RESERVATION.c.portal_key, codes)
    _make_indexes()
    _part_from_account()


def downgrade() -> None:
    for table in _BY_ACTOR:
        op.create_index(f"ix_{table}_account_id", table, ["account_id"])
    for name in ("by_dates", "by_portal_code", "by_code"):
        op.drop_index(f"reservations_{name}", "reservation")
    for name in ("by_kind_and_name", "by_name"):
        op.drop_index(f"actors_{name}", "actor")
    for name in ("portal_key", "code_key"):
        op.drop_column("reservation", name)
    for name in ("changed_at", "notes", "sort_name"):
        op.drop_column("actor", name)
    for table in ("actor_link", "actor_accommodation", "actor_term"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "actor_term",
        _reference("account"),
        sa.Column("term", CodePoints, nullable=False),
        _reference("actor"),
        sa.PrimaryKeyConstraint("account_id", "term", "actor_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_term_actor_id", "actor_term", ["actor_id"])
    op.create_table(
        "actor_accommodation",
        sa.Column("id", BigId, nullable=False, primary_key=True),
        _reference("account"),
        _reference("actor"),
        _reference("accommodation"),
        sa.UniqueConstraint("actor_id", "accommodation_id"),
    )
    for column in ("account_id", "accommodation_id"):
        op.create_index(f"ix_actor_accommodation_{column}", "actor_accommodation", [column])
    op.create_table(
        "actor_link",
        sa.Column("id", BigId, nullable=False, primary_key=True),
        _reference("account"),
        _reference("conversation"),
        _reference("actor"),
        sa.Column("made", sa.JSON(), nullable=True),
        sa.Column("phone_id", BigId, sa.ForeignKey("actor_phone.id", ondelete="SET NULL")),
        sa.Column("chose_phone", BigId, nullable=True),
        sa.Column("also_linked", sa.JSON(), nullable=False),
        sa.Column("set_aside", sa.JSON(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", BigId, sa.ForeignKey("user.id", ondelete="SET NULL")),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    for column in ("account_id", "actor_id", "phone_id"):
        op.create_index(f"ix_actor_link_{column}", "actor_link", [column])
    op.create_index("links_of_conversation", "actor_link", ["conversation_id", "actor_id"])


def _reference(table: str) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, to, nullable=False)


def _make_indexes() -> None:
    op.create_index("actors_by_name", "actor", ["account_id", "sort_name", "id"], **LISTED)
    op.create_index(
        "actors_by_kind_and_name", "actor", ["account_id", "kind", "sort_name", "id"], **LISTED
    )
    op.create_index("reservations_by_portal_code", "reservation", ["account_id", "portal_key"])
    op.create_index("reservations_by_code", "reservation", ["account_id", "code_key"])
    op.create_index("reservations_by_dates", "reservation", ["account_id", "check_in", "check_out"])


def _part_from_account() -> None:
    """An index of the account alone seems good enough to SQLite, and reads all of it."""
    for table in _BY_ACTOR:
        op.drop_index(f"ix_{table}_account_id", table)


def _parts(table: sa.TableClause, *columns: Any) -> Iterator[Sequence[Any]]:
    """All rows by and by, in the order of their ids."""
    last = 0
    query = sa.select(*columns).order_by(table.c.id).limit(_AT_ONCE)
    while rows := op.get_bind().execute(query.where(table.c.id > last)).all():
        yield rows
        last = rows[-1].id


def _index(actors: Sequence[Any]) -> None:
    _set(ACTOR, ACTOR.c.sort_name, [{"of": row.id, "made": _folded(row.name)} for row in actors])
    phones: dict[int, list[Any]] = {row.id: [] for row in actors}
    query = sa.select(PHONE.c.actor_id, PHONE.c.match_key, PHONE.c.raw)
    for phone in op.get_bind().execute(query.where(PHONE.c.actor_id.in_(phones))):
        phones[phone.actor_id].append(phone)
    terms = [
        {"account_id": row.account_id, "term": term, "actor_id": row.id}
        for row in actors
        for term in sorted(_terms(row, phones[row.id]))
    ]
    if terms:
        op.get_bind().execute(sa.insert(TERM), terms)


def _set(table: sa.TableClause, column: Any, values: list[dict[str, Any]]) -> None:
    one = sa.update(table).where(table.c.id == sa.bindparam("of"))
    op.get_bind().execute(one.values({column: sa.bindparam("made")}), values)


# What follows is what the application did when this migration was written.

_NO_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text[:200]).casefold())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn").translate(_NO_ACCENT)


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in _folded(text)).split()


def _squeezed(text: str | None) -> str:
    return "".join(_words(text or ""))


def _terms(actor: Any, phones: Iterable[Any]) -> set[str]:
    name, email = actor.name, actor.email or ""
    terms = {*_words(name), *map(_squeezed, name.split()), "=" + _squeezed(name)}
    local, _, domain = email.partition("@")
    terms |= {*_words(local), "=" + _squeezed(email), "=" + _squeezed(domain)}
    for phone in phones:
        digits = phone.match_key or _digits(phone.raw).lstrip("0")
        terms |= {digits, "<" + digits[::-1], _at_home(phone.match_key or "")}
    return terms - {"", "=", "<"}


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdecimal())


def _at_home(digits: str) -> str:
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse("+" + digits))
    except NumberParseException:
        return ""
