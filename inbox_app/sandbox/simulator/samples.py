"""Things to send from a phone besides text, as WhatsApp tells them to us."""

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.media_store import KeptFile, new_sample
from inbox_app.sandbox.simulator.phones import Chat, PhoneFile
from inbox_app.sandbox.simulator.wire import Json


class Sample(NamedTuple):
    """Meta's content of a message, and what the phone shows of it."""

    content: Json
    preview: str = ""
    file: PhoneFile | None = None


def text(words: str) -> Sample:
    """Words alone."""
    return Sample({"type": "text", "text": {"body": words}}, words)


def sample(kind: str, chat: Chat) -> Sample | None:
    """None for a kind that is not offered, or one about a message where there is none."""
    if kind in _ABOUT_A_MESSAGE:
        return _ABOUT_A_MESSAGE[kind](chat)
    return fixed_sample(kind) if kind in _FIXED else None


def fixed_sample(kind: str) -> Sample:
    """A file, a location or a poll; raises KeyError for others."""
    return _FIXED[kind]()


def of_file(kept: KeptFile, kind: str, caption: str = "", **more: Any) -> Sample:
    """A file as Meta tells of it: by its id, with the digest in base64."""
    digest = base64.b64encode(bytes.fromhex(kept.sha256)).decode()
    told = {"id": kept.id, "mime_type": kept.mime_type, "sha256": digest} | more
    if caption:
        told["caption"] = caption
    shown = PhoneFile(
        id=kept.id, kind=kind, mime_type=kept.mime_type, name=more.get("filename", "")
    )
    return Sample({"type": kind, kind: told}, caption, shown)


def _file(name: str, kind: str, **more: Any) -> Callable[[], Sample]:
    return lambda: of_file(new_sample(name), kind, **more)


def _location() -> Sample:
    return Sample({"type": "location", "location": _PLACE}, f"📍 {_PLACE['name']}")


def _poll() -> Sample:
    return Sample(_POLL, "📊 🏖️ / ⛰️ ?")


def _reaction(chat: Chat) -> Sample | None:
    """To the business's last message; while it has not written, to their own."""
    theirs = [message for message in chat.messages if not message.mine]
    latest = (theirs or chat.messages)[-1:]
    if not latest:
        return None
    reaction = {"message_id": latest[0].id, "emoji": "👍"}
    return Sample({"type": "reaction", "reaction": reaction}, "👍")


def _edit(chat: Chat) -> Sample | None:
    """Of their last text."""
    texts = [message for message in chat.messages if message.mine and message.kind == "text"]
    if not texts:
        return None
    words = f"{texts[-1].text} ✏️"
    new = {"type": "text", "text": {"body": words}}
    edit = {"original_message_id": texts[-1].id, "message": new}
    return Sample({"type": "edit", "edit": edit}, words)


def _deletion(chat: Chat) -> Sample | None:
    """Of the last that they sent."""
    own = [message for message in chat.messages if message.mine and message.kind != "revoke"]
    if not own:
        return None
    return Sample({"type": "revoke", "revoke": {"original_message_id": own[-1].id}}, "🗑")


_ABOUT_A_MESSAGE = {"reaction": _reaction, "edit": _edit, "deletion": _deletion}
_FIXED = {
    "photo": _file("photo.jpg", "image"),
    "photo-upright": _file("photo-upright.jpg", "image"),
    "audio": _file("voice.ogg", "audio", voice=True),
    "video": _file("film.mp4", "video"),
    "gif": _file("gif.mp4", "video"),
    "document": _file("document.pdf", "document", filename="House rules.pdf"),
    "sticker": _file("sticker.webp", "sticker", animated=False),
    "sticker-animated": _file("sticker-animated.webp", "sticker", animated=True),
    "location": _location,
    "poll": _poll,
    "contact": lambda: Sample({"type": "contacts", "contacts": [_CARD]}, "👤 Nino Greco"),
    "order": lambda: Sample({"type": "order", "order": _ORDER}, "🧺 2 × colazione"),
}
_PLACE = {
    "latitude": 40.99583,
    "longitude": 17.21959,
    "name": "Lama Monachile",
    "address": "Polignano a Mare",
}
_CARD = {
    "name": {"formatted_name": "Nino Greco", "first_name": "Nino", "last_name": "Greco"},
    "phones": [{"phone": "+39 347 555 0177", "wa_id": "393475550177", "type": "CELL"}],
    "org": {"company": "Idraulica Greco"},
}
_ORDER = {
    "catalog_id": "200300400",
    "text": "Per domani alle 8",
    "product_items": [
        {
            "product_retailer_id": "colazione",
            "quantity": 2,
            "item_price": 12.5,
            "currency": "EUR",
        }
    ],
}
_POLL: Json = {
    "type": "unsupported",
    "unsupported": {"type": "poll_creation"},
    "errors": [
        {
            "code": Code.UNSUPPORTED_MESSAGE_TYPE,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
    ],
}
