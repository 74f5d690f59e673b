"""Who waits for an answer while the window closes within the hour (W6)."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import and_, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.reply_window import RED_FROM, closes_at
from inbox_app.models import Actor, Address, Connection, Conversation, LastInbound, Message
from inbox_app.queries.inbox.reply_windows import (
    closing,
    its_window,
    present_connection,
    shut_by_channel,
)
from inbox_app.queries.inbox.rows import WaitingRow
from inbox_app.queries.people.names import person
from inbox_app.web import duration_millis, millis

_MOST = 20


class Waiting(NamedTuple):
    """One of them, and whose business it is; nobody's is everybody's."""

    row: WaitingRow
    assigned_to: int | None

    def concerns(self, user_id: int) -> bool:
        """Whether this person is to be told."""
        return self.assigned_to in {None, user_id}


async def waiting(session: AsyncSession, account_id: int, now: datetime) -> list[Waiting]:
    """Those whose last word has no answer that left, the first to close first."""
    last = col(LastInbound.last_inbound_at)
    query = (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.channel),
            col(Conversation.assigned_to),
            sqlalchemy.label("actor_name", col(Actor.name)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            col(Address.value),
            col(Address.username),
            col(Address.profile_name),
            last,
        )
        .select_from(Conversation)
        .join(Address, col(Address.id) == col(Conversation.address_id))
        .join(Connection, present_connection())
        .join(LastInbound, its_window())
        .join(Message, col(Message.id) == col(Conversation.last_message_id))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.archived_at).is_(None),
            col(Address.blocked_at).is_(None),
            closing(last, now, RED_FROM),
            ~shut_by_channel(last, col(Connection.id)),
            or_(
                and_(
                    col(Message.direction) == Direction.IN, col(Message.kind) != MessageKind.SYSTEM
                ),
                col(Message.status) == DeliveryStatus.FAILED,
            ),
        )
        .order_by(last)
        .limit(_MOST)
    )
    core = await session.connection()
    return [Waiting(_waiting_row(row), row.assigned_to) for row in await core.execute(query)]


def _waiting_row(row: Any) -> WaitingRow:
    length = channel_of(row.channel).reply_window
    return WaitingRow(
        id=str(row.id),
        name=person(row).name,
        closes_at=millis(closes_at(row.last_inbound_at, length)),
        window_length=duration_millis(length),
    )
