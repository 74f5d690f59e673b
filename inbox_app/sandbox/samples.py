"""Things to send from a phone besides text, as WhatsApp tells them to us."""

import secrets
from typing import NamedTuple

from inbox_app.sandbox.phones import Chat
from inbox_app.sandbox.wire import Json


class Sample(NamedTuple):
    """Meta's content of a message, and what the phone shows of it."""

    content: Json
    preview: str


def sample(kind: str, chat: Chat) -> Sample | None:
    """None for a kind that is not offered, or a reaction to nothing."""
    match kind:
        case "image":
            return Sample({"type": "image", "image": _photo()}, "📷")
        case "location":
            return Sample({"type": "location", "location": _PLACE}, f"📍 {_PLACE['name']}")
        case "poll":
            return Sample(_POLL, "📊 🏖️ / ⛰️ ?")
        case "reaction":
            return _reaction(chat)
        case _:
            return None


def _photo() -> Json:
    return {
        "id": str(secrets.randbelow(10**15) + 10**15),
        "mime_type": "image/jpeg",
        "sha256": "9MrvBaT29mDNOOcNIRcpXEIMCkyHeMWpLvDVLcdVXRg=",
        "caption": "",
    }


def _reaction(chat: Chat) -> Sample | None:
    theirs = [message for message in chat.messages if not message.mine]
    if not theirs:
        return None
    reaction = {"message_id": theirs[-1].id, "emoji": "👍"}
    return Sample({"type": "reaction", "reaction": reaction}, "👍")


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
            "code": 131051,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
    ],
}
