"""The conversations that messages belong to: found, begun, and linked to an actor (A2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.errors import RacedError
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import Conversation
from inbox_app.services.bulk import insert_new, run_many, select_in
from inbox_app.services.intake.address_book import Person
from inbox_app.services.people.find_actor import only_actors
from inbox_app.services.people.link_actor import undone
from inbox_app.services.webhooks.note_events import Note, note_events


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a channel's."""

    account_id: int
    channel: str
    group_id: str


Partner = Person | Group
"""Who a conversation is with."""


async def find_conversations(
    connection: AsyncConnection, partners: Collection[Partner], now: datetime
) -> dict[Partner, int]:
    """The id of the conversation with each of ``partners``, begun now where there was none.

    Raises:
        RacedError: somebody else has just begun one of them, or given it its address.
    """
    found = await _of_people(connection, partners) | await _of_groups(connection, partners)
    actors = await _actors(connection, partners)
    await _link(connection, found, actors)
    found |= await _take_waiting(connection, _without(partners, found), actors)
    return found | await _begin(connection, _without(partners, found), actors, now)


async def _of_people(
    connection: AsyncConnection, partners: Collection[Partner]
) -> dict[Partner, int]:
    people = {partner.id: partner for partner in partners if isinstance(partner, Person)}
    query = select(col(Conversation.id), col(Conversation.address_id))
    rows = await select_in(connection, query, col(Conversation.address_id), people)
    return {people[row.address_id]: row.id for row in rows}


async def _of_groups(
    connection: AsyncConnection, partners: Collection[Partner]
) -> dict[Partner, int]:
    groups = {partner for partner in partners if isinstance(partner, Group)}
    query = select(
        col(Conversation.id),
        col(Conversation.account_id),
        col(Conversation.channel),
        col(Conversation.group_id),
    ).where(col(Conversation.account_id).in_({group.account_id for group in groups}))
    ids = {group.group_id for group in groups}
    rows = await select_in(connection, query, col(Conversation.group_id), ids)
    return {Group(row.account_id, row.channel, row.group_id): row.id for row in rows}


async def _actors(connection: AsyncConnection, partners: Collection[Partner]) -> dict[Partner, int]:
    """The one actor who has a number that was not known to be this person's before."""
    numbers = {
        (partner.account_id, number): partner
        for partner in partners
        if isinstance(partner, Person)
        for number in partner.new_numbers
    }
    actors = await only_actors(connection, numbers)
    return {numbers[number]: actor for number, actor in actors.items()}


async def _link(
    connection: AsyncConnection, found: dict[Partner, int], actors: dict[Partner, int]
) -> None:
    links = {partner: actor for partner, actor in actors.items() if partner in found}
    rows = [{"conversation": found[each], "actor": actor} for each, actor in links.items()]
    if await run_many(connection, _LINK, rows):
        linked = WebhookEventType.CONVERSATION_LINKED
        notes = [Note(partner.account_id, linked, found[partner]) for partner in links]
        await note_events(connection, notes)


async def _take_waiting(
    connection: AsyncConnection, partners: Sequence[Partner], actors: dict[Partner, int]
) -> dict[Partner, int]:
    """A conversation begun for an actor without a usable phone gets its address at last."""
    people = {actors[partner]: partner for partner in partners if partner in actors}
    query = select(
        col(Conversation.id), col(Conversation.actor_id), col(Conversation.channel)
    ).where(col(Conversation.address_id).is_(None), col(Conversation.group_id).is_(None))
    rows = await select_in(connection, query, col(Conversation.actor_id), people)
    found = {
        people[row.actor_id]: row.id for row in rows if people[row.actor_id].channel == row.channel
    }
    taken = [{"conversation": id, "address": _address(partner)} for partner, id in found.items()]
    if await run_many(connection, _GIVE_ADDRESS, taken) < len(taken):
        raise RacedError
    return found


async def _begin(
    connection: AsyncConnection,
    partners: Sequence[Partner],
    actors: dict[Partner, int],
    now: datetime,
) -> dict[Partner, int]:
    rows = [_new(partner, actors.get(partner), now) for partner in partners]
    written = await insert_new(connection, Conversation, rows, *_KEYS)
    if len(written) < len(rows):
        raise RacedError
    by_key = {
        (row.account_id, row.channel, row.address_id, row.group_id): row.id for row in written
    }
    return {
        partner: by_key[partner.account_id, partner.channel, _address(partner), _group(partner)]
        for partner in partners
    }


_KEYS = (
    col(Conversation.id),
    col(Conversation.account_id),
    col(Conversation.channel),
    col(Conversation.address_id),
    col(Conversation.group_id),
)

_LINK = (
    update(Conversation)
    .where(
        col(Conversation.id) == bindparam("conversation"),
        col(Conversation.actor_id).is_(None),
        ~undone(bindparam("actor")),
    )
    .values(actor_id=bindparam("actor"))
)

_GIVE_ADDRESS = (
    update(Conversation)
    .where(
        col(Conversation.id) == bindparam("conversation"), col(Conversation.address_id).is_(None)
    )
    .values(address_id=bindparam("address"))
)


def _without(partners: Collection[Partner], found: dict[Partner, int]) -> list[Partner]:
    return [partner for partner in partners if partner not in found]


def _address(partner: Partner) -> int | None:
    return partner.id if isinstance(partner, Person) else None


def _group(partner: Partner) -> str | None:
    return partner.group_id if isinstance(partner, Group) else None


def _new(partner: Partner, actor_id: int | None, now: datetime) -> dict[str, Any]:
    return {
        "account_id": partner.account_id,
        "channel": partner.channel,
        "address_id": _address(partner),
        "group_id": _group(partner),
        "actor_id": actor_id,
        "arrived_at": now,
        "last_read_id": 0,
        "unread": 0,
        "created_at": now,
    }
