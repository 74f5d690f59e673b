"""The people whom a search finds: who is on file, and senders whom nobody knows yet (P5, P9)."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import Select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.models import Actor, ActorPhone, Address, Conversation
from inbox_app.queries.people.actor_search import phones_on_file
from inbox_app.queries.people.found_actors import ids_on_file
from inbox_app.queries.people.found_addresses import addresses_found
from inbox_app.queries.people.names import initials, person
from inbox_app.queries.search.pieces import pieces
from inbox_app.queries.search.rows import PersonHitRow
from inbox_app.web import millis

_LONGEST = 80


async def people_hits(
    session: AsyncSession, account_id: int, typed: str, *, limit: int
) -> list[PersonHitRow]:
    """No more than ``limit``: who is on file first, what begins most alike before the others."""
    found = await _on_file(session, account_id, typed, limit)
    if len(found) < limit:
        found += await _unknown(session, account_id, typed, limit - len(found))
    return found


async def _on_file(
    session: AsyncSession, account_id: int, typed: str, limit: int
) -> list[PersonHitRow]:
    ids = await ids_on_file(session, account_id, typed, limit=limit)
    if not ids:
        return []
    known = select(Actor).where(col(Actor.account_id) == account_id, col(Actor.id).in_(ids))
    actors = {actor.id: actor for actor in await session.exec(known)}
    numbers = await phones_on_file(session, account_id, ids)
    latest = await latest_conversations(session, account_id, ids)
    return [_row(actors[id_], numbers[id_], latest.get(id_), typed) for id_ in ids if id_ in actors]


async def latest_conversations(
    session: AsyncSession, account_id: int, actor_ids: Sequence[int]
) -> dict[int, Conversation]:
    """By actor, the one that was heard of last."""
    query = (
        select(Conversation)
        .where(
            col(Conversation.account_id) == account_id, col(Conversation.actor_id).in_(actor_ids)
        )
        .order_by(col(Conversation.arrived_at), col(Conversation.id))
    )
    return {found.actor_id: found for found in await session.exec(query) if found.actor_id}


async def recent_people(
    session: AsyncSession, account_id: int, *, limit: int
) -> list[PersonHitRow]:
    """With whom the conversations are that were heard of last."""
    listed = _conversations(account_id).where(col(Conversation.archived_at).is_(None))
    core = await session.connection()
    return [_thread_row(row, "") for row in await core.execute(_newest(listed, limit))]


async def _unknown(
    session: AsyncSession, account_id: int, typed: str, limit: int
) -> list[PersonHitRow]:
    ids = await addresses_found(session, account_id, typed, limit=limit)
    if not ids:
        return []
    nobodys = _conversations(account_id).where(
        col(Conversation.actor_id).is_(None), col(Conversation.address_id).in_(ids)
    )
    core = await session.connection()
    return [_thread_row(row, typed) for row in await core.execute(_newest(nobodys, limit))]


def _conversations(account_id: int) -> Select[*tuple[Any, ...]]:
    return (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.arrived_at),
            col(Conversation.group_id),
            col(Conversation.channel),
            col(Conversation.actor_id),
            col(Actor.external_id),
            sqlalchemy.label("actor_name", col(Actor.name)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            col(Address.value),
            col(Address.username),
            col(Address.profile_name),
        )
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .where(col(Conversation.account_id) == account_id)
    )


def _newest(query: Select[*tuple[Any, ...]], limit: int) -> Select[*tuple[Any, ...]]:
    newest_first = (col(Conversation.arrived_at).desc(), col(Conversation.id).desc())
    return query.order_by(*newest_first).limit(limit)


def _row(
    actor: Actor, numbers: list[ActorPhone], latest: Conversation | None, typed: str
) -> PersonHitRow:
    name = clean_line(actor.name, _LONGEST)
    first = next((number for number in numbers if number.whatsapp), next(iter(numbers), None))
    number = "" if first is None else phones.display(first.e164) if first.e164 else first.raw
    return PersonHitRow(
        actor_id=str(actor.id),
        external_id=actor.external_id or "",
        conversation_id=str(latest.id) if latest else "",
        name=pieces(name, typed),
        initials=initials(name),
        kind=actor.kind.value,
        group=False,
        below=pieces(number or actor.email or "", typed),
        at=millis(latest.arrived_at) if latest and latest.arrived_at else 0,
    )


def _thread_row(row: Any, typed: str) -> PersonHitRow:
    who = person(row)
    below = who.profile_name if who.kind == "unknown" else who.phone
    return PersonHitRow(
        actor_id=str(row.actor_id or ""),
        external_id=row.external_id or "",
        conversation_id=str(row.id),
        name=pieces(who.name, typed),
        initials=who.initials,
        kind=who.kind,
        group=row.group_id is not None,
        below=pieces("" if below == who.name else below, typed),
        at=millis(row.arrived_at) if row.arrived_at else 0,
    )
