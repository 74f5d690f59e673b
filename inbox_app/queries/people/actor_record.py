"""All that is on file of one actor (A3)."""

from datetime import datetime
from typing import TypedDict

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorAccommodation,
    ActorMerge,
    ActorPhone,
    Conversation,
)
from inbox_app.queries.inbox.list import conversation_rows
from inbox_app.queries.inbox.list.unseen import unseen_by
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere, in_order, stays_by_actor
from inbox_app.queries.labels.labels import labels_of_actors
from inbox_app.queries.people.actor_rows import LONGEST_NAME, for_whatsapp, shown_number
from inbox_app.queries.people.actor_search import phones_on_file
from inbox_app.queries.people.names import initials
from inbox_app.queries.people.rows import (
    ActorConversationRow,
    ActorPhoneRow,
    ActorRecord,
    ActorStayRow,
)
from inbox_app.web import millis

_MOST = 40
"""Stays and conversations that are shown, the latest."""


class _Merge(TypedDict):
    merge_id: str
    merge_name: str
    merge_at: int


async def actor_record(
    session: AsyncSession, account_id: int, actor_id: int, now: datetime, *, reader_id: int = 0
) -> ActorRecord | None:
    """None when the account has no such actor. Unread is what the reader has not seen; without
    one, what nobody has."""
    query = select(Actor).where(col(Actor.account_id) == account_id, col(Actor.id) == actor_id)
    actor = (await session.exec(query)).one_or_none()
    if actor is None:
        return None
    on_file = (await phones_on_file(session, account_id, [actor_id]))[actor_id]
    stays = (await stays_by_actor(session, account_id, [actor_id], now)).get(actor_id, [])
    labels = await labels_of_actors(session, account_id, [actor_id])
    name = clean_line(actor.name, LONGEST_NAME)
    return ActorRecord(
        id=str(actor.id),
        external_id=actor.external_id or "",
        name=actor.name,
        initials=initials(name),
        kind=actor.kind.value,
        email=actor.email or "",
        language=actor.language or "",
        notes=actor.notes or "",
        labels=labels.get(actor_id, []),
        archived=actor.archived_at is not None,
        phones=_phones(on_file),
        stays=[_stay(stay) for stay in in_order(stays)[:_MOST]],
        homes=await _homes(session, account_id, actor_id),
        conversations=await _conversations(session, account_id, actor_id, reader_id, now),
        merged_into=str(actor.merged_into or ""),
        **await _merge(session, account_id, actor_id),
    )


async def _merge(session: AsyncSession, account_id: int, actor_id: int) -> _Merge:
    """The latest into them."""
    query = (
        select(ActorMerge.id, Actor.name, ActorMerge.merged_at)
        .join(Actor, col(Actor.id) == col(ActorMerge.gone_id))
        .where(
            col(ActorMerge.account_id) == account_id,
            col(ActorMerge.kept_id) == actor_id,
            col(ActorMerge.undone_at).is_(None),
        )
        .order_by(col(ActorMerge.id).desc())
    )
    found = (await session.exec(query)).first()
    if found is None:
        return _Merge(merge_id="", merge_name="", merge_at=0)
    id_, name, at = found
    return _Merge(merge_id=str(id_), merge_name=clean_line(name, LONGEST_NAME), merge_at=millis(at))


def _phones(on_file: list[ActorPhone]) -> list[ActorPhoneRow]:
    written_to = for_whatsapp(on_file)
    return [
        ActorPhoneRow(
            raw=phone.raw,
            shown=shown_number(phone),
            usable=phone.e164 is not None,
            whatsapp=phone is written_to,
        )
        for phone in on_file
    ]


def _stay(stay: StayThere) -> ActorStayRow:
    return ActorStayRow(
        id=str(stay.reservation.id),
        code=clean_line(stay.reservation.code, LONGEST_NAME),
        accommodation=clean_line(stay.home.name, LONGEST_NAME),
        check_in=stay.check_in.isoformat(),
        check_out=stay.check_out.isoformat(),
        phase=stay.phase.value,
        by_hand=stay.reservation.is_by_hand,
    )


async def _homes(session: AsyncSession, account_id: int, actor_id: int) -> list[str]:
    """The homes that they own, or work at, by name."""
    query = (
        select(Accommodation.name)
        .join(ActorAccommodation, col(ActorAccommodation.accommodation_id) == col(Accommodation.id))
        .where(
            col(ActorAccommodation.account_id) == account_id,
            col(ActorAccommodation.actor_id) == actor_id,
            col(Accommodation.archived_at).is_(None),
        )
        .order_by(col(Accommodation.name))
        .limit(_MOST)
    )
    return [clean_line(name, LONGEST_NAME) for name in await session.exec(query)]


async def _conversations(
    session: AsyncSession, account_id: int, actor_id: int, reader_id: int, now: datetime
) -> list[ActorConversationRow]:
    """The latest first."""
    theirs = (
        conversation_rows.facts()
        .where(col(Conversation.actor_id) == actor_id)
        .order_by(col(Conversation.arrived_at).desc(), col(Conversation.id).desc())
        .limit(_MOST)
    )
    found = await conversation_rows.read(session, account_id, theirs, now)
    unseen = await unseen_by(session, account_id, reader_id, [row.id for row, _ in found])
    return [
        _conversation(
            conversation_rows.shown(row, stay, now), row.value or "", unseen.get(row.id, 0)
        )
        for row, stay in found
    ]


def _conversation(row: ConversationRow, address: str, unseen: int) -> ActorConversationRow:
    return ActorConversationRow(
        id=row["id"],
        channel_name=row["channel_name"],
        channel_icon=row["channel_icon"],
        address=phones.display(address) if address else "",
        last_at=row["last_at"],
        unread=row["unread"] + unseen,
        preview_kind=row["preview_kind"],
        preview_text=row["preview_text"],
    )
