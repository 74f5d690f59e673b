"""Linking conversations to the actor whose number they are with (A2, B13)."""

from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import ActorLink, ActorPhone, AddressAlias, Conversation
from inbox_app.services.people.find_actor import only_actors
from inbox_app.services.webhooks.note_events import note_of


async def link_by_number(session: AsyncSession, account_id: int, actor_id: int) -> list[int]:
    """Link the conversations that nobody has yet, with numbers that are this actor's alone; their
    ids. What a person undid is not done again."""
    keys = await _own_keys(session, account_id, actor_id)
    addresses = select(AddressAlias.address_id).where(
        col(AddressAlias.account_id) == account_id,
        col(AddressAlias.kind) == PHONE,
        col(AddressAlias.value).in_(keys),
    )
    linked = await session.exec(
        update(Conversation)
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.actor_id).is_(None),
            col(Conversation.address_id).in_(addresses),
            ~undone(actor_id),
        )
        .values(actor_id=actor_id)
        .returning(col(Conversation.id))
    )
    found = list(linked.scalars())
    linked_now = WebhookEventType.CONVERSATION_LINKED
    await note_of(await session.connection(), linked_now, account_id, found)
    if found:
        await _drop_waiting(session, account_id, actor_id)
    return found


def undone(actor_id: Any) -> ColumnElement[bool]:
    """Whether a person said that a row of the conversation table is not with this actor."""
    return (
        select(ActorLink.id)
        .where(
            col(ActorLink.conversation_id) == col(Conversation.id),
            col(ActorLink.actor_id) == actor_id,
            col(ActorLink.ended_at).is_not(None),
        )
        .correlate(Conversation)
        .exists()
    )


async def _own_keys(session: AsyncSession, account_id: int, actor_id: int) -> list[str]:
    query = select(ActorPhone.match_key).where(
        col(ActorPhone.account_id) == account_id,
        col(ActorPhone.actor_id) == actor_id,
        col(ActorPhone.match_key).is_not(None),
    )
    numbers = [(account_id, key) for key in await session.exec(query) if key]
    owners = await only_actors(await session.connection(), numbers)
    return [key for (_, key), owner in owners.items() if owner == actor_id]


async def _drop_waiting(session: AsyncSession, account_id: int, actor_id: int) -> None:
    """One begun for the actor while there was no address is empty, and now beside the real one."""
    await session.exec(
        delete(Conversation).where(
            col(Conversation.account_id) == account_id,
            col(Conversation.actor_id) == actor_id,
            col(Conversation.address_id).is_(None),
            col(Conversation.group_id).is_(None),
            col(Conversation.last_message_id).is_(None),
        )
    )
