"""The conversation with a number or an actor: the one there is, or a new one."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.base import Channel
from inbox_app.domain.errors import BadPhoneError, OthersNumberError
from inbox_app.domain.people import phones
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.models import Actor, ActorPhone, Conversation
from inbox_app.queries.inbox.send_facts import active_connection
from inbox_app.services.intake.find_address import of_address
from inbox_app.services.intake.find_conversation import find_conversations


class NoSuchActorError(Exception):
    """The account has no such actor."""


async def for_phone(
    session: AsyncSession, account_id: int, channel: Channel, raw: str, now: datetime
) -> Conversation:
    """With a number in international form, by a channel that writes to phones; linked to the
    actor who has it, when one alone has.

    Raises ``BadPhoneError``, or ``RacedError`` when the transaction is to be done again.
    """
    e164 = await usable_number(session, account_id, channel, raw)
    return await _with_number(session, account_id, channel, e164, now)


async def usable_number(session: AsyncSession, account_id: int, channel: Channel, raw: str) -> str:
    """In E.164, when the account may write to it by this channel. Raises ``BadPhoneError``."""
    parsed = phones.parse_phone(raw)
    if parsed.problem is not None:
        raise BadPhoneError(parsed.problem)
    own = await active_connection(session, account_id, channel.key)
    if own and phones.same(own.display_address, parsed.e164 or ""):
        raise BadPhoneError(PhoneProblem.OWN_NUMBER)
    return parsed.e164 or ""


async def for_actor(
    session: AsyncSession, account_id: int, channel: Channel, external_id: str, now: datetime
) -> Conversation:
    """The actor's latest, by whichever channel; else one by this, with their only usable or chosen
    number; else one that waits.

    Raises ``NoSuchActorError``, ``OthersNumberError``, or ``RacedError`` as ``for_phone``.
    """
    return await _for(session, await _actor(session, account_id, external_id), channel, now)


async def for_actor_by_id(
    session: AsyncSession, account_id: int, channel: Channel, actor_id: int, now: datetime
) -> Conversation:
    """The same for our own id of the actor."""
    actor = await session.get(Actor, actor_id)
    if actor is None or actor.account_id != account_id or actor.archived_at is not None:
        raise NoSuchActorError
    return await _for(session, actor, channel, now)


async def _for(
    session: AsyncSession, actor: Actor, channel: Channel, now: datetime
) -> Conversation:
    if latest := await _latest(session, actor):
        return latest
    number = await _number(session, actor)
    if number is None:
        return await _waiting(session, actor, channel, now)
    conversation = await _with_number(session, actor.account_id, channel, number, now)
    if conversation.actor_id not in {None, actor.id}:
        raise OthersNumberError(conversation.actor_id or 0)
    conversation.actor_id = actor.id
    session.add(conversation)
    return conversation


async def _with_number(
    session: AsyncSession, account_id: int, channel: Channel, e164: str, now: datetime
) -> Conversation:
    connection = await session.connection()
    person = await of_address(connection, account_id, channel, e164, now)
    found = await find_conversations(connection, [person], now)
    query = select(Conversation).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == found[person]
    )
    return (await session.exec(query)).one()


async def _actor(session: AsyncSession, account_id: int, external_id: str) -> Actor:
    """Whoever was merged into another is that one."""
    meant = select(func.coalesce(Actor.merged_into, Actor.id)).where(
        col(Actor.account_id) == account_id, col(Actor.external_id) == external_id
    )
    query = select(Actor).where(
        col(Actor.account_id) == account_id,
        col(Actor.id).in_(meant),
        col(Actor.archived_at).is_(None),
    )
    actor = (await session.exec(query)).one_or_none()
    if actor is None:
        raise NoSuchActorError
    return actor


async def _latest(session: AsyncSession, actor: Actor) -> Conversation | None:
    """One with an address before one that waits for it."""
    query = (
        select(Conversation)
        .where(
            col(Conversation.account_id) == actor.account_id,
            col(Conversation.actor_id) == actor.id,
        )
        .order_by(col(Conversation.address_id).is_(None), col(Conversation.arrived_at).desc())
    )
    return (await session.exec(query)).first()


async def _number(session: AsyncSession, actor: Actor) -> str | None:
    """The chosen number, or the only one there is; none where a person must choose."""
    query = (
        select(ActorPhone)
        .where(col(ActorPhone.account_id) == actor.account_id, col(ActorPhone.actor_id) == actor.id)
        .order_by(col(ActorPhone.position))
    )
    found = (await session.exec(query)).all()
    candidates = [phone for phone in found if phone.whatsapp] or found
    return candidates[0].e164 if len(candidates) == 1 else None


async def _waiting(
    session: AsyncSession, actor: Actor, channel: Channel, now: datetime
) -> Conversation:
    conversation = Conversation(
        account_id=actor.account_id,
        channel=channel.key,
        actor_id=actor.id,
        arrived_at=now,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(conversation)
    except IntegrityError:
        return await _latest(session, actor) or conversation
    return conversation
