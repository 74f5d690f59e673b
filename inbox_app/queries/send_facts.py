"""What the decision on sending rests on, for any number of conversations at once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlmodel
from sqlalchemy import ColumnElement, RowMapping, and_, case, func, label, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.sending_facts import Facts, PhoneOnFile
from inbox_app.models import (
    Account,
    Actor,
    ActorPhone,
    Address,
    Connection,
    ConnectionState,
    Conversation,
    CustomerWindow,
    Message,
)
from inbox_app.models.base import UtcDateTime
from inbox_app.queries.stay import StayThere, shown_first

UNDELIVERABLE = 131026
REENGAGEMENT = 131047


async def load_facts(
    session: AsyncSession, account_id: int, conversation_ids: Collection[int], now: datetime
) -> dict[int, Facts]:
    """The facts by conversation id, in at most five queries; other accounts' ids are left out."""
    if not conversation_ids:
        return {}
    connection = await active_connection(session, account_id)
    rows = await _conversations(session, account_id, conversation_ids, connection)
    sent = await _sent(session, account_id, conversation_ids, connection)
    actors = {row["actor_id"] for row in rows if row["address_id"] is None} - {None}
    phones = await _phones(session, account_id, actors)
    stays = await shown_first(session, account_id, _in_want(phones, actors), now)
    return {
        row["id"]: _facts(
            row,
            connection,
            sent.get(row["id"]),
            phones.get(row["actor_id"], ()),
            stays.get(row["actor_id"]),
            now,
        )
        for row in rows
    }


async def active_connection(session: AsyncSession, account_id: int) -> Connection | None:
    """The one that is not disconnected; the database allows no second."""
    query = sqlmodel.select(Connection).where(
        col(Connection.account_id) == account_id,
        col(Connection.state) != ConnectionState.DISCONNECTED,
    )
    return (await session.exec(query)).one_or_none()


class _Sent(NamedTuple):
    """What became of what was sent since the last inbound message."""

    undeliverable_at: datetime | None
    delivered_at: datetime | None
    reengagement_at: datetime | None
    template_at: datetime | None


async def _conversations(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    connection: Connection | None,
) -> list[RowMapping]:
    query = (
        select(
            col(Conversation.id),
            col(Conversation.address_id),
            col(Conversation.group_id),
            col(Conversation.actor_id),
            col(Address.blocked_at),
            col(CustomerWindow.last_inbound_at),
            col(Actor.country),
            label("account_country", col(Account.country)),
        )
        .join(Account, col(Account.id) == col(Conversation.account_id))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(CustomerWindow, _is_window_of(connection))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id).in_(ids))
    )
    core = await session.connection()
    return list((await core.execute(query)).mappings())


async def _sent(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    connection: Connection | None,
) -> Mapping[int, _Sent]:
    """Reads only what left by this connection since the last inbound message, to the address of
    now: nothing older, nor from or to another number, matters."""
    failed = col(Message.status) == DeliveryStatus.FAILED
    arrived = col(Message.status).in_([DeliveryStatus.DELIVERED, DeliveryStatus.READ])
    template = and_(
        col(Message.kind) == MessageKind.TEMPLATE, col(Message.status) != DeliveryStatus.FAILED
    )
    query = (
        select(
            col(Message.conversation_id),
            _latest(and_(failed, col(Message.error_code) == UNDELIVERABLE)),
            _latest(arrived),
            _latest(and_(failed, col(Message.error_code) == REENGAGEMENT)),
            _latest(template),
        )
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .outerjoin(CustomerWindow, _is_window_of(connection))
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id).in_(ids),
            col(Message.connection_id) == (connection.id if connection else None),
            col(Message.direction) == Direction.OUT,
            or_(
                col(CustomerWindow.last_inbound_at).is_(None),
                col(Message.queued_at) >= col(CustomerWindow.last_inbound_at),
            ),
            or_(
                col(Conversation.address_since).is_(None),
                col(Message.queued_at) >= col(Conversation.address_since),
            ),
        )
        .group_by(col(Message.conversation_id))
    )
    core = await session.connection()
    return {row[0]: _Sent(*row[1:]) for row in await core.execute(query)}


async def _phones(
    session: AsyncSession, account_id: int, actors: Collection[int]
) -> Mapping[int | None, tuple[PhoneOnFile, ...]]:
    """The phones of the actors who have not written yet; those of the others don't matter."""
    if not actors:
        return {}
    query = (
        select(
            col(ActorPhone.actor_id),
            col(ActorPhone.raw),
            col(ActorPhone.e164),
            col(ActorPhone.whatsapp),
        )
        .where(col(ActorPhone.account_id) == account_id, col(ActorPhone.actor_id).in_(actors))
        .order_by(col(ActorPhone.position), col(ActorPhone.id))
    )
    core = await session.connection()
    found: dict[int | None, tuple[PhoneOnFile, ...]] = {}
    for actor_id, raw, e164, chosen in await core.execute(query):
        found[actor_id] = (*found.get(actor_id, ()), PhoneOnFile(raw, e164, chosen))
    return found


def _in_want(
    phones: Mapping[int | None, tuple[PhoneOnFile, ...]], actors: Collection[int]
) -> list[int]:
    """Those with a phone that may need the prefix of a country, or with none."""
    return [
        actor
        for actor in actors
        if not phones.get(actor) or any(phone.e164 is None for phone in phones[actor])
    ]


def _facts(
    row: RowMapping,
    connection: Connection | None,
    sent: _Sent | None,
    phones: tuple[PhoneOnFile, ...],
    stay: StayThere | None,
    now: datetime,
) -> Facts:
    there = stay.home.country if stay else None
    countries = (row["country"], there, row["account_country"])
    refused = connection and connection.state is ConnectionState.CREDENTIALS_REFUSED
    return Facts(
        now=now,
        connected=connection is not None,
        credentials_refused=bool(refused),
        group=row["group_id"] is not None,
        blocked=row["blocked_at"] is not None,
        has_address=row["address_id"] is not None,
        phones=phones,
        own_number=(connection and connection.display_phone_number) or None,
        countries=tuple(dict.fromkeys(filter(None, countries))),
        last_inbound_at=row["last_inbound_at"],
        undeliverable_at=_undeliverable_at(sent),
        template_sent_at=sent.template_at if sent else None,
        reengagement_at=sent.reengagement_at if sent else None,
    )


def _undeliverable_at(sent: _Sent | None) -> datetime | None:
    """Only while nothing sent later arrived: then the number is good after all."""
    if sent is None or sent.undeliverable_at is None:
        return None
    proved_good = sent.delivered_at is not None and sent.delivered_at > sent.undeliverable_at
    return None if proved_good else sent.undeliverable_at


def _is_window_of(connection: Connection | None) -> ColumnElement[bool]:
    """The window belongs to the pair: after a change of number every window is new."""
    return and_(
        col(CustomerWindow.address_id) == col(Conversation.address_id),
        col(CustomerWindow.phone_number_id) == (connection.phone_number_id if connection else None),
    )


def _latest(holds: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    return func.max(case((holds, col(Message.queued_at))), type_=UtcDateTime())
