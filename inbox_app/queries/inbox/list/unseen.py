"""What colleagues have read of conversations and a person has not (P1)."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, Unseen

_SAYS = col(Unseen.up_to), col(Unseen.known_to), col(Unseen.messages)


class NotSeen(NamedTuple):
    """How much of a conversation, after which id, and after which they never saw anything."""

    up_to: int
    known_to: int
    messages: int


async def unseen_in(
    connection: AsyncConnection, account_ids: Sequence[int], ids: Collection[int | None]
) -> dict[int, dict[int, NotSeen]]:
    """By conversation and person."""
    query = sqlalchemy.select(col(Unseen.conversation_id), col(Unseen.user_id), *_SAYS).where(
        col(Unseen.account_id).in_(account_ids), col(Unseen.conversation_id).in_({*ids} - {None})
    )
    found: dict[int, dict[int, NotSeen]] = {}
    for conversation_id, user_id, *rest in await connection.execute(query):
        found.setdefault(conversation_id, {})[user_id] = NotSeen(*rest)
    return found


async def unseen_by(
    session: AsyncSession, account_id: int, user_id: int, ids: Collection[int]
) -> dict[int, int]:
    """How many messages of these conversations this person alone has yet to see."""
    query = select(Unseen.conversation_id, Unseen.messages).where(
        col(Unseen.account_id) == account_id,
        col(Unseen.user_id) == user_id,
        col(Unseen.conversation_id).in_(ids),
    )
    return dict((await session.exec(query)).all())


async def not_read_yet(
    session: AsyncSession, account_id: int, user_id: int, conversation_id: int
) -> NotSeen:
    """What of a conversation waits for this person, whoever else has read it."""
    query = (
        sqlalchemy.select(col(Conversation.last_read_id), col(Conversation.unread), *_SAYS)
        .select_from(Conversation)
        .outerjoin(Unseen, _theirs(user_id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id)
    )
    found: Any = (await (await session.connection()).execute(query)).first()
    if found is None:
        return NotSeen(0, 0, 0)
    if found.up_to is None:
        return NotSeen(found.last_read_id, found.last_read_id, found.unread)
    return NotSeen(found.up_to, found.known_to, found.unread + found.messages)


def _theirs(user_id: int) -> ColumnElement[bool]:
    return (col(Unseen.conversation_id) == col(Conversation.id)) & (col(Unseen.user_id) == user_id)
