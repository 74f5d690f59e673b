"""Conversations as the HTTP API shows them, set by set."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import messages, phones
from inbox_app.domain.sending import Decision
from inbox_app.models import Actor, Address, Conversation, Media, Message
from inbox_app.queries.api_rows import (
    ActorRef,
    AddressOut,
    ConversationOut,
    ReservationRef,
    WindowOut,
)
from inbox_app.queries.inbox.conversation_rows import name_of
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.inbox.stay import StayThere, primary_stay


class After(NamedTuple):
    """The place after a conversation of the list: its arrival and id."""

    arrived_at: datetime
    id: int


async def conversations(
    session: AsyncSession, account_id: int, now: datetime, *, limit: int, after: After | None
) -> tuple[list[ConversationOut], After | None]:
    """A page of them, the newest by arrival first, and where the next one begins."""
    place = (col(Conversation.arrived_at), col(Conversation.id))
    query = (
        select(*place)
        .where(col(Conversation.account_id) == account_id)
        .order_by(place[0].desc(), place[1].desc())
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(tuple_(*place) < tuple_(after.arrived_at, after.id))
    found = [After(*row) for row in await session.exec(query)]
    page = found[:limit]
    shown = await _shown(session, account_id, [one.id for one in page], now)
    return shown, page[-1] if len(found) > limit else None


async def conversation(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime
) -> ConversationOut | None:
    """One of them; None when it is not this account's."""
    shown = await _shown(session, account_id, [conversation_id], now)
    return shown[0] if shown else None


async def _shown(
    session: AsyncSession, account_id: int, ids: Sequence[int], now: datetime
) -> list[ConversationOut]:
    rows = {row.id: row for row in await _rows(session, account_id, ids)}
    facts = await load_facts(session, account_id, ids, now)
    actor_ids = {row.actor_id for row in rows.values() if row.actor_id is not None}
    stays = await primary_stay(session, account_id, actor_ids, now)
    return [
        _out(
            rows[id_],
            channel_of(facts[id_].channel).decide(facts[id_]),
            stays.get(rows[id_].actor_id),
        )
        for id_ in ids
        if id_ in rows
    ]


async def _rows(session: AsyncSession, account_id: int, ids: Sequence[int]) -> Sequence[Any]:
    query = (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.channel),
            col(Conversation.group_id),
            col(Conversation.actor_id),
            col(Conversation.unread),
            col(Conversation.assigned_to),
            col(Conversation.archived_at),
            col(Conversation.address_id),
            col(Address.value),
            col(Address.external_id),
            col(Address.username),
            col(Address.profile_name),
            sqlalchemy.label("actor_external_id", col(Actor.external_id)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            sqlalchemy.label("actor_name", col(Actor.name)),
            col(Message.kind),
            col(Message.text),
            col(Message.details),
            col(Message.unsupported_type),
            col(Message.sent_at),
            col(Media.filename),
        )
        .select_from(Conversation)
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(Message, col(Message.id) == col(Conversation.last_message_id))
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id).in_(ids))
    )
    core = await session.connection()
    return (await core.execute(query)).all()


def _out(row: Any, decision: Decision, stay: StayThere | None) -> ConversationOut:
    return ConversationOut(
        id=str(row.id),
        channel=row.channel,
        address=_address(row),
        profile_name=row.profile_name,
        actor=_actor(row),
        reservation=_reservation(stay),
        unread=row.unread,
        last_message_at=row.sent_at,
        preview=_preview(row),
        window=WindowOut(decision.window, decision.closes_at),
        control=decision.control,
        assigned_to=None if row.assigned_to is None else str(row.assigned_to),
        archived=row.archived_at is not None,
        group=row.group_id is not None,
    )


def _address(row: Any) -> AddressOut | None:
    if row.address_id is None:
        return None
    phone = phones.canonical(row.value) if row.value else ""
    return AddressOut(
        phone=f"+{phone}" if phone.isdigit() else None,
        wa_id=row.value,
        user_id=row.external_id,
        username=row.username,
    )


def _actor(row: Any) -> ActorRef | None:
    if row.actor_id is None:
        return None
    return ActorRef(row.actor_external_id, row.actor_kind, row.actor_name)


def _reservation(stay: StayThere | None) -> ReservationRef | None:
    return stay and ReservationRef(stay.reservation.external_id, stay.reservation.code)


def _preview(row: Any) -> str:
    """The text, else the file's or place's name, else the kind in brackets."""
    if row.kind is None:
        return ""
    said = messages.preview(row.kind, row.text, name=row.filename or name_of(row.details))
    return said.text or f"[{row.unsupported_type or row.kind.value}]"
