"""What is somebody's, and by what others name them (A6)."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import (
    Actor,
    ActorPhone,
    Address,
    AddressAlias,
    Connection,
    Conversation,
)
from inbox_app.services.people.edit_actor import locked_actor


@dataclass(frozen=True, slots=True)
class PersonIds:
    """By what raw events name a person, and our ends of the channels."""

    ids: frozenset[str]
    endpoints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Theirs:
    """The ids of the rows that are somebody's, in one account."""

    account_id: int
    actor_ids: list[int]
    """The actor's, and of those who were merged into them."""
    address_ids: list[int]
    conversation_ids: list[int]


async def person_ids(session: AsyncSession, account_id: int, actor_id: int) -> PersonIds:
    """Raises ``NotFoundError``."""
    theirs = await rows_of(session, await locked_actor(session, account_id, actor_id))
    return await ids_of(session, theirs)


async def rows_of(session: AsyncSession, actor: Actor) -> Theirs:
    """With those of whoever was merged into them."""
    ours = col(Actor.account_id) == actor.account_id
    merged = select(Actor.id).where(ours, col(Actor.merged_into) == actor.id)
    actor_ids = [actor.id, *await session.exec(merged)]
    talks = select(Conversation.id, Conversation.address_id).where(
        col(Conversation.account_id) == actor.account_id, col(Conversation.actor_id).in_(actor_ids)
    )
    found = (await session.exec(talks)).all()
    return Theirs(
        account_id=actor.account_id,
        actor_ids=actor_ids,
        address_ids=[address_id for _, address_id in found if address_id],
        conversation_ids=[id_ for id_, _ in found],
    )


async def ids_of(session: AsyncSession, theirs: Theirs) -> PersonIds:
    """Of addresses and phones on file, in every spelling that is known."""
    aliases = select(AddressAlias.value).where(
        col(AddressAlias.account_id) == theirs.account_id,
        col(AddressAlias.address_id).in_(theirs.address_ids),
    )
    addresses = select(Address.value, Address.external_id, Address.username).where(
        col(Address.account_id) == theirs.account_id, col(Address.id).in_(theirs.address_ids)
    )
    phones = select(ActorPhone.match_key).where(
        col(ActorPhone.account_id) == theirs.account_id,
        col(ActorPhone.actor_id).in_(theirs.actor_ids),
    )
    ends = select(Connection.external_id).where(col(Connection.account_id) == theirs.account_id)
    named = [
        *await session.exec(aliases),
        *(each for row in await session.exec(addresses) for each in row),
        *await session.exec(phones),
    ]
    endpoints = frozenset(each for each in await session.exec(ends) if each)
    return PersonIds(frozenset(each for each in named if each), endpoints)
