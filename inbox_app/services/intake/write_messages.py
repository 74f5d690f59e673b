"""Writing down what came in, many messages at once, with all that follows from them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.channels.whatsapp.webhooks.events import InboundMessage
from inbox_app.domain import window
from inbox_app.domain.messages import DeliveryStatus, Direction, Origin
from inbox_app.models import Conversation, CustomerWindow, Media, MediaState, Message
from inbox_app.models.base import BigId, UtcDateTime
from inbox_app.services.bulk import insert_new, run_many, upsert, write_all
from inbox_app.services.intake.address_book import Person
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.status_updates import ProviderKey


async def write_messages(
    connection: AsyncConnection, arrivals: Sequence[InboundItem], now: datetime
) -> dict[ProviderKey, int]:
    """The id of each message that was not there yet; everything else follows from these alone."""
    rows = [_message(arrival, now) for arrival in arrivals]
    written = await insert_new(connection, Message, rows, *_KEYS)
    ids: dict[ProviderKey, int] = {(row.connection_id, row.provider_id): row.id for row in written}
    new = [arrival for arrival in arrivals if arrival.key in ids]
    await insert_new(connection, Media, list(_media(new, ids, now)), col(Media.id))
    await _open_windows(connection, new)
    await run_many(connection, _ARRIVE, _arrivals_by_conversation(new, ids, now))
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


def _message(arrival: InboundItem, now: datetime) -> dict[str, Any]:
    message, by_us = arrival.message, arrival.written_by_us
    sent_at = window.effective_inbound_at(message.sent_at, arrival.received_at)
    sent_at = sent_at.replace(microsecond=0)
    return {
        "account_id": arrival.account_id,
        "conversation_id": arrival.conversation_id,
        "connection_id": arrival.connection_id,
        "provider_id": message.provider_id,
        "direction": Direction.OUT if by_us else Direction.IN,
        "kind": message.kind,
        "unsupported_type": message.unsupported_type,
        "text": message.text,
        "details": _details(message),
        "reply_to": message.context.reply_to,
        "sender": _participant(message) if message.group_id else None,
        "status": DeliveryStatus.SENT if by_us else None,
        "status_at": sent_at if by_us else None,
        **_lost_file(message),
        "origin": Origin.APP if by_us else None,
        "sent_at": sent_at,
        "created_at": now,
    }


def _lost_file(message: InboundMessage) -> dict[str, Any]:
    if not message.file_lost:
        return {"error_code": None, "error_message": None}
    why = next((error for error in message.errors if error.code is not None), None)
    return {
        "error_code": why and why.storable_code,
        "error_message": (why and why.sentence) or "WhatsApp could not deliver the file.",
    }


def _details(message: InboundMessage) -> dict[str, Any] | None:
    details = {
        "location": message.location and asdict(message.location),
        "contacts": [asdict(card) for card in message.contacts],
        "system": message.change and {"type": message.change.type_raw},
        "concerns": message.concerns,
        "product": message.context.product and asdict(message.context.product),
        "ad": message.ad and asdict(message.ad),
        "forwarded": message.context.forwarded,
        "errors": [asdict(error) for error in message.errors],
    }
    return {name: value for name, value in details.items() if value} or None


def _participant(message: InboundMessage) -> str | None:
    return message.sender.wa_id or message.sender.user_id


def _media(
    arrivals: Sequence[InboundItem], ids: dict[ProviderKey, int], now: datetime
) -> Iterable[dict[str, Any]]:
    for arrival in arrivals:
        file = arrival.message.media
        if file is not None:
            yield {
                "account_id": arrival.account_id,
                "message_id": ids[arrival.key],
                "provider_media_id": file.id,
                "mime_type": file.mime_type or "",
                "filename": file.filename,
                "sha256": file.sha256,
                "voice": file.voice,
                "animated": file.animated,
                "state": MediaState.FAILED if arrival.message.file_lost else MediaState.PENDING,
                "created_at": now,
            }


async def _open_windows(connection: AsyncConnection, arrivals: Sequence[InboundItem]) -> None:
    """The window runs from the newest message by Meta's time, in whatever order they come."""
    newest: dict[tuple[str, int], dict[str, Any]] = {}
    for arrival in arrivals:
        person = arrival.partner
        if not isinstance(person, Person) or not _opens_window(arrival):
            continue
        at = window.effective_inbound_at(arrival.message.sent_at, arrival.received_at)
        key = (arrival.phone_number_id, person.id)
        if key not in newest or newest[key]["last_inbound_at"] < at:
            newest[key] = {
                "account_id": arrival.account_id,
                "phone_number_id": arrival.phone_number_id,
                "address_id": person.id,
                "last_inbound_at": at,
            }
    statement = upsert(connection, CustomerWindow)
    given, there = statement.excluded.last_inbound_at, col(CustomerWindow.last_inbound_at)
    later = case((given > there, given), else_=there)
    keep_later = statement.on_conflict_do_update(
        index_elements=["phone_number_id", "address_id"], set_={"last_inbound_at": later}
    )
    await write_all(connection, keep_later, list(newest.values()), col(CustomerWindow.id))


def _opens_window(arrival: InboundItem) -> bool:
    return not arrival.written_by_us and arrival.message.counts_for_window


def _arrivals_by_conversation(
    arrivals: Sequence[InboundItem], ids: dict[ProviderKey, int], now: datetime
) -> list[dict[str, Any]]:
    """A microsecond apart, so that the list keeps the order in which they came."""
    rows: dict[int, dict[str, Any]] = {}
    for index, arrival in enumerate(arrivals):
        row = rows.setdefault(arrival.conversation_id, {"more": 0})
        row |= {
            "conversation": arrival.conversation_id,
            "newest": ids[arrival.key],
            "newest_at": now + timedelta(microseconds=index),
            "more": row["more"] + arrival.asks_for_attention,
        }
    return list(rows.values())
