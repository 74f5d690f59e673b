"""What the simulated Meta writes: webhook bodies and their signature."""

import hmac
import json
from typing import Any

from inbox_app.sandbox.simulator.people import Number, Person, person_by_key
from inbox_app.sandbox.simulator.phones import Chat, PhoneMessage
from inbox_app.sandbox.simulator.template_store import StoredTemplate

Json = dict[str, Any]


def encode(body: Json) -> bytes:
    """Compact, with `/` and everything beyond ASCII escaped, as Meta writes."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def signed(body: bytes, secret: str) -> dict[str, str]:
    """The headers of a delivery."""
    signature = hmac.digest(secret.encode(), body, "sha256").hex()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}


def inbound(number: Number, person: Person, message: PhoneMessage, content: Json) -> Json:
    """A message from a phone; `content` is its type and what belongs to it."""
    ids = {"from": person.wa_id, "from_user_id": person.user_id}
    item = {**_present(ids), "id": message.id, "timestamp": str(message.at), **content}
    return _change(number, {"contacts": [_contact(person)], "messages": [item]})


def status(number: Number, chat: Chat, message: PhoneMessage, name: str, at: int) -> Json:
    """A delivery status of a message of the business's."""
    person = person_by_key(chat.person)
    item: Json = {"id": message.id, "status": name, "timestamp": str(at)}
    item |= _present({"recipient_id": person.wa_id, "recipient_user_id": person.user_id})
    item |= _present({"biz_opaque_callback_data": message.opaque or ""})
    if name in {"sent", "delivered"}:
        item["pricing"] = {
            "billable": message.charged,
            "pricing_model": "PMP",
            "type": "regular" if message.charged else "free_customer_service",
            "category": message.category,
        }
    return _change(number, {"contacts": [_contact(person)], "statuses": [item]})


def preference(number: Number, person: Person, marketing: bool, at: int) -> Json:
    """Somebody wants marketing no more, or again."""
    value, verb = ("resume", "resume") if marketing else ("stop", "stop")
    item: Json = {
        **_present({"wa_id": person.wa_id, "user_id": person.user_id}),
        "detail": f"User requested to {verb} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": at,
    }
    told = {"contacts": [_contact(person)], "user_preferences": [item]}
    return _change(number, told, "user_preferences")


def failure(number: Number, chat: Chat, message: PhoneMessage, error: Json, at: int) -> Json:
    """A `failed` status; `error` is one of Meta's, as it stands in an answer."""
    told = {
        "code": error["code"],
        "title": error["title"],
        "message": error["title"],
        "error_data": {"details": error["details"]},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
    body = status(number, chat, message, "failed", at)
    value = body["entry"][0]["changes"][0]["value"]
    value["statuses"][0]["errors"] = [told]
    value["contacts"] = [_present({"wa_id": person_by_key(chat.person).wa_id})]
    return body


def template_status(template: StoredTemplate, event: str, reason: str | None, at: int) -> Json:
    """Meta's verdict on a template; `time` stands on the entry, as a number."""
    value: Json = {
        "event": event,
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
        "message_template_category": template.category,
        "reason": reason or "NONE",
    }
    changes = [{"value": value, "field": "message_template_status_update"}]
    entry = {"id": template.waba_id, "time": at, "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _contact(person: Person) -> Json:
    profile = _present({"name": person.name, "username": person.username})
    return {"profile": profile} | _present({"wa_id": person.wa_id, "user_id": person.user_id})


def _change(number: Number, value: Json, field: str = "messages") -> Json:
    metadata = {
        "display_phone_number": number.digits,
        "phone_number_id": number.phone_number_id,
    }
    value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    changes = [{"value": value, "field": field}]
    entry = {"id": number.waba_id, "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _present(values: dict[str, str]) -> Json:
    return {key: value for key, value in values.items() if value}
