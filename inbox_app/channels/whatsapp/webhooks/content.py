"""What an inbound message says, by its type (M3, M4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items, mapping
from inbox_app.channels.whatsapp.webhooks import attachments
from inbox_app.channels.whatsapp.webhooks.events import (
    ContactCard,
    Location,
    Media,
    Order,
    OrderLine,
)
from inbox_app.channels.whatsapp.webhooks.readable import plain, readable, shown
from inbox_app.domain.messages import Amendment, MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    kind: MessageKind
    text: str | None = None
    media: Media | None = None
    location: Location | None = None
    contacts: tuple[ContactCard, ...] = ()
    unsupported_type: str | None = None
    concerns: str | None = None
    amends: Amendment | None = None
    awaits_file: bool = False
    order: Order | None = None
    known: bool = True
    """Whether we had seen this type before."""


def read(message: Json, type_raw: str) -> Content:
    """The content under the key `type_raw`; a type not known yet keeps what can be read of it."""
    reader = READERS.get(type_raw)
    if reader is not None:
        return reader(message, type_raw)
    return _unsupported(message, type_raw, known=False)


def type_of(message: Json) -> str:
    """The message's type: what its keys say, where nothing stands under the one that is given."""
    given = ident(message.get("type"))
    if given is not None and message.get(given):
        return given
    new = (key for key in message if key not in _BESIDE and is_mapping(message[key]))
    found = next((name for name in READERS if message.get(name)), None)
    return found or next(new, None) or given or "unknown"


def _text(message: Json, type_raw: str) -> Content:
    """One in which nothing can be seen is a text all the same."""
    payload = mapping(message.get("text"))
    text = plain(payload.get("body")) if payload else readable(message.get("text"))
    if text is None and not isinstance(payload.get("body"), str):
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.TEXT, text=text)


def _media(kind: MessageKind) -> Callable[[Json, str], Content]:
    def reader(message: Json, type_raw: str) -> Content:
        payload = message.get(type_raw)
        told = mapping(payload)
        caption = plain(told.get("caption")) if told else readable(payload)
        return Content(kind=kind, text=caption, media=attachments.file(told))

    return reader


def _location(message: Json, type_raw: str) -> Content:
    payload = mapping(message.get("location"))
    place = attachments.place(payload)
    if place is None:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.LOCATION, location=place)


def _contacts(message: Json, type_raw: str) -> Content:
    cards = attachments.cards(message.get("contacts"))
    if not cards:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.CONTACTS, contacts=cards)


def _button(message: Json, type_raw: str) -> Content:
    button = mapping(message.get("button"))
    label = plain(button.get("text")) or plain(button.get("payload"))
    return _pressed(label, message, type_raw)


def _interactive(message: Json, type_raw: str) -> Content:
    payload = mapping(message.get("interactive"))
    given = ident(payload.get("type"))
    there = given if payload.get(given or "") else next(filter(payload.get, _SUBTYPES), None)
    subtype = there or given or type_raw
    answer = payload.get(subtype)
    if subtype in {"button_reply", "list_reply"}:
        return _pressed(_choice(answer), message, type_raw)
    text = readable(mapping(answer) or answer) or readable(message.get("interactive"))
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=subtype, text=text)


def _choice(answer: Any) -> str | None:
    """With what a list tells of the choice in small print."""
    told = mapping(answer)
    if not told:
        return plain(answer)
    label = plain(told.get("title")) or ident(told.get("id"))
    return "\n".join(filter(None, (label, plain(told.get("description"))))) or None


def _pressed(label: str | None, message: Json, type_raw: str) -> Content:
    if label is None:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.TEXT, text=label)


def _order(message: Json, type_raw: str) -> Content:
    told = mapping(message.get("order"))
    lines = filter(None, map(_order_line, items(told.get("product_items"))))
    order = Order(
        text=plain(told.get("text")) if told else readable(message.get("order")),
        lines=tuple(lines),
    )
    kind = MessageKind.UNSUPPORTED
    return Content(kind=kind, unsupported_type=type_raw, text=order.words, order=order)


def _order_line(item: Any) -> OrderLine | None:
    if not is_mapping(item):
        return OrderLine(name=name) if (name := plain(item)) else None
    return OrderLine(
        name=shown(item.get("product_retailer_id")) or "?",
        quantity=shown(item.get("quantity")) or "1",
        price=shown(item.get("item_price")),
        currency=ident(item.get("currency")),
    )


def _reaction(message: Json, type_raw: str) -> Content:
    """Without an emoji it takes an earlier one back."""
    reaction = mapping(message.get("reaction"))
    emoji = plain(reaction.get("emoji")) if reaction else plain(message.get("reaction"))
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        text=emoji,
        concerns=ident(reaction.get("message_id")),
    )


def _edit(message: Json, type_raw: str) -> Content:
    """The new content, whole, as Meta sends it for numbers that also live in the phone app."""
    edit = mapping(message.get("edit"))
    new = mapping(edit.get("message"))
    content = read(new, type_of(new)) if type_of(new) != type_raw else _unsupported(new, type_raw)
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        text=content.text if new else readable(edit.get("message") or message.get("edit")),
        media=content.media,
        concerns=ident(edit.get("original_message_id")),
        amends=Amendment.EDIT,
    )


def _revoke(message: Json, type_raw: str) -> Content:
    original = ident(mapping(message.get("revoke")).get("original_message_id"))
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        concerns=original,
        amends=Amendment.DELETION,
    )


def _system(message: Json, _type_raw: str) -> Content:
    system = message.get("system")
    return Content(kind=MessageKind.SYSTEM, text=readable(mapping(system) or system))


def _not_supported_by_meta(message: Json, type_raw: str) -> Content:
    inner = ident(mapping(message.get("unsupported")).get("type"))
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=inner or type_raw)


def _file_to_come(_message: Json, type_raw: str) -> Content:
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=type_raw, awaits_file=True)


def _unsupported(message: Json, type_raw: str, *, known: bool = True) -> Content:
    raw = message.get(type_raw)
    payload = mapping(raw)
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        text=readable(payload or raw),
        media=attachments.file(payload) if "mime_type" in payload else None,
        known=known,
    )


_BESIDE = frozenset({"type", "context", "referral", "identity", "errors", "history_context"})
_SUBTYPES = ("button_reply", "list_reply", "nfm_reply")


READERS: dict[str, Callable[[Json, str], Content]] = {
    "text": _text,
    "image": _media(MessageKind.IMAGE),
    "video": _media(MessageKind.VIDEO),
    "audio": _media(MessageKind.AUDIO),
    "voice": _media(MessageKind.AUDIO),
    "document": _media(MessageKind.DOCUMENT),
    "sticker": _media(MessageKind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
    "unsupported": _not_supported_by_meta,
    "unknown": _not_supported_by_meta,
    "media_placeholder": _file_to_come,
    "request_welcome": _unsupported,
    "ephemeral": _unsupported,
}
"""`voice` and `ephemeral` are of the time before the Cloud API; `unknown` was `unsupported`."""
