"""What events say becomes conversations, messages and statuses; many events at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.events import InboundMessage, InboundStatus, WhatsAppUser
from inbox_app.models import Connection, ConnectionState
from inbox_app.services.bulk import run_many, select_in
from inbox_app.services.connecting.apply_account_changes import apply_account_changes
from inbox_app.services.intake.assign_conversations import assign, leave_out_known
from inbox_app.services.intake.delivery import apply_statuses, settle
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.parsed_webhook import (
    EventResult,
    ParsedWebhook,
    contents_of,
    numbers_of,
    result_of,
)
from inbox_app.services.intake.status_updates import StatusUpdate
from inbox_app.services.intake.write_messages import write_messages
from inbox_app.services.sending.react_to_error import react_to_error


@dataclass(slots=True)
class Received:
    """What became of some events: outcomes by event id, and what is now to be told to whom."""

    outcomes: dict[int, EventResult] = field(default_factory=dict[int, EventResult])
    changed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    """Accounts and their conversations."""
    accounts: set[int] = field(default_factory=set[int])
    """Those of which, or of whose number, something was told."""
    told: Counter[str] = field(default_factory=Counter[str])
    """What the events said, by sort."""


async def receive(session: AsyncSession, heard: Sequence[ParsedWebhook], now: datetime) -> Received:
    """Apply the events, in their order; what is known already changes nothing.

    Raises:
        RacedError: nothing is wrong, it is only to be done again.
    """
    connection = await session.connection()
    numbers = await _numbers(connection, heard)
    understood = Received()
    news = [
        *await _take_messages(session, list(_arrivals(heard, numbers)), understood, now),
        *await _take_statuses(session, heard, numbers, now),
    ]
    await _note_webhooks(connection, heard, numbers)
    applied = await apply_account_changes(session, heard)
    understood.accounts = applied.accounts
    understood.changed.update(
        (one.account_id, one.conversation_id) for one in news if one.conversation_id is not None
    )
    counts = applied.news + Counter(one.event_id for one in news)
    for one in heard:
        understood.outcomes[one.id] = result_of(one.event, numbers, counts[one.id])
        understood.told.update(contents_of(one.event))
    return understood


class _Number(NamedTuple):
    """A connected number."""

    account_id: int
    connection_id: int


_Numbers = Mapping[str, _Number]
"""By Meta's id; events are routed by this alone."""


class _News(NamedTuple):
    """An event said something that was not known, of a conversation or not yet of one."""

    event_id: int
    account_id: int
    conversation_id: int | None


async def _numbers(connection: AsyncConnection, heard: Sequence[ParsedWebhook]) -> _Numbers:
    query = select(
        col(Connection.id), col(Connection.account_id), col(Connection.phone_number_id)
    ).where(col(Connection.state) != ConnectionState.DISCONNECTED)
    wanted = {number for one in heard for number in numbers_of(one.event) if number is not None}
    rows = await select_in(connection, query, col(Connection.phone_number_id), wanted)
    return {row.phone_number_id: _Number(row.account_id, row.id) for row in rows}


def _arrivals(heard: Sequence[ParsedWebhook], numbers: _Numbers) -> Iterator[InboundItem]:
    """The messages of all events, in the order in which they came."""
    for one in heard:
        for message in one.event.messages:
            yield from _arrival(one, numbers, message, message.sender, by_us=False)
        for echo in one.event.echoes:
            yield from _arrival(one, numbers, echo.message, echo.recipient, by_us=True)


def _arrival(
    one: ParsedWebhook,
    numbers: _Numbers,
    message: InboundMessage,
    other: WhatsAppUser,
    *,
    by_us: bool,
) -> Iterator[InboundItem]:
    number_id = message.phone_number_id
    number = numbers.get(number_id or "")
    if number is not None and number_id is not None:
        yield InboundItem(
            event_id=one.id,
            account_id=number.account_id,
            connection_id=number.connection_id,
            phone_number_id=number_id,
            message=message,
            received_at=one.received_at,
            other=other,
            written_by_us=by_us,
        )


async def _take_messages(
    session: AsyncSession, arrivals: Sequence[InboundItem], understood: Received, now: datetime
) -> list[_News]:
    connection = await session.connection()
    fresh = await leave_out_known(connection, arrivals)
    if conflicts := await assign(connection, fresh, now):
        understood.told["ids of two people"] += conflicts
    ids = await write_messages(connection, fresh, now)
    await settle(session, {arrival.key for arrival in fresh if arrival.written_by_us}, now)
    return [
        _News(arrival.event_id, arrival.account_id, arrival.conversation_id)
        for arrival in fresh
        if arrival.key in ids
    ]


async def _take_statuses(
    session: AsyncSession, heard: Sequence[ParsedWebhook], numbers: _Numbers, now: datetime
) -> list[_News]:
    told = [
        (one.id, told)
        for one in heard
        for status in one.event.statuses
        if (told := _told(status, numbers)) is not None
    ]
    effects = await apply_statuses(session, [status for _, status in told], now)
    for (_, status), effect in zip(told, effects, strict=True):
        if effect.new and effect.conversation_id is not None and status.error_code is not None:
            code = status.error_code
            await react_to_error(session, status.account_id, effect.conversation_id, code, now)
    return [
        _News(event_id, status.account_id, effect.conversation_id)
        for (event_id, status), effect in zip(told, effects, strict=True)
        if effect.new
    ]


def _told(status: InboundStatus, numbers: _Numbers) -> StatusUpdate | None:
    number = numbers.get(status.phone_number_id or "")
    if number is None or status.status is None:
        return None
    error = status.error
    return StatusUpdate(
        account_id=number.account_id,
        connection_id=number.connection_id,
        provider_id=status.provider_id,
        status=status.status,
        at=status.at,
        ref=status.opaque,
        error_code=error and error.storable_code,
        error_message=error and error.sentence,
    )


async def _note_webhooks(
    connection: AsyncConnection, heard: Sequence[ParsedWebhook], numbers: _Numbers
) -> None:
    latest = {
        numbers[number].connection_id: one.received_at
        for one in heard
        for number in numbers_of(one.event)
        if number is not None and number in numbers
    }
    rows = [{"connection": id, "at": at} for id, at in latest.items()]
    await run_many(connection, _NOTE_WEBHOOK, rows)


_NOTE_WEBHOOK = (
    update(Connection)
    .where(
        col(Connection.id) == bindparam("connection"),
        func.coalesce(col(Connection.last_webhook_at), bindparam("at")) <= bindparam("at"),
    )
    .values(last_webhook_at=bindparam("at"))
)
