"""The messages that the search box finds, as the list shows them (P5)."""

from collections.abc import Collection
from typing import Any

import sqlalchemy
from sqlalchemy import Select, func
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.messages import Direction
from inbox_app.models import Actor, Address, Conversation, Message
from inbox_app.queries.people.names import person
from inbox_app.queries.search.message_ids import message_ids
from inbox_app.queries.search.pieces import pieces
from inbox_app.queries.search.rows import MessageHitRow
from inbox_app.web import millis


async def message_hits(
    session: AsyncSession, account_id: int, typed: str, *, limit: int
) -> list[MessageHitRow]:
    """No more than ``limit``, the newest first."""
    ids = await message_ids(session, account_id, typed, limit=limit)
    if not ids:
        return []
    core = await session.connection()
    found = await core.execute(_hits(account_id, ids))
    return [_row(row, typed) for row in found]


def _hits(account_id: int, ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    amended = aliased(Message)
    return (
        sqlalchemy.select(
            sqlalchemy.label("id", func.coalesce(col(amended.id), col(Message.id))),
            col(Message.conversation_id),
            col(Message.text),
            col(Message.direction),
            col(Message.sent_at),
            col(Conversation.group_id),
            col(Conversation.channel),
            sqlalchemy.label("actor_name", col(Actor.name)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            col(Address.value),
            col(Address.username),
            col(Address.profile_name),
        )
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(
            amended,
            col(Message.amends).is_not(None)
            & (col(amended.connection_id) == col(Message.connection_id))
            & (col(amended.provider_id) == col(Message.concerns)),
        )
        .where(col(Message.account_id) == account_id, col(Message.id).in_(ids))
        .order_by(col(Message.id).desc())
    )


def _row(row: Any, typed: str) -> MessageHitRow:
    return MessageHitRow(
        id=str(row.id),
        conversation_id=str(row.conversation_id),
        name=person(row).name,
        group=row.group_id is not None,
        channel_name=channel_of(row.channel).name,
        ours=row.direction is Direction.OUT,
        note=row.direction is Direction.INTERNAL,
        at=millis(row.sent_at),
        pieces=pieces(row.text or "", typed),
    )
