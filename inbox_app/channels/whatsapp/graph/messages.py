"""The JSON that goes out, and what Meta answers to it."""

from dataclasses import dataclass
from typing import Any

from inbox_app.channels.whatsapp.json_values import Json, ident, items, mapping
from inbox_app.channels.whatsapp.webhooks.users import phone_and_id

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendResult:
    """A message that Meta took; whether it arrives is for the statuses to say."""

    provider_id: str
    wa_id: str | None = None
    """WhatsApp's own spelling of the number, which may differ from the one we dialled."""
    user_id: str | None = None
    held: bool = False
    """Meta paces templates: it may still be sent, or fail."""


def text(
    body: str,
    *,
    wa_id: str | None = None,
    user_id: str | None = None,
    opaque: str | None = None,
    preview_url: bool = True,
) -> Payload:
    """A text to the exact number or business-scoped id that wrote to us; the number wins.

    `opaque` comes back with every status of the message.
    """
    content = {"type": "text", "text": {"body": body, "preview_url": preview_url}}
    return _envelope(wa_id, user_id, opaque) | content


def image(
    media_id: str,
    caption: str,
    *,
    wa_id: str | None = None,
    user_id: str | None = None,
    opaque: str | None = None,
) -> Payload:
    """An uploaded photo."""
    shown = {"id": media_id} | ({"caption": caption} if caption else {})
    return _envelope(wa_id, user_id, opaque) | {"type": "image", "image": shown}


def document(
    media_id: str,
    filename: str,
    caption: str,
    *,
    wa_id: str | None = None,
    user_id: str | None = None,
    opaque: str | None = None,
) -> Payload:
    """An uploaded document, under the name that it has where it arrives."""
    shown = {"id": media_id, "filename": filename} | ({"caption": caption} if caption else {})
    return _envelope(wa_id, user_id, opaque) | {"type": "document", "document": shown}


def template(
    name: str,
    language: str,
    *,
    wa_id: str | None = None,
    user_id: str | None = None,
    opaque: str | None = None,
) -> Payload:
    """A template without variables, by Meta's name and code; with components, even empty ones, she
    would count parameters and refuse it (132000)."""
    content = {"type": "template", "template": {"name": name, "language": {"code": language}}}
    return _envelope(wa_id, user_id, opaque) | content


def mark_read(provider_id: str, *, typing: bool = False) -> Payload:
    """Reads an inbound message and the earlier ones of its thread; `typing` shows for 25 s."""
    payload: Payload = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": provider_id,
    }
    return payload | {"typing_indicator": {"type": "text"}} if typing else payload


def read_sent(answer: Any) -> SendResult | None:
    """None when the answer names no message: then nobody knows whether it went."""
    message = _first(mapping(answer).get("messages"))
    provider_id = ident(message.get("id"))
    if provider_id is None:
        return None
    contact = _first(mapping(answer).get("contacts"))
    wa_id, user_id = phone_and_id(contact.get("wa_id"), contact.get("user_id"))
    held = ident(message.get("message_status")) in HELD
    return SendResult(provider_id=provider_id, wa_id=wa_id, user_id=user_id, held=held)


HELD = frozenset({"held_for_quality_assessment", "paused"})


def _envelope(wa_id: str | None, user_id: str | None, opaque: str | None) -> Payload:
    envelope: Payload = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    envelope |= _addressee(wa_id, user_id)
    return envelope | {"biz_opaque_callback_data": opaque} if opaque else envelope


def _addressee(wa_id: str | None, user_id: str | None) -> Payload:
    """With `+`, or Meta may take the number for a local one; an id never goes into `to`."""
    if wa_id:
        return {"to": "+" + wa_id.removeprefix("+")}
    if user_id:
        return {"recipient": user_id}
    raise ValueError("a message needs somebody to go to")


def _first(value: Any) -> Json:
    return mapping(next(iter(items(value)), None))
