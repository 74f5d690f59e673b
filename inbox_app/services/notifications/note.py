"""Noting what people are to be told, in the transaction that did it (N1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.conversations import triage
from inbox_app.domain.notifications import NotificationKind
from inbox_app.models import Mention, Notification, NotifiedDevice
from inbox_app.services.bulk import insert_new
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.status_updates import ProviderKey

_TOLD_APART = 5


class Note(NamedTuple):
    """What happened; under the name ``once`` it is told once only."""

    account_id: int
    kind: NotificationKind
    conversation_id: int | None = None
    message_id: int | None = None
    once: str | None = None
    user_id: int | None = None
    """Who alone is told."""


async def note(connection: AsyncConnection, notes: Sequence[Note]) -> None:
    """Costs an account without a device that listens one look at an index."""
    listening = await _listening(connection, {each.account_id for each in notes})
    await _write(connection, [each for each in notes if each.account_id in listening])


async def note_messages(
    connection: AsyncConnection, items: Sequence[InboundItem], ids: dict[ProviderKey, int]
) -> None:
    """Of messages just written: what somebody said, not what they did to what was said."""
    asking = [
        item
        for item in items
        if item.asks_for_attention and triage.asks(item.message.kind, item.message.concerns)
    ]
    await note(connection, [_of_message(item, ids[item.key]) for item in asking])


async def note_unpaid(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """A message failed for want of a payment method; told once a day."""
    kind = NotificationKind.PAYMENT
    await note(connection, [Note(account_id, kind, once=f"{kind.value}/{now.date().isoformat()}")])


async def note_mentions(
    connection: AsyncConnection, note_id: int, mentions: Sequence[Mention]
) -> None:
    """Each person who is meant in an internal note."""
    kind = NotificationKind.MENTION
    notes = [
        Note(
            each.account_id,
            kind,
            each.conversation_id,
            note_id,
            f"{kind.value}/{note_id}/{each.user_id}",
            each.user_id,
        )
        for each in mentions
    ]
    await note(connection, notes)


async def note_assigned(
    connection: AsyncConnection, account_id: int, user_id: int, ids: Sequence[int]
) -> None:
    """A colleague gave them these conversations; of many at once they are told together."""
    kind = NotificationKind.ASSIGNED
    apart = ids if len(ids) <= _TOLD_APART else [None]
    await note(connection, [Note(account_id, kind, id_, user_id=user_id) for id_ in apart])


async def note_urgent(
    connection: AsyncConnection,
    items: Sequence[InboundItem],
    ids: Mapping[ProviderKey, int],
    people: Sequence[int],
) -> None:
    """Urgent words came out of hours: each who is on call hears of them, by mail where no device
    listens."""
    kind = NotificationKind.URGENT
    notes = [
        Note(
            item.account_id,
            kind,
            item.conversation_id,
            ids[item.key],
            f"{kind.value}/{ids[item.key]}/{person}",
            person,
        )
        for item in items
        for person in people
    ]
    await _write(connection, notes)


async def _write(connection: AsyncConnection, notes: Sequence[Note]) -> None:
    rows = [each._asdict() | {"settled": False} for each in notes]
    await insert_new(connection, Notification, rows, col(Notification.id))


def _of_message(item: InboundItem, message_id: int) -> Note:
    kind = NotificationKind.MESSAGE
    name = f"{kind.value}/{message_id}"
    return Note(item.account_id, kind, item.conversation_id, message_id, name)


async def _listening(connection: AsyncConnection, account_ids: set[int]) -> set[int]:
    if not account_ids:
        return set()
    query = (
        select(col(NotifiedDevice.account_id))
        .where(col(NotifiedDevice.account_id).in_(account_ids))
        .distinct()
    )
    return set((await connection.execute(query)).scalars())
