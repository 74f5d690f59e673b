"""What Meta posts, as the neutral values of ``channels.inbound``."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from inbox_app.channels import inbound as values
from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.channels.whatsapp.identity import change_of, contact_of
from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.channels.whatsapp.webhooks.events import (
    Broken,
    InboundMessage,
    InboundStatus,
    MetaError,
    ParsedWebhook,
    WhatsAppUser,
)
from inbox_app.domain.delivery.failures import Failure


def read(body: bytes) -> values.ParsedEvent:
    """One body whose signature holds. Whatever it is, nothing is raised."""
    return neutral(parser.parse(body))


def neutral(event: ParsedWebhook) -> values.ParsedEvent:
    """The same without Meta's words; what is neither message nor status stays as it came."""
    return values.ParsedEvent(
        problem=event.problem,
        broken=tuple(map(_broken, event.broken)),
        messages=[
            *(_message(message, message.sender, by_us=False) for message in event.messages),
            *(_message(echo.message, echo.recipient, by_us=True) for echo in event.echoes),
        ],
        statuses=list(map(_status, event.statuses)),
        notices=event.changes,
        account_errors=len(event.errors),
        contents=Counter(_contents(event)),
    )


def _message(message: InboundMessage, other: WhatsAppUser, *, by_us: bool) -> values.InboundMessage:
    sender = message.sender
    return values.InboundMessage(
        endpoint=message.phone_number_id,
        provider_id=message.provider_id,
        contact=contact_of(other),
        kind=message.kind,
        sent_at=message.sent_at,
        by_us=by_us,
        text=message.text,
        file=_file(message),
        details=_details(message),
        reply_to=message.context.reply_to,
        concerns=message.concerns,
        amends=message.amends,
        awaits_file=message.awaits_file,
        old=message.old,
        status=message.status,
        unsupported_type=message.unsupported_type,
        group_id=message.group_id,
        participant=(sender.wa_id or sender.user_id) if message.group_id else None,
        change=message.change and change_of(message.change),
        opens_window=message.counts_for_window and not by_us,
        failure=_lost(message) if message.file_lost else None,
    )


def _file(message: InboundMessage) -> values.InboundFile | None:
    media = message.media
    if media is None:
        return None
    return values.InboundFile(
        provider_id=media.id,
        mime_type=media.mime_type or "",
        filename=media.filename,
        sha256=media.sha256,
        voice=media.voice,
        animated=media.animated,
        lost=message.file_lost,
    )


def _lost(message: InboundMessage) -> Failure:
    why = next((error for error in message.errors if error.code is not None), None)
    told = _failure(why) if why else None
    words = told and told.words
    return Failure(
        remedy=remedy_of(told and told.code),
        code=told and told.code,
        words=words or "WhatsApp could not deliver the file.",
    )


def _details(message: InboundMessage) -> dict[str, Any] | None:
    details = {
        "location": message.location and asdict(message.location),
        "contacts": [asdict(card) for card in message.contacts],
        "system": message.change and {"type": message.change.type_raw},
        "order": asdict(message.order) if message.order and message.order.lines else None,
        "product": message.context.product and asdict(message.context.product),
        "ad": message.ad and asdict(message.ad),
        "forwarded": message.context.forwarded,
        "errors": [asdict(error) for error in message.errors],
    }
    return {name: value for name, value in details.items() if value} or None


def _status(status: InboundStatus) -> values.InboundStatus:
    return values.InboundStatus(
        endpoint=status.phone_number_id,
        provider_id=status.provider_id,
        status=status.status,
        at=status.at,
        ref=status.opaque,
        failure=_failure(status.error) if status.error else None,
        charge=status.charge,
    )


def _failure(error: MetaError) -> Failure:
    code = error.storable_code
    return Failure(remedy=remedy_of(code), code=code, words=error.sentence)


def _broken(broken: Broken) -> str:
    where = f"entry {broken.entry}, change {broken.change}, item {broken.item}"
    return f"{broken.error}: {where}"


def _contents(event: ParsedWebhook) -> Iterator[str]:
    """By sort, for counting."""
    if event.problem is not None:
        yield f"problem:{event.problem}"
    yield from (f"message:{message.kind}" for message in event.messages)
    yield from (f"status:{status.status or 'unknown'}" for status in event.statuses)
    yield from ("echo" for _ in event.echoes)
    yield from (f"field:{change.field}" for change in event.changes)
    yield from ("account error" for _ in event.errors)
    yield from ("broken" for _ in event.broken)
    yield from (f"new {what}" for what in event.unknown)
