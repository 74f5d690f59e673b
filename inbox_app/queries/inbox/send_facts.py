"""What the decision on sending rests on, for any number of conversations at once (B17)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy
import sqlmodel
from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, label
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.domain.sending import Facts, PhoneOnFile
from inbox_app.models import (
    Account,
    Actor,
    ActorPhone,
    Address,
    Connection,
    ConnectionState,
    Conversation,
    LastInbound,
    Message,
)
from inbox_app.models.base import UtcDateTime
from inbox_app.queries.inbox.reply_windows import its_window, left_since, present_connection
from inbox_app.queries.inbox.stay import primary_stay

_Phones = tuple[PhoneOnFile, ...]


async def load_facts(
    session: AsyncSession, account_id: int, conversation_ids: Collection[int], now: datetime
) -> dict[int, Facts]:
    """The facts by conversation id, in one query, and two more where somebody has no address yet;
    other accounts' ids are left out."""
    core = await session.connection()
    chosen = {"account_id": account_id, "ids": list(conversation_ids)}
    rows = (await core.execute(_conversations(), chosen)).all()
    waiting = {row.actor_id for row in rows if row.address_id is None} - {None}
    phones = await _phones(session, account_id, waiting)
    there = await _countries_of_stays(session, account_id, _in_want(waiting, phones), now)
    return {
        row.id: _facts(row, phones.get(row.actor_id, ()), there.get(row.actor_id), now)
        for row in rows
    }


async def active_connection(
    session: AsyncSession, account_id: int, channel: str
) -> Connection | None:
    """The one of the channel that is not disconnected; the database allows no second."""
    query = sqlmodel.select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.channel) == channel,
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )
    return (await session.exec(query)).one_or_none()


async def active_connections(session: AsyncSession, account_id: int) -> Sequence[Connection]:
    """All of the account that are not disconnected."""
    query = sqlmodel.select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )
    return (await session.exec(query)).all()


@cache
def _conversations() -> Select[*tuple[Any, ...]]:
    """The window belongs to the pair: after a change of number every window is new. Built once:
    that takes longer than to run it."""
    return (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.channel),
            col(Conversation.address_id),
            col(Conversation.group_id),
            col(Conversation.actor_id),
            label("connection", col(Connection.state)),
            col(Connection.display_address),
            col(Address.blocked_at),
            label(
                "erased",
                and_(
                    col(Address.id).is_not(None),
                    col(Address.value).is_(None),
                    col(Address.external_id).is_(None),
                ),
            ),
            col(LastInbound.last_inbound_at),
            col(Actor.country),
            label("account_country", col(Account.country)),
            *_what_became_of_sends(),
        )
        .select_from(Conversation)
        .join(Account, col(Account.id) == col(Conversation.account_id))
        .outerjoin(Connection, present_connection())
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(LastInbound, its_window())
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(Message, left_since(col(LastInbound.last_inbound_at), col(Connection.id)))
        .where(
            col(Conversation.account_id) == bindparam("account_id"),
            col(Conversation.id).in_(bindparam("ids", expanding=True)),
        )
        .group_by(
            col(Conversation.id),
            col(Account.id),
            col(Connection.id),
            col(Address.id),
            col(LastInbound.id),
            col(Actor.id),
        )
    )


def _what_became_of_sends() -> Iterable[ColumnElement[datetime | None]]:
    status, remedy = col(Message.status), col(Message.remedy)
    failed = status == DeliveryStatus.FAILED
    template = col(Message.kind) == MessageKind.TEMPLATE
    arrived = status.in_([DeliveryStatus.DELIVERED, DeliveryStatus.READ])
    return (
        _latest("undeliverable_at", and_(failed, remedy == Remedy.UNDELIVERABLE)),
        _latest("delivered_at", arrived),
        _latest("reengagement_at", and_(failed, remedy == Remedy.WINDOW_CLOSED)),
        _latest("template_at", and_(template, ~failed)),
    )


def _latest(name: str, holds: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    return label(name, func.max(case((holds, col(Message.queued_at))), type_=UtcDateTime()))


async def _phones(
    session: AsyncSession, account_id: int, actors: Collection[int]
) -> Mapping[int | None, _Phones]:
    """The phones of the actors who have not written yet; those of the others don't matter."""
    if not actors:
        return {}
    query = (
        sqlalchemy.select(
            col(ActorPhone.actor_id),
            col(ActorPhone.raw),
            col(ActorPhone.e164),
            col(ActorPhone.whatsapp),
        )
        .where(col(ActorPhone.account_id) == account_id, col(ActorPhone.actor_id).in_(actors))
        .order_by(col(ActorPhone.position), col(ActorPhone.id))
    )
    core = await session.connection()
    found: dict[int | None, _Phones] = {}
    for actor_id, raw, e164, chosen in await core.execute(query):
        found[actor_id] = (*found.get(actor_id, ()), PhoneOnFile(raw, e164, chosen))
    return found


def _in_want(actors: Collection[int], phones: Mapping[int | None, _Phones]) -> list[int]:
    """Those with a phone that may need the prefix of a country, or with none."""
    return [
        actor
        for actor in actors
        if not phones.get(actor) or any(phone.e164 is None for phone in phones[actor])
    ]


async def _countries_of_stays(
    session: AsyncSession, account_id: int, actors: Collection[int], now: datetime
) -> Mapping[int | None, str | None]:
    stays = await primary_stay(session, account_id, actors, now)
    return {actor: stay.home.country for actor, stay in stays.items()}


def _facts(row: Any, phones: _Phones, there: str | None, now: datetime) -> Facts:
    return Facts(
        now=now,
        channel=row.channel,
        connected=row.connection is not None,
        credentials_refused=row.connection is ConnectionState.CREDENTIALS_REFUSED,
        group=row.group_id is not None,
        erased=row.erased,
        blocked=row.blocked_at is not None,
        has_address=row.address_id is not None,
        phones=phones,
        own_number=row.display_address or None,
        countries=tuple(dict.fromkeys(filter(None, (row.country, there, row.account_country)))),
        last_inbound_at=row.last_inbound_at,
        undeliverable_at=_undeliverable_at(row),
        template_sent_at=row.template_at,
        reengagement_at=row.reengagement_at,
    )


def _undeliverable_at(row: Any) -> datetime | None:
    """Only while nothing sent later arrived: then the number is good after all."""
    at, delivered_at = row.undeliverable_at, row.delivered_at
    return None if at and delivered_at and delivered_at > at else at
