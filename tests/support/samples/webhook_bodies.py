"""Webhook bodies as Meta posts them."""

import hmac
import json
from datetime import datetime
from typing import Any

from tests.support.factories import OUR_NUMBER, PHONE_NUMBER_ID, WABA_ID

Json = dict[str, Any]

ADA = "393471234567"
ADA_USER_ID = "IT.13491208655302741918"


def text(
    wamid: str, body: str, at: datetime, *, wa_id: str | None = ADA, user_id: str | None = None
) -> Json:
    """A text as it stands under ``messages``."""
    return message(wamid, at, {"type": "text", "text": {"body": body}}, wa_id, user_id)


def message(
    wamid: str,
    at: datetime,
    content: Json,
    wa_id: str | None = ADA,
    user_id: str | None = None,
) -> Json:
    """Any message, as it stands under ``messages``; ids that are none are left out."""
    ids = {"from": wa_id, "from_user_id": user_id}
    return {
        **{key: value for key, value in ids.items() if value is not None},
        "id": wamid,
        "timestamp": seconds(at),
        **content,
    }


def status(wamid: str, name: str, at: datetime, **more: Any) -> Json:
    """A delivery status as it stands under ``statuses``."""
    return {"id": wamid, "status": name, "timestamp": seconds(at), "recipient_id": ADA, **more}


def contact(
    name: str, *, wa_id: str | None = ADA, user_id: str | None = None, username: str | None = None
) -> Json:
    """Who is behind an id, as it stands under ``contacts``."""
    ids = {"wa_id": wa_id, "user_id": user_id}
    profile = {"name": name} | ({"username": username} if username else {})
    return {"profile": profile, **{key: value for key, value in ids.items() if value is not None}}


def change(
    *,
    messages: list[Json] | None = None,
    statuses: list[Json] | None = None,
    contacts: list[Json] | None = None,
    phone_number_id: str = PHONE_NUMBER_ID,
    **more: Any,
) -> Json:
    """One change of the field ``messages``."""
    parts = {"contacts": contacts, "messages": messages, "statuses": statuses}
    metadata = {"display_phone_number": OUR_NUMBER[1:], "phone_number_id": phone_number_id}
    value = {"messaging_product": "whatsapp", "metadata": metadata}
    return {
        "field": "messages",
        "value": value | {key: part for key, part in parts.items() if part is not None} | more,
    }


def post(*changes: Json) -> bytes:
    """A body with one entry."""
    return post_entries([list(changes)])


def post_entries(entries: list[list[Json]]) -> bytes:
    """A body with an entry for each list of changes."""
    return json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [{"id": WABA_ID, "changes": changes} for changes in entries],
        }
    ).encode()


def post_changes_of(waba_id: str, at: datetime | None, *changes: Json) -> bytes:
    """A body that tells of a business account by itself."""
    entry: Json = {"id": waba_id, "changes": list(changes)}
    if at is not None:
        entry["time"] = int(at.timestamp())
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def says(body: str, wamid: str, at: datetime, **ids: Any) -> bytes:
    """A whole post with one text in it."""
    return post(change(messages=[text(wamid, body, at, **ids)]))


def reacts(to: str, wamid: str, at: datetime, *, wa_id: str | None = ADA) -> bytes:
    """A whole post with a thumb for an earlier message."""
    content = {"type": "reaction", "reaction": {"message_id": to, "emoji": "👍"}}
    return post(change(messages=[message(wamid, at, content, wa_id)]))


def sign(body: bytes, secret: str) -> str:
    """The header ``X-Hub-Signature-256`` for the body."""
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def seconds(at: datetime) -> str:
    """A time as Meta writes it."""
    return str(int(at.timestamp()))
