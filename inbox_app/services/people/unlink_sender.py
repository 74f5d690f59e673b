"""«Annulla» and «Scollega»: the conversation is nobody's again, all is as it was before (A2)."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Actor,
    ActorLink,
    ActorPhone,
    Conversation,
)
from inbox_app.services.people.actor_phones import note
from inbox_app.services.people.link_sender import sender_conversation
from inbox_app.services.people.made_with import MadeWith, made_with
from inbox_app.services.people.waiting_conversation import bring_back
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.webhooks.note_events import note_of


async def unlink_sender(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    user_id: int | None,
    now: datetime,
    link_id: int | None = None,
) -> int:
    """Undo the link, whoever made it, or only if it is ``link_id``; the id of the actor.

    It is not made by itself again. Raises ``NotFoundError`` when there is nothing to undo.
    """
    conversation = await sender_conversation(session, account_id, conversation_id)
    actor_id = conversation.actor_id
    link = await _open_link(session, conversation)
    if actor_id is None or (link_id is not None and (link is None or link.id != link_id)):
        raise NotFoundError
    note(session, "conversation.unlinked", conversation, user_id, now)
    await _let_go(session, conversation, actor_id, link)
    if link is None:
        link = ActorLink(
            account_id=account_id,
            conversation_id=conversation_id,
            actor_id=actor_id,
            linked_at=conversation.created_at,
        )
    link.ended_at = now
    session.add(link)
    await session.flush()
    await _put_back(session, link)
    return actor_id


async def _open_link(session: AsyncSession, conversation: Conversation) -> ActorLink | None:
    query = (
        select(ActorLink)
        .where(
            col(ActorLink.account_id) == conversation.account_id,
            col(ActorLink.conversation_id) == conversation.id,
            col(ActorLink.actor_id) == conversation.actor_id,
            col(ActorLink.ended_at).is_(None),
        )
        .order_by(col(ActorLink.id).desc())
    )
    return (await session.exec(query)).first()


async def _let_go(
    session: AsyncSession, conversation: Conversation, actor_id: int, link: ActorLink | None
) -> None:
    ids = [conversation.id, *(link.also_linked if link else ())]
    await session.exec(
        update(Conversation)
        .where(
            col(Conversation.account_id) == conversation.account_id,
            col(Conversation.id).in_(ids),
            col(Conversation.actor_id) == actor_id,
        )
        .values(actor_id=None)
    )
    linked = WebhookEventType.CONVERSATION_LINKED
    await note_of(await session.connection(), linked, conversation.account_id, ids)


async def _put_back(session: AsyncSession, link: ActorLink) -> None:
    actor = await _actor(session, link)
    if actor is None:
        return
    if link.made is not None and await _is_as_made(session, actor, link.made):
        await session.delete(actor)
        await session.flush()
        return
    await _take_number(session, link)
    if link.set_aside is not None:
        await bring_back(session, link.account_id, actor.id, link.set_aside)


async def _actor(session: AsyncSession, link: ActorLink) -> Actor | None:
    query = select(Actor).where(
        col(Actor.account_id) == link.account_id, col(Actor.id) == link.actor_id
    )
    return (await session.exec(query.with_for_update())).one_or_none()


async def _is_as_made(session: AsyncSession, actor: Actor, made: MadeWith) -> bool:
    if actor.external_id is not None or actor.changed_at is not None:
        return False
    theirs = select(Conversation.id).where(
        col(Conversation.account_id) == actor.account_id, col(Conversation.actor_id) == actor.id
    )
    if (await session.exec(theirs)).first() is not None:
        return False
    there = await made_with(session, actor.account_id, actor.id)
    return all(ids == made.get(table, []) for table, ids in there.items())


async def _take_number(session: AsyncSession, link: ActorLink) -> None:
    phones = select(ActorPhone).where(
        col(ActorPhone.account_id) == link.account_id, col(ActorPhone.actor_id) == link.actor_id
    )
    for phone in (await session.exec(phones.with_for_update())).all():
        if phone.id == link.phone_id:
            await session.delete(phone)
        elif phone.id == link.chose_phone:
            phone.whatsapp = False
            session.add(phone)
    await write_terms(session, link.account_id, [link.actor_id])
