"""Webhook bodies as Meta sends them, to vary."""

import json
from typing import Any

from inbox_app.channels.whatsapp.webhooks.events import InboundMessage, InboundStatus, ParsedWebhook
from inbox_app.channels.whatsapp.webhooks.parser import parse

Json = dict[str, Any]

PHONE_NUMBER_ID = "106540352242922"
WABA_ID = "102290129340398"
MARTA = "393471234567"
MARTA_ID = "IT.13491208655302741918"


def envelope(*changes: Json, **entry: Any) -> Json:
    entry = {"id": WABA_ID, "changes": list(changes)} | entry
    return {"object": "whatsapp_business_account", "entry": [entry]}


def change(field: str = "messages", **value: Any) -> Json:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": PHONE_NUMBER_ID}
    base = {"messaging_product": "whatsapp", "metadata": metadata}
    return {"field": field, "value": base | value}


def contact(wa_id: str | None = MARTA, name: str = "Marta 🌸", **more: Any) -> Json:
    ids = {} if wa_id is None else {"wa_id": wa_id}
    return {"profile": {"name": name}, **ids, **more}


def message(type_: str = "text", payload: Any = None, **more: Any) -> Json:
    if type_ == "text" and payload is None:
        payload = {"body": "Ciao!"}
    content = {} if payload is None else {type_: payload}
    base = {"from": MARTA, "id": "wamid.ONE=", "timestamp": "1750000000", "type": type_}
    return {k: v for k, v in (base | content | more).items() if v is not ...}


def status(status_: str = "delivered", **more: Any) -> Json:
    base = {"id": "wamid.OUT=", "timestamp": "1750000001", "recipient_id": MARTA}
    return {k: v for k, v in (base | {"status": status_} | more).items() if v is not ...}


def event(body: Any) -> ParsedWebhook:
    return parse(json.dumps(body).encode())


def read(raw: Json, **value: Any) -> InboundMessage:
    """The one message that comes of `raw`, with Marta's contact beside it."""
    everything: Json = {"contacts": [contact()], "messages": [raw]} | value
    parsed = event(envelope(change(**everything)))
    assert parsed.broken == []
    assert len(parsed.messages) == 1
    return parsed.messages[0]


def read_status(raw: Json, **value: Any) -> InboundStatus:
    parsed = event(envelope(change(statuses=[raw], **value)))
    assert parsed.broken == []
    assert len(parsed.statuses) == 1
    return parsed.statuses[0]
