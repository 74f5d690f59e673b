"""Things to send from a phone besides text, as WhatsApp tells them to us."""

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.media_store import KeptFile, new_sample
from inbox_app.sandbox.simulator.phones import Chat
from inbox_app.sandbox.simulator.wire import Json


class Sample(NamedTuple):
    """Meta's content of a message, and what the phone shows of it."""

    content: Json
    preview: str


def text(words: str) -> Sample:
    """Words alone."""
    return Sample({"type": "text", "text": {"body": words}}, words)


def sample(kind: str, chat: Chat) -> Sample | None:
    """None for a kind that is not offered, or a reaction to nothing."""
    if kind == "reaction":
        return _reaction(chat)
    return fixed_sample(kind) if kind in _FIXED else None


def fixed_sample(kind: str) -> Sample:
    """A file, a location or a poll; raises KeyError for others."""
    return _FIXED[kind]()


def of_file(kept: KeptFile, kind: str, preview: str, **more: Any) -> Sample:
    """A file as Meta tells of it: by its id, with the digest in base64."""
    digest = base64.b64encode(bytes.fromhex(kept.sha256)).decode()
    told = {"id": kept.id, "mime_type": kept.mime_type, "sha256": digest} | more
    return Sample({"type": kind, kind: told}, preview)


def _file(name: str, kind: str, preview: str, **more: Any) -> Callable[[], Sample]:
    return lambda: of_file(new_sample(name), kind, preview, **more)


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


_FIXED = {
    "photo": _file("photo.jpg", "image", "📷"),
    "photo-upright": _file("photo-upright.jpg", "image", "📷"),
    "audio": _file("voice.ogg", "audio", "🎤 0:06", voice=True),
    "video": _file("film.mp4", "video", "🎬 0:04"),
    "gif": _file("gif.mp4", "video", "GIF"),
    "document": _file("document.pdf", "document", "📄 House rules.pdf", filename="House rules.pdf"),
    "sticker": _file("sticker.webp", "sticker", "😎", animated=False),
    "sticker-animated": _file("sticker-animated.webp", "sticker", "😎", animated=True),
    "location": _location,
    "poll": _poll,
}
_PLACE = {
    "latitude": 40.99583,
    "longitude": 17.21959,
    "name": "Lama Monachile",
    "address": "Polignano a Mare",
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
