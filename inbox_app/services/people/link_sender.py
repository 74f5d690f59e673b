"""«Aggiungi esistente»: who wrote from an unknown number is one of the account's actors (A1)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.domain.errors import AlreadyLinkedError, NotFoundError
from inbox_app.domain.people import phones
from inbox_app.models import Actor, ActorLink, ActorPhone, Address, AddressAlias, Conversation
from inbox_app.queries.thread.thread_header import CONVERSATION_LINKED
from inbox_app.services.people.actor_phones import note
from inbox_app.services.people.link_actor import link_by_number
from inbox_app.services.people.made_with import made_with
from inbox_app.services.people.waiting_conversation import set_aside
from inbox_app.services.people.write_terms import write_terms


@dataclass(frozen=True, slots=True)
class SenderNumber:
    """What the channel calls the number, and the key under which its spellings meet."""

    value: str
    key: str


async def link_sender(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    actor_id: int,
    user_id: int | None,
    now: datetime,
    is_new: bool = False,
) -> int:
    """The conversation is with this actor from now on, and its number is on file; the link's id, 0
    when it was so before. ``is_new``: the actor was made for it just now; no user: over the API.

    Raises:
        NotFoundError: the account has no such actor, or no such conversation with one person.
        AlreadyLinkedError: somebody else has linked it to another actor.
    """
    conversation = await sender_conversation(session, account_id, conversation_id)
    if conversation.actor_id == actor_id:
        return 0
    if conversation.actor_id is not None:
        raise AlreadyLinkedError(conversation.actor_id)
    actor = await _actor(session, account_id, actor_id)
    conversation.actor_id = actor.id
    session.add(conversation)
    aside = await set_aside(session, account_id, actor.id)
    added, chosen = await _put_number(session, actor, await sender_number(session, conversation))
    also = await link_by_number(session, account_id, actor.id)
    link = ActorLink(
        account_id=account_id,
        conversation_id=conversation.id,
        actor_id=actor.id,
        made=await made_with(session, account_id, actor.id) if is_new else None,
        phone_id=added,
        chose_phone=chosen,
        also_linked=also,
        set_aside=aside,
        linked_at=now,
        linked_by=user_id,
    )
    session.add(link)
    told = {"made": is_new} | ({"waiting": aside["id"]} if aside else {})
    note(session, CONVERSATION_LINKED, conversation, user_id, now, **told)
    await session.flush()
    return link.id


async def sender_conversation(
    session: AsyncSession, account_id: int, conversation_id: int
) -> Conversation:
    """The conversation with one person who has an address, ours alone until the commit.

    Raises ``NotFoundError``.
    """
    query = select(Conversation).where(
        col(Conversation.account_id) == account_id,
        col(Conversation.id) == conversation_id,
        col(Conversation.address_id).is_not(None),
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def sender_number(session: AsyncSession, conversation: Conversation) -> SenderNumber | None:
    """None for whom there is no number of, or another sort of address."""
    query = (
        select(Address.value, AddressAlias.value)
        .join(AddressAlias, col(AddressAlias.address_id) == col(Address.id))
        .where(
            col(Address.account_id) == conversation.account_id,
            col(Address.id) == conversation.address_id,
            col(AddressAlias.kind) == PHONE,
        )
    )
    for value, key in await session.exec(query):
        if value and phones.canonical(value) == key:
            return SenderNumber(value, key)
    return None


async def _actor(session: AsyncSession, account_id: int, actor_id: int) -> Actor:
    query = select(Actor).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == actor_id,
        col(Actor.archived_at).is_(None),
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _put_number(
    session: AsyncSession, actor: Actor, number: SenderNumber | None
) -> tuple[int | None, int | None]:
    """Have it on file; the id of the phone that was added, and of the one that became the one for
    WhatsApp because none was."""
    if number is None:
        return None, None
    query = (
        select(ActorPhone)
        .where(col(ActorPhone.account_id) == actor.account_id, col(ActorPhone.actor_id) == actor.id)
        .order_by(col(ActorPhone.position))
    )
    on_file = list(await session.exec(query.with_for_update()))
    phone = next((each for each in on_file if each.match_key == number.key), None)
    added = phone is None
    if phone is None:
        phone = _phone(actor, number, max((each.position for each in on_file), default=-1) + 1)
    chooses = not any(each.whatsapp for each in on_file)
    phone.whatsapp = phone.whatsapp or chooses
    session.add(phone)
    await session.flush()
    if added:
        await write_terms(session, actor.account_id, [actor.id])
    return phone.id if added else None, phone.id if chooses else None


def _phone(actor: Actor, number: SenderNumber, position: int) -> ActorPhone:
    """WhatsApp's ids are true, whether or not a phone library takes them for numbers (B14)."""
    return ActorPhone(
        account_id=actor.account_id,
        actor_id=actor.id,
        position=position,
        raw=f"+{number.value}",
        e164=phones.e164_or_none(f"+{number.key}"),
        match_key=number.key,
    )
