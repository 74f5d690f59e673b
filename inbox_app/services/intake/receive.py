"""What events say becomes conversations, messages and statuses; many events at once (M1)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import InboundStatus
from inbox_app.models import Connection, ConnectionState
from inbox_app.services.bulk import run_many, select_in
from inbox_app.services.channel_services import services_of
from inbox_app.services.intake.assign_conversations import assign, leave_out_known
from inbox_app.services.intake.delivery import apply_statuses, settle
from inbox_app.services.intake.event_result import (
    EventResult,
    EventToApply,
    endpoints_of,
    result_of,
)
from inbox_app.services.intake.history import fill_in
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.status_updates import StatusUpdate
from inbox_app.services.intake.write_messages import write_messages


@dataclass(slots=True)
class Received:
    """What became of some events: results by event id, and what is now to be told to whom."""

    results: dict[int, EventResult] = field(default_factory=dict[int, EventResult])
    changed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    """Accounts and their conversations."""
    accounts: set[int] = field(default_factory=set[int])
    """Those of which, or of whose connection, something was told."""
    told: Counter[str] = field(default_factory=Counter[str])
    """What the events said, by sort."""


async def receive(session: AsyncSession, events: Sequence[EventToApply], now: datetime) -> Received:
    """Apply the events, in their order; what is known already changes nothing.

    Raises:
        RacedError: nothing is wrong, it is only to be done again.
    """
    connection = await session.connection()
    endpoints = await _endpoints(connection, events)
    received = Received()
    news = [
        *await _take_messages(session, list(_items(events, endpoints)), received, now),
        *await _take_statuses(session, events, endpoints, now),
    ]
    await _note_events(connection, events, endpoints)
    counts = Counter(one.event_id for one in news)
    for channel, of_channel in _by_channel(events).items():
        applied = await services_of(channel).apply_notices(session, of_channel)
        received.accounts |= applied.accounts
        counts += applied.news
    received.changed.update(
        (one.account_id, one.conversation_id) for one in news if one.conversation_id is not None
    )
    for one in events:
        theirs = _Ends(one.channel, endpoints)
        received.results[one.id] = result_of(one.event, theirs, counts[one.id])
        received.told.update(one.event.contents)
    return received


class _Connected(NamedTuple):
    account_id: int
    connection_id: int


_Endpoints = Mapping[tuple[str, str], _Connected]
"""By channel and its id of our end; events are routed by these alone."""


class _Ends(NamedTuple):
    """Our ends of one channel."""

    channel: str
    endpoints: _Endpoints

    def __contains__(self, external_id: object) -> bool:
        return (self.channel, external_id) in self.endpoints


class _News(NamedTuple):
    """An event said something that was not known, of a conversation or not yet of one."""

    event_id: int
    account_id: int
    conversation_id: int | None


def _by_channel(events: Sequence[EventToApply]) -> Mapping[str, list[EventToApply]]:
    found: dict[str, list[EventToApply]] = defaultdict(list)
    for one in events:
        found[one.channel].append(one)
    return found


async def _endpoints(connection: AsyncConnection, events: Sequence[EventToApply]) -> _Endpoints:
    query = select(
        col(Connection.id),
        col(Connection.account_id),
        col(Connection.channel),
        col(Connection.external_id),
    ).where(col(Connection.state) != ConnectionState.DISCONNECTED)
    wanted = {end for one in events for end in endpoints_of(one.event) if end is not None}
    rows = await select_in(connection, query, col(Connection.external_id), wanted)
    return {(row.channel, row.external_id): _Connected(row.account_id, row.id) for row in rows}


def _items(events: Sequence[EventToApply], endpoints: _Endpoints) -> Iterator[InboundItem]:
    """The messages of all events, in the order in which they came."""
    for one in events:
        for message in one.event.messages:
            connected = endpoints.get((one.channel, message.endpoint or ""))
            if connected is not None:
                yield InboundItem(
                    event_id=one.id,
                    account_id=connected.account_id,
                    connection_id=connected.connection_id,
                    channel=one.channel,
                    message=message,
                    received_at=one.received_at,
                )


async def _take_messages(
    session: AsyncSession, items: Sequence[InboundItem], received: Received, now: datetime
) -> list[_News]:
    connection = await session.connection()
    fresh = await leave_out_known(connection, items)
    if conflicts := await assign(connection, fresh, now):
        received.told["ids of two people"] += conflicts
    ids = await write_messages(session, fresh, now)
    filled = await fill_in(connection, items, now)
    await settle(session, {item.key for item in fresh if item.message.by_us}, now)
    return [
        _News(item.event_id, item.account_id, item.conversation_id)
        for item in (*(item for item in fresh if item.key in ids), *filled)
    ]


async def _take_statuses(
    session: AsyncSession, events: Sequence[EventToApply], endpoints: _Endpoints, now: datetime
) -> list[_News]:
    told = [
        (one, update)
        for one in events
        for status in one.event.statuses
        if (update := _status_update(one.channel, status, endpoints)) is not None
    ]
    effects = await apply_statuses(session, [update for _, update in told], now)
    for (one, update), effect in zip(told, effects, strict=True):
        if effect.new and effect.conversation_id is not None and update.failure is not None:
            await services_of(one.channel).react_to_failure(
                session, update.account_id, effect.conversation_id, update.failure, now
            )
    return [
        _News(one.id, update.account_id, effect.conversation_id)
        for (one, update), effect in zip(told, effects, strict=True)
        if effect.new
    ]


def _status_update(
    channel: str, status: InboundStatus, endpoints: _Endpoints
) -> StatusUpdate | None:
    connected = endpoints.get((channel, status.endpoint or ""))
    if connected is None or status.status is None:
        return None
    return StatusUpdate(
        account_id=connected.account_id,
        connection_id=connected.connection_id,
        provider_id=status.provider_id,
        status=status.status,
        at=status.at,
        ref=status.ref,
        failure=status.failure,
        charge=status.charge,
    )


async def _note_events(
    connection: AsyncConnection, events: Sequence[EventToApply], endpoints: _Endpoints
) -> None:
    latest = {
        connected.connection_id: one.received_at
        for one in events
        for endpoint in endpoints_of(one.event)
        if (connected := endpoints.get((one.channel, endpoint or ""))) is not None
    }
    rows = [{"connection": id, "at": at} for id, at in latest.items()]
    await run_many(connection, _NOTE_EVENT, rows)


_NOTE_EVENT = (
    update(Connection)
    .where(
        col(Connection.id) == bindparam("connection"),
        func.coalesce(col(Connection.last_event_at), bindparam("at")) <= bindparam("at"),
    )
    .values(last_event_at=bindparam("at"))
)
