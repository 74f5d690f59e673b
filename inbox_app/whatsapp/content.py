"""What an inbound message says, by its type."""

from collections.abc import Callable
from dataclasses import dataclass

from inbox_app.domain.messages import MessageKind
from inbox_app.whatsapp import attachments
from inbox_app.whatsapp.events import ContactCard, Location, Media
from inbox_app.whatsapp.readable import readable, shown
from inbox_app.whatsapp.wire import Json, ident, is_mapping, items, mapping, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    kind: MessageKind
    text: str | None = None
    media: Media | None = None
    location: Location | None = None
    contacts: tuple[ContactCard, ...] = ()
    unsupported_type: str | None = None
    concerns: str | None = None
    known: bool = True
    """Whether we had seen this type before."""


def read(message: Json, type_raw: str) -> Content:
    """The content under the key `type_raw`; a type not known yet keeps what can be read of it."""
    reader = READERS.get(type_raw)
    if reader is not None:
        return reader(message, type_raw)
    return _unsupported(message, type_raw, known=False)


def type_of(message: Json) -> str:
    """The message's type, guessed from its keys when it is not given."""
    given = ident(message.get("type"))
    return given or next((name for name in READERS if name in message), "unknown")


def _text(message: Json, type_raw: str) -> Content:
    body = words(mapping(message.get("text")).get("body"))
    if body is None:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.TEXT, text=body)


def _media(kind: MessageKind) -> Callable[[Json, str], Content]:
    def reader(message: Json, type_raw: str) -> Content:
        payload = mapping(message.get(type_raw))
        return Content(
            kind=kind, text=words(payload.get("caption")), media=attachments.file(payload)
        )

    return reader


def _location(message: Json, type_raw: str) -> Content:
    payload = mapping(message.get("location"))
    place = attachments.place(payload)
    if place is None:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.LOCATION, location=place)


def _contacts(message: Json, _type_raw: str) -> Content:
    cards = attachments.cards(message.get("contacts"))
    return Content(kind=MessageKind.CONTACTS, contacts=cards)


def _button(message: Json, type_raw: str) -> Content:
    button = mapping(message.get("button"))
    label = words(button.get("text")) or words(button.get("payload"))
    return _pressed(label, message, type_raw)


def _interactive(message: Json, type_raw: str) -> Content:
    payload = mapping(message.get("interactive"))
    subtype = ident(payload.get("type")) or next(filter(payload.get, _SUBTYPES), type_raw)
    answer = mapping(payload.get(subtype))
    if subtype in {"button_reply", "list_reply"}:
        return _pressed(words(answer.get("title")) or ident(answer.get("id")), message, type_raw)
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=subtype, text=readable(answer))


def _pressed(label: str | None, message: Json, type_raw: str) -> Content:
    if label is None:
        return _unsupported(message, type_raw)
    return Content(kind=MessageKind.TEXT, text=label)


def _order(message: Json, type_raw: str) -> Content:
    order = mapping(message.get("order"))
    lines = [words(order.get("text"))]
    lines += [_order_line(item) for item in items(order.get("product_items")) if is_mapping(item)]
    text = "\n".join(filter(None, lines)) or None
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=type_raw, text=text)


def _order_line(item: Json) -> str:
    quantity = shown(item.get("quantity")) or "1"
    name = shown(item.get("product_retailer_id")) or "?"
    price, currency = shown(item.get("item_price")), ident(item.get("currency"))
    cost = " ".join(filter(None, [price, currency]))
    return f"{quantity} × {name} ({cost})" if cost else f"{quantity} × {name}"


def _reaction(message: Json, type_raw: str) -> Content:
    """Without an emoji it takes an earlier one back."""
    reaction = mapping(message.get("reaction"))
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        text=words(reaction.get("emoji")),
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
        text=content.text,
        media=content.media,
        concerns=ident(edit.get("original_message_id")),
    )


def _revoke(message: Json, type_raw: str) -> Content:
    original = ident(mapping(message.get("revoke")).get("original_message_id"))
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=type_raw, concerns=original)


def _system(message: Json, _type_raw: str) -> Content:
    body = words(mapping(message.get("system")).get("body"))
    return Content(kind=MessageKind.SYSTEM, text=body)


def _not_supported_by_meta(message: Json, type_raw: str) -> Content:
    inner = ident(mapping(message.get("unsupported")).get("type"))
    return Content(kind=MessageKind.UNSUPPORTED, unsupported_type=inner or type_raw)


def _unsupported(message: Json, type_raw: str, *, known: bool = True) -> Content:
    payload = mapping(message.get(type_raw))
    return Content(
        kind=MessageKind.UNSUPPORTED,
        unsupported_type=type_raw,
        text=readable(payload),
        media=attachments.file(payload) if "mime_type" in payload else None,
        known=known,
    )


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
    "request_welcome": _unsupported,
    "ephemeral": _unsupported,
}
"""`voice` and `ephemeral` are of the time before the Cloud API; `unknown` was `unsupported`."""
