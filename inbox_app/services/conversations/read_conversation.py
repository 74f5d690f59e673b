"""Marks a conversation as read by a person, up to what they have seen, or as unread again (P1)."""

from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation
from inbox_app.services.conversations.seen import (
    asking,
    fit_to,
    last_asking,
    leave_to_others,
    see_exactly,
    see_on,
    seen_up_to,
)
from inbox_app.services.notifications.settle import settle


class Read(NamedTuple):
    """What reading changed."""

    changed: bool = False
    first: bool = False
    """Whether nobody of the company had read that before."""


async def mark_read(
    session: AsyncSession, *, account_id: int, user_id: int, conversation_id: int, up_to: int
) -> Read:
    """This person has seen messages up to the id ``up_to``.

    What came in since stays unread, and nothing that was read becomes unread again.
    """
    conversation = await _locked(session, account_id, conversation_id)
    if conversation is None:
        return Read()
    return await read(session, conversation, user_id, up_to)


async def read(session: AsyncSession, conversation: Conversation, user_id: int, up_to: int) -> Read:
    """The same of one that is locked: what is being received waits for it."""
    seen = min(up_to, conversation.last_message_id or 0)
    first = await _read_first(session, conversation, user_id, seen)
    own = await see_on(session, conversation, user_id, seen)
    if first or own:
        await settle(session, conversation, user_id)
    return Read(first or own, first)


async def mark_unread(session: AsyncSession, *, account_id: int, conversation_id: int) -> bool:
    """The last that somebody wrote is unread again for everybody; says whether that changed
    anything."""
    conversation = await _locked(session, account_id, conversation_id)
    if conversation is None or conversation.unread:
        return False
    newest = await last_asking(session, conversation)
    if newest is None:
        return False
    conversation.last_read_id = newest - 1
    conversation.unread = await asking(session, conversation, conversation.last_read_id)
    await fit_to(session, conversation)
    return True


async def leave_unread(session: AsyncSession, conversation: Conversation, user_id: int) -> bool:
    """The last that somebody wrote is unread again for this person, who had seen all of a
    conversation that is locked; says whether that changed anything."""
    seen = await seen_up_to(session, conversation, user_id)
    if conversation.unread or seen < conversation.last_read_id:
        return False
    newest = await last_asking(session, conversation)
    if newest is None:
        return False
    await see_exactly(session, conversation, user_id, newest - 1)
    return True


async def _locked(
    session: AsyncSession, account_id: int, conversation_id: int
) -> Conversation | None:
    query = (
        select(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
        .with_for_update()
    )
    return (await session.exec(query)).one_or_none()


async def _read_first(
    session: AsyncSession, conversation: Conversation, user_id: int, up_to: int
) -> bool:
    if not conversation.unread and conversation.last_read_id >= up_to:
        return False
    since, unread = conversation.last_read_id, conversation.unread
    conversation.last_read_id = max(since, up_to)
    conversation.unread = await asking(session, conversation, conversation.last_read_id)
    await leave_to_others(session, conversation, user_id, since, unread - conversation.unread)
    return (since, unread) != (conversation.last_read_id, conversation.unread)
