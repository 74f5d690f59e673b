"""Linking conversations to the actor whose number they are with (A2, B13)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import ActorLink, ActorPhone, AddressAlias, Conversation, Message
from inbox_app.services.bulk import select_in
from inbox_app.services.people.find_actor import only_actors
from inbox_app.services.webhooks.note_events import note_of


async def link_by_number(session: AsyncSession, account_id: int, actor_id: int) -> list[int]:
    """Link the conversations that nobody has yet, with numbers that are this actor's alone; their
    ids. What a person undid is not done again."""
    return [*await link_by_numbers(session, account_id, [actor_id])]


async def link_by_numbers(
    session: AsyncSession, account_id: int, actor_ids: Collection[int]
) -> dict[int, int]:
    """The same for several actors: who each conversation is with now, by its id."""
    owners = await _own_numbers(session, account_id, actor_ids)
    if not owners:
        return {}
    connection = await session.connection()
    waiting = await select_in(
        connection,
        sa_select(col(Conversation.id), col(AddressAlias.value))
        .join(AddressAlias, col(AddressAlias.address_id) == col(Conversation.address_id))
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.actor_id).is_(None),
            col(AddressAlias.account_id) == account_id,
            col(AddressAlias.kind) == PHONE,
        ),
        col(AddressAlias.value),
        owners.keys(),
    )
    linked: dict[int, int] = {}
    for row in waiting:
        owner = owners[row.value]
        if row.id not in linked and await _link(session, account_id, row.id, owner):
            linked[row.id] = owner
    await note_of(connection, WebhookEventType.CONVERSATION_LINKED, account_id, [*linked])
    for actor_id in set(linked.values()):
        await _drop_waiting(session, account_id, actor_id)
    return linked


async def _link(session: AsyncSession, account_id: int, id_: int, actor_id: int) -> bool:
    linked = await session.exec(
        update(Conversation)
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.id) == id_,
            col(Conversation.actor_id).is_(None),
            ~undone(actor_id),
        )
        .values(actor_id=actor_id)
    )
    return linked.rowcount == 1


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


async def _own_numbers(
    session: AsyncSession, account_id: int, actor_ids: Collection[int]
) -> dict[str, int]:
    """The numbers that are one of these actors' alone, with whose each is."""
    connection = await session.connection()
    having = sa_select(col(ActorPhone.match_key)).where(
        col(ActorPhone.account_id) == account_id, col(ActorPhone.match_key).is_not(None)
    )
    found = await select_in(connection, having, col(ActorPhone.actor_id), actor_ids)
    owners = await only_actors(connection, {(account_id, row.match_key) for row in found})
    return {key: owner for (_, key), owner in owners.items() if owner in actor_ids}


async def _drop_waiting(session: AsyncSession, account_id: int, actor_id: int) -> None:
    """One begun for the actor while there was no address is empty, and now beside the real one."""
    await session.exec(
        delete(Conversation).where(
            col(Conversation.account_id) == account_id,
            col(Conversation.actor_id) == actor_id,
            col(Conversation.address_id).is_(None),
            col(Conversation.group_id).is_(None),
            ~exists().where(
                col(Message.conversation_id) == col(Conversation.id),
                col(Message.account_id) == account_id,
            ),
        )
    )
