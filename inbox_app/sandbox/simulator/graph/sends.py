"""Reads what is posted to `/messages`, and answers it, as Meta does."""

from typing import Any

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.people import Number, person_by_key
from inbox_app.sandbox.simulator.phones import Chat, PhoneMessage

_LONGEST = 4096


def body(payload: Json) -> str:
    """The text to be sent; SimulatedGraphError when it is none that Meta would take."""
    if payload.get("type", "text") != "text":
        raise SimulatedGraphError(Code.UNSUPPORTED_MESSAGE_TYPE)
    text = _text_object(payload).get("body")
    if not isinstance(text, str) or not text.strip():
        raise SimulatedGraphError(Code.PARAMETER_MISSING, "The parameter text['body'] is required.")
    if len(text) > _LONGEST:
        raise SimulatedGraphError(
            Code.INVALID_PARAMETER,
            f"Param text['body'] must be at most {_LONGEST} characters long.",
        )
    return text


def is_template(payload: Json) -> bool:
    """Whether a template is sent; raises SimulatedGraphError for what is no message at all."""
    if payload.get("messaging_product") != "whatsapp":
        raise SimulatedGraphError(
            Code.INVALID_PARAMETER, "The parameter messaging_product is required."
        )
    return payload.get("type") == "template"


def addressee(payload: Json, number: Number) -> str:
    """Whose chat it goes to; the number wins over the id, and is found in any spelling."""
    digits = "".join(filter(str.isdigit, str(payload.get("to") or "")))
    given = digits or str(payload.get("recipient") or "")
    if not given:
        raise SimulatedGraphError(Code.PARAMETER_MISSING, "The parameter to is required.")
    if digits == number.digits:
        raise SimulatedGraphError(Code.RECIPIENT_IS_SENDER)
    return person_by_key(given).key


def acceptance(payload: Json, chat: Chat, message: PhoneMessage) -> Json:
    """The answer to a send that was taken: WhatsApp's own spelling of the number in it."""
    given = str(payload.get("to") or payload.get("recipient"))
    contact = {"input": given, ("wa_id" if payload.get("to") else "user_id"): chat.person}
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": message.id}],
    }


def _text_object(payload: Json) -> dict[str, Any]:
    text = payload.get("text")
    return text if isinstance(text, dict) else {}
