"""Whoever writes pushes holds their conversations and then their devices, each by its id: so none
waits for who reads the conversation, or whose session ends, while that one waits for them (N1)."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, NotifiedDevice


class Held(NamedTuple):
    """What pushes are of."""

    account_ids: Collection[int]
    conversation_ids: Collection[int | None] = ()
    device_ids: Collection[int] = ()


async def hold(session: AsyncSession, held: Held) -> None:
    """Until the transaction ends nobody takes them away, nor settles what is told of them."""
    conversations = select(Conversation.id).where(
        col(Conversation.account_id).in_(held.account_ids),
        col(Conversation.id).in_({*held.conversation_ids} - {None}),
    )
    devices = select(NotifiedDevice.id).where(
        col(NotifiedDevice.account_id).in_(held.account_ids),
        col(NotifiedDevice.id).in_(held.device_ids),
    )
    for these in (
        conversations.order_by(col(Conversation.id)),
        devices.order_by(col(NotifiedDevice.id)),
    ):
        await session.exec(these.with_for_update(read=True, key_share=True))
