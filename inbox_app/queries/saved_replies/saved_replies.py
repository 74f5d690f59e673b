"""The saved replies of an account: those that are sought, and one (M8)."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.saved_replies import best_language
from inbox_app.models import SavedReply, SavedReplyText
from inbox_app.queries.saved_replies.rows import SavedReplyRow


async def found(
    session: AsyncSession, account_id: int, *, words: str = "", reader: str, limit: int
) -> list[SavedReplyRow]:
    """Those with the words in name or text, the most used first; ``reader`` is a language."""
    replies = await most_used(session, account_id, words=words, limit=limit)
    texts = await texts_of(session, account_id, [reply.id for reply in replies])
    return [_row(reply, texts[reply.id], reader) for reply in replies]


async def most_used(
    session: AsyncSession, account_id: int, *, words: str, limit: int
) -> Sequence[SavedReply]:
    """Those with the words in name or text, whatever their order; the most used first."""
    query = (
        select(SavedReply)
        .where(*_those(account_id, words))
        .order_by(col(SavedReply.use_count).desc(), col(SavedReply.name_key))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def count(session: AsyncSession, account_id: int) -> int:
    """How many there are."""
    query = select(func.count()).where(col(SavedReply.account_id) == account_id)
    return (await session.exec(query)).one()


async def one(session: AsyncSession, account_id: int, reply_id: int) -> SavedReply | None:
    """None when the account has none such."""
    query = select(SavedReply).where(
        col(SavedReply.id) == reply_id, col(SavedReply.account_id) == account_id
    )
    return (await session.exec(query)).one_or_none()


async def in_order(
    session: AsyncSession, account_id: int, *, limit: int, after: int
) -> Sequence[SavedReply]:
    """In the order in which they were made, from the id ``after`` on."""
    query = select(SavedReply).where(
        col(SavedReply.account_id) == account_id, col(SavedReply.id) > after
    )
    return (await session.exec(query.order_by(col(SavedReply.id)).limit(limit))).all()


async def texts_of(
    session: AsyncSession, account_id: int, reply_ids: Collection[int]
) -> dict[int, dict[str, str]]:
    """By reply, its texts by language."""
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    query = (
        select(SavedReplyText.saved_reply_id, SavedReplyText.language, SavedReplyText.text)
        .where(
            col(SavedReplyText.account_id) == account_id,
            col(SavedReplyText.saved_reply_id).in_(reply_ids),
        )
        .order_by(col(SavedReplyText.language))
    )
    for reply_id, language, text in await session.exec(query):
        texts[reply_id][language] = text
    return texts


def _those(account_id: int, words: str) -> list[ColumnElement[bool]]:
    having = [_has(account_id, word) for word in words.split()]
    return [col(SavedReply.account_id) == account_id, *having]


def _has(account_id: int, word: str) -> ColumnElement[bool]:
    with_word = select(SavedReplyText.saved_reply_id).where(
        col(SavedReplyText.account_id) == account_id,
        col(SavedReplyText.text).icontains(word, autoescape=True),
    )
    named = col(SavedReply.name_key).contains(word.casefold(), autoescape=True)
    return or_(named, col(SavedReply.id).in_(with_word))


def _row(reply: SavedReply, texts: dict[str, str], reader: str) -> SavedReplyRow:
    language = best_language(texts, reader)
    return SavedReplyRow(
        id=str(reply.id),
        name=reply.name,
        text=texts[language],
        language=language,
        languages=list(texts),
        use_count=reply.use_count,
    )
