"""Things to send from a phone besides text, as WhatsApp tells them to us."""

import secrets
from typing import NamedTuple

from inbox_app.channels.whatsapp.error_codes import Code
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
    """Photo, audio, location or poll; raises KeyError for others."""
    return _FIXED[kind]()


def _photo() -> Sample:
    image = {"id": _media_id(), "mime_type": "image/jpeg", "sha256": _SHA256}
    return Sample({"type": "image", "image": image}, "📷")


def _audio() -> Sample:
    mime_type = "audio/ogg; codecs=opus"
    audio = {"id": _media_id(), "mime_type": mime_type, "sha256": _SHA256, "voice": True}
    return Sample({"type": "audio", "audio": audio}, "🎤 0:12")


def _location() -> Sample:
    return Sample({"type": "location", "location": _PLACE}, f"📍 {_PLACE['name']}")


def _poll() -> Sample:
    return Sample(_POLL, "📊 🏖️ / ⛰️ ?")


def _media_id() -> str:
    return str(secrets.randbelow(10**15) + 10**15)


def _reaction(chat: Chat) -> Sample | None:
    """To the business's last message; while it has not written, to their own."""
    theirs = [message for message in chat.messages if not message.mine]
    latest = (theirs or chat.messages)[-1:]
    if not latest:
        return None
    reaction = {"message_id": latest[0].id, "emoji": "👍"}
    return Sample({"type": "reaction", "reaction": reaction}, "👍")


_FIXED = {"photo": _photo, "audio": _audio, "location": _location, "poll": _poll}
_SHA256 = "9MrvBaT29mDNOOcNIRcpXEIMCkyHeMWpLvDVLcdVXRg="
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
