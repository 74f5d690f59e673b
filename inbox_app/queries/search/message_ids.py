"""The messages that say what somebody types, the newest first (P5)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.search import search_words
from inbox_app.models import Message


async def message_ids(
    session: AsyncSession, account_id: int, typed: str, *, limit: int
) -> list[int]:
    """The ids of no more than ``limit`` that have a word for each word typed."""
    words = search_words.words_typed(typed)
    if not words:
        return []
    connection = await session.connection()
    dialect = connection.dialect.name
    found: list[int] = []
    for parts in _parts(await _newest(session, account_id)):
        terms = [[search_words.term(account_id, part, word) for word in words] for part in parts]
        values = {"terms": _MATCH[dialect](terms), "most": limit - len(found)}
        found += (await connection.execute(_QUERY[dialect], values)).scalars()
        if len(found) >= limit:
            break
    return found


async def _newest(session: AsyncSession, account_id: int) -> int:
    ours = select(Message.id).where(col(Message.account_id) == account_id)
    return (await session.exec(ours.order_by(col(Message.id).desc()).limit(1))).first() or 0


def _parts(newest: int) -> Iterator[Sequence[int]]:
    """Of the index, from the newest on; ever more at once, for what is rare or not there."""
    last, size = search_words.part_of(newest), 1
    while last >= 0:
        first = max(0, last - size + 1)
        yield range(last, first - 1, -1)
        last, size = first - 1, size * 2


def _for_sqlite(parts: Sequence[Sequence[str]]) -> str:
    return " OR ".join("(" + " AND ".join(f'"{term}"*' for term in terms) + ")" for terms in parts)


def _for_postgresql(parts: Sequence[Sequence[str]]) -> str:
    return " | ".join("(" + " & ".join(f"'{term}':*" for term in terms) + ")" for terms in parts)


_MATCH = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
# Sorted by the id alone, PostgreSQL would read all messages from the newest on and not the index.
_QUERY = {
    "sqlite": text(
        "SELECT rowid FROM message_words WHERE message_words MATCH :terms"
        " ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": text(
        "SELECT message_id FROM message_words WHERE terms @@ CAST(:terms AS tsquery)"
        " ORDER BY message_id + 0 DESC LIMIT :most"
    ),
}
