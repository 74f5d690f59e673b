"""The index of the words of messages, written in the transaction that writes these (P5).

SQLite keeps it in a full-text table without the texts, PostgreSQL in one of `tsvector`; rows and
words are the same.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from inbox_app.domain.search import search_words
from inbox_app.models import Message


class Said(NamedTuple):
    """A message as far as it is searched."""

    message_id: int
    account_id: int
    text: str | None


def said_by(message: Message) -> Said:
    return Said(message.id, message.account_id, message.text)


async def index_messages(connection: AsyncConnection, said: Iterable[Said]) -> None:
    """Have new messages found by what they say."""
    await _write(connection, _ADD, said)


async def unindex_messages(connection: AsyncConnection, said: Iterable[Said]) -> None:
    """Have messages that go found no more; they still say what they said when they were written."""
    await _write(connection, _REMOVE, said)


async def _write(
    connection: AsyncConnection, statements: dict[str, Any], said: Iterable[Said]
) -> None:
    if rows := [row for message in said if (row := _row(message))]:
        await connection.execute(statements[connection.dialect.name], rows)


def _row(said: Said) -> dict[str, Any] | None:
    part = search_words.part_of(said.message_id)
    words = sorted(search_words.words_of(said.text or ""))
    terms = " ".join(search_words.term(said.account_id, part, word) for word in words)
    return {"id": said.message_id, "terms": terms} if terms else None


_ADD = {
    "sqlite": text("INSERT INTO message_words (rowid, terms) VALUES (:id, :terms)"),
    "postgresql": text(
        "INSERT INTO message_words (message_id, terms)"
        " VALUES (:id, array_to_tsvector(string_to_array(:terms, ' ')))"
    ),
}
# A full-text table without the texts has to be told which words a row had.
_REMOVE = {
    "sqlite": text(
        "INSERT INTO message_words (message_words, rowid, terms) VALUES ('delete', :id, :terms)"
    ),
    "postgresql": text("DELETE FROM message_words WHERE message_id = :id AND :terms <> ''"),
}
