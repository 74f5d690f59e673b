"""Messages are found by their words, and people nobody has named by their own names and numbers."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import phonenumbers
import sqlalchemy as sa
from phonenumbers import NumberParseException

from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CodePoints = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_AT_ONCE = 1_000
_LONGEST_WORD, _LONGEST_NAME = 40, 200
_NO_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)

MESSAGE = sa.table("message", *(sa.column(name) for name in ("id", "account_id", "text")))
ADDRESS = sa.table(
    "address",
    *(sa.column(name) for name in ("id", "account_id", "profile_name", "username")),
)
ALIAS = sa.table("address_alias", *(sa.column(name) for name in ("address_id", "kind", "value")))
TERM = sa.table("address_term", *(sa.column(name) for name in ("account_id", "term", "address_id")))

_MAKE = {
    # Characters beyond ASCII are letters to the tokenizer, and words come to it folded.
    "sqlite": [
        "CREATE VIRTUAL TABLE message_words USING fts5"
        " (terms, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '.'\")"
    ],
    # A long list of what is still to be put in would be read by every search.
    "postgresql": [
        "CREATE TABLE message_words (message_id BIGINT PRIMARY KEY"
        " REFERENCES message (id) ON DELETE CASCADE, terms TSVECTOR NOT NULL)",
        "CREATE INDEX message_words_terms ON message_words"
        " USING gin (terms) WITH (gin_pending_list_limit = 128)",
    ],
}
_ADD = {
    "sqlite": "INSERT INTO message_words (rowid, terms) VALUES (:id, :terms)",
    "postgresql": "INSERT INTO message_words (message_id, terms)"
    " VALUES (:id, array_to_tsvector(string_to_array(:terms, ' ')))",
}


def upgrade() -> None:
    op.create_table(
        "address_term",
        _reference("account"),
        sa.Column("term", CodePoints, nullable=False),
        _reference("address"),
        sa.PrimaryKeyConstraint("account_id", "term", "address_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_address_term_address_id", "address_term", ["address_id"])
    dialect = op.get_bind().dialect.name
    for statement in _MAKE[dialect]:
        op.execute(statement)
    _index_messages(dialect)
    _index_addresses()


def downgrade() -> None:
    op.execute("DROP TABLE message_words")
    op.drop_table("address_term")


def _reference(table: str) -> sa.Column[Any]:
    to = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{table}_id", BigId, to, nullable=False)


def _index_messages(dialect: str) -> None:
    for part in _parts(MESSAGE.c.id, MESSAGE.c.account_id, MESSAGE.c.text):
        rows = [
            {"id": row.id, "terms": " ".join(terms)}
            for row in part
            if (terms := _terms(row.account_id, row.id, row.text or ""))
        ]
        if rows:
            op.get_bind().execute(sa.text(_ADD[dialect]), rows)


def _index_addresses() -> None:
    columns = (ADDRESS.c.account_id, ADDRESS.c.profile_name, ADDRESS.c.username)
    for part in _parts(ADDRESS.c.id, *columns):
        ids = [row.id for row in part]
        numbers: dict[int, list[str]] = {id_: [] for id_ in ids}
        known = sa.select(ALIAS.c.address_id, ALIAS.c.value).where(
            ALIAS.c.kind == "phone", ALIAS.c.address_id.in_(ids)
        )
        for row in op.get_bind().execute(known):
            numbers[row.address_id].append(row.value)
        rows = [
            {"account_id": row.account_id, "term": term, "address_id": row.id}
            for row in part
            for term in sorted(
                _name_terms(row.profile_name)
                | _name_terms(row.username)
                | {term for number in numbers[row.id] for term in _number_terms(number)}
            )
        ]
        if rows:
            op.get_bind().execute(TERM.insert(), rows)


def _parts(id_: sa.ColumnClause[Any], *columns: Any) -> Iterator[Sequence[Any]]:
    last = 0
    while True:
        query = sa.select(id_, *columns).where(id_ > last).order_by(id_).limit(_AT_ONCE)
        part = op.get_bind().execute(query).all()
        if not part:
            return
        yield part
        last = part[-1][0]


def _terms(account_id: int, message_id: int, text: str) -> list[str]:
    found: set[str] = set()
    for piece in _fold(text).split():
        parts = _split(piece)
        found.update(part[:_LONGEST_WORD] for part in parts)
        if len(parts) > 1:
            found.add("".join(parts)[:_LONGEST_WORD])
    return [f"{account_id}.{message_id >> 16:x}.{word}" for word in sorted(found)]


def _name_terms(name: str | None) -> set[str]:
    short = (name or "")[:_LONGEST_NAME]
    pieces = ["".join(_split(_fold(piece))) for piece in short.split()]
    whole = "".join(_split(_fold(short)))
    return {*_split(_fold(short)), *pieces, *(["=" + whole] if whole else [])} - {""}


def _number_terms(digits: str) -> set[str]:
    found = {digits, "<" + digits[::-1]}
    try:
        number = phonenumbers.parse("+" + digits)
    except NumberParseException:
        return found
    return found | {phonenumbers.national_significant_number(number)}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return bare.translate(_NO_ACCENT)


def _split(folded: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in folded).split()
