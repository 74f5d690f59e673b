"""Writing down what came in, many messages at once, with all that follows from them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import DeliveryStatus, Direction, Origin
from inbox_app.domain.reply_window import effective_inbound_at
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import Conversation, LastInbound, Media, Message
from inbox_app.models.base import BigId, UtcDateTime
from inbox_app.services.away.answer_away import answer_away
from inbox_app.services.bulk import insert_new, run_many, upsert, write_all
from inbox_app.services.conversations.assign_by_rules import assign_by_rules
from inbox_app.services.intake.address_book import Person
from inbox_app.services.intake.history import SET_DOWN, latest_of_history
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.media_rows import media_rows
from inbox_app.services.intake.note_waiting import note_waiting
from inbox_app.services.intake.status_updates import ProviderKey
from inbox_app.services.notifications.note import note_messages
from inbox_app.services.search.index_messages import Said, index_messages
from inbox_app.services.webhooks.note_events import Note, note_events


async def write_messages(
    session: AsyncSession, items: Sequence[InboundItem], now: datetime
) -> dict[ProviderKey, int]:
    """The id of each message that was not there yet; everything else follows from these alone."""
    connection = await session.connection()
    rows = [_message(item, now) for item in items]
    written = await insert_new(connection, Message, rows, *_KEYS)
    ids: dict[ProviderKey, int] = {(row.connection_id, row.provider_id): row.id for row in written}
    new = [item for item in items if item.key in ids]
    await insert_new(connection, Media, list(media_rows(new, ids, now)), col(Media.id))
    said = [Said(ids[item.key], item.account_id, item.message.text) for item in new]
    await index_messages(connection, said)
    received = WebhookEventType.MESSAGE_RECEIVED
    await note_events(
        connection, [Note(i.account_id, received, ids[i.key]) for i in new if i.asks_for_attention]
    )
    await note_messages(connection, new, ids)
    await _note_last_inbound(connection, new)
    await run_many(
        connection, _ARRIVE, _by_conversation([i for i in new if not i.message.old], ids, now)
    )
    await assign_by_rules(session, await note_waiting(connection, new), now)
    await answer_away(session, new, ids, now)
    await run_many(connection, SET_DOWN, latest_of_history(new, ids))
    return ids


_KEYS = (col(Message.id), col(Message.connection_id), col(Message.provider_id))

_LAST, _LAST_AT = col(Conversation.last_message_id), col(Conversation.arrived_at)
_NEWEST = bindparam("newest", type_=BigId)
_NEWEST_AT = bindparam("newest_at", type_=UtcDateTime())
_IS_NEWEST = func.coalesce(_LAST, 0) < _NEWEST

_ARRIVE = (
    update(Conversation)
    .where(col(Conversation.id) == bindparam("conversation"))
    .values(
        # Something else may have been written meanwhile, with a higher id.
        last_message_id=case((_IS_NEWEST, _NEWEST), else_=_LAST),
        arrived_at=case((_IS_NEWEST, _NEWEST_AT), else_=_LAST_AT),
        unread=col(Conversation.unread) + bindparam("more"),
        archived_at=case((bindparam("more") == 0, col(Conversation.archived_at)), else_=None),
    )
)


def _message(item: InboundItem, now: datetime) -> dict[str, Any]:
    message, by_us = item.message, item.message.by_us
    sent_at = effective_inbound_at(message.sent_at, item.received_at).replace(microsecond=0)
    failure = message.failure
    return {
        "account_id": item.account_id,
        "conversation_id": item.conversation_id,
        "connection_id": item.connection_id,
        "provider_id": message.provider_id,
        "direction": Direction.OUT if by_us else Direction.IN,
        "kind": message.kind,
        "unsupported_type": message.unsupported_type,
        "text": message.text,
        "details": message.details,
        "reply_to": message.reply_to,
        "sender": message.participant,
        "concerns": message.concerns,
        "amends": message.amends,
        "awaits_file": message.awaits_file,
        "from_history": message.old,
        "status": (message.status or DeliveryStatus.SENT) if by_us else None,
        "status_at": sent_at if by_us else None,
        "error_code": failure and failure.code,
        "error_message": failure and failure.words,
        "remedy": failure and failure.remedy,
        "origin": Origin.APP if by_us else None,
        "sent_at": sent_at,
        "created_at": now,
    }


async def _note_last_inbound(connection: AsyncConnection, items: Sequence[InboundItem]) -> None:
    """A window runs from the newest message by the channel's time, in whatever order they come."""
    newest: dict[tuple[int, int], dict[str, Any]] = {}
    for item in items:
        person = item.partner
        if not isinstance(person, Person) or not item.message.opens_window:
            continue
        at = effective_inbound_at(item.message.sent_at, item.received_at)
        key = (item.connection_id, person.id)
        if key not in newest or newest[key]["last_inbound_at"] < at:
            newest[key] = {
                "account_id": item.account_id,
                "connection_id": item.connection_id,
                "address_id": person.id,
                "last_inbound_at": at,
            }
    statement = upsert(connection, LastInbound)
    given, there = statement.excluded.last_inbound_at, col(LastInbound.last_inbound_at)
    later = case((given > there, given), else_=there)
    keep_later = statement.on_conflict_do_update(
        index_elements=["connection_id", "address_id"], set_={"last_inbound_at": later}
    )
    await write_all(connection, keep_later, list(newest.values()), col(LastInbound.id))


def _by_conversation(
    items: Sequence[InboundItem], ids: dict[ProviderKey, int], now: datetime
) -> list[dict[str, Any]]:
    """A microsecond apart, so that the list keeps the order in which they came."""
    rows: dict[int, dict[str, Any]] = {}
    for index, item in enumerate(items):
        row = rows.setdefault(item.conversation_id, {"more": 0})
        row |= {
            "conversation": item.conversation_id,
            "newest": ids[item.key],
            "newest_at": now + timedelta(microseconds=index),
            "more": row["more"] + item.asks_for_attention,
        }
    return list(rows.values())
