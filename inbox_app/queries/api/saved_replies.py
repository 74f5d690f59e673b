"""Saved replies as the HTTP API shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import SavedReply
from inbox_app.queries.api.pages import cut
from inbox_app.queries.saved_replies import saved_replies as replies


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReplyOut:
    """``texts`` by language (BCP 47), with ``{fields}``."""

    id: str
    name: str
    texts: Mapping[str, str]
    use_count: int
    updated_at: datetime


async def saved_replies(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[SavedReplyOut], int | None]:
    """A page in the order in which they were made, and where the next begins."""
    found = await replies.in_order(session, account_id, limit=limit + 1, after=after or 0)
    page, more = cut(found, limit)
    return await _shown(session, account_id, page), more


async def saved_reply(
    session: AsyncSession, account_id: int, reply_id: int
) -> SavedReplyOut | None:
    """None when this account has none such."""
    found = await replies.one(session, account_id, reply_id)
    return (await _shown(session, account_id, [found]))[0] if found else None


async def _shown(
    session: AsyncSession, account_id: int, found: Sequence[SavedReply]
) -> list[SavedReplyOut]:
    texts = await replies.texts_of(session, account_id, [reply.id for reply in found])
    return [_out(reply, texts[reply.id]) for reply in found]


def _out(reply: SavedReply, texts: Mapping[str, str]) -> SavedReplyOut:
    return SavedReplyOut(
        id=str(reply.id),
        name=reply.name,
        texts=texts,
        use_count=reply.use_count,
        updated_at=reply.updated_at,
    )
