"""The messages of a conversation as the HTTP API shows them."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.ids import MessageName
from inbox_app.models import Conversation, Message
from inbox_app.queries.api.message_out import MessageOut, message_out
from inbox_app.queries.api.waiting_messages import waiting_message
from inbox_app.queries.thread.thread import MessageFacts, Place, answered, facts, newest


async def messages(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    *,
    limit: int,
    before: Place | None,
) -> tuple[list[MessageOut], Place | None] | None:
    """A page of them, the newest first, and where the next one begins; None when the conversation
    is not this account's."""
    if not await is_ours(session, account_id, conversation_id):
        return None
    theirs = facts(account_id).where(col(Message.conversation_id) == conversation_id)
    found = (await session.exec(newest(theirs, before).limit(limit + 1))).all()
    page = found[:limit]
    last = page[-1][0] if len(found) > limit else None
    return await _shown(session, account_id, page), last and Place(last.sent_at, last.id)


async def message(session: AsyncSession, account_id: int, name: MessageName) -> MessageOut | None:
    """One of them, or what waits to be one; None when it is not this account's."""
    if name.waited and (waiting := await waiting_message(session, account_id, name.number)):
        return waiting
    key = col(Message.waited_as) if name.waited else col(Message.id)
    one = facts(account_id).where(key == name.number)
    shown = await _shown(session, account_id, (await session.exec(one)).all())
    return shown[0] if shown else None


async def is_ours(session: AsyncSession, account_id: int, conversation_id: int) -> bool:
    query = select(Conversation.id).where(
        col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id
    )
    return (await session.exec(query)).first() is not None


async def _shown(
    session: AsyncSession, account_id: int, found: Sequence[MessageFacts]
) -> list[MessageOut]:
    """Answers name Meta's id of what they answer; here it becomes ours, where we know it."""
    known = await answered(session, account_id, found)
    return [
        message_out(row, media, known.get((row.conversation_id, row.reply_to)))
        for row, media, *_ in found
    ]
