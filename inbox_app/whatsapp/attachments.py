"""What a message carries besides words: a file, a place, cards of contacts."""

import base64
import binascii
import re
from typing import Any

from inbox_app.domain.messages import clean_line
from inbox_app.whatsapp.events import CardPhone, ContactCard, Location, Media
from inbox_app.whatsapp.wire import Json, ident, is_mapping, items, mapping, number, words

MAX_FILENAME = 240


def file(payload: Json) -> Media | None:
    """None when there is no id to fetch it by: too big for Meta, or lost on its way."""
    media_id = ident(payload.get("id"))
    if media_id is None:
        return None
    mime_type = (ident(payload.get("mime_type")) or "").split(";")[0].strip().lower()
    return Media(
        id=media_id,
        mime_type=mime_type or None,
        sha256=hex_digest(payload.get("sha256")),
        filename=_filename(payload.get("filename")),
        voice=payload.get("voice") is True,
        animated=payload.get("animated") is True,
    )


def hex_digest(value: Any) -> str | None:
    """A SHA-256 in hex: webhooks carry it in base64, the Graph API in hex."""
    text = ident(value) or ""
    if _HEX_DIGEST.fullmatch(text):
        return text.lower()
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        raw = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw.hex() if len(raw) == 32 else None


def place(payload: Json) -> Location | None:
    """None when it is nowhere on Earth."""
    latitude, longitude = number(payload.get("latitude")), number(payload.get("longitude"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Location(
        latitude=latitude,
        longitude=longitude,
        name=words(payload.get("name")),
        address=words(payload.get("address")),
        url=words(payload.get("url")),
    )


def cards(value: Any) -> tuple[ContactCard, ...]:
    return tuple(_card(card) for card in items(value) if is_mapping(card))


def _filename(value: Any) -> str | None:
    line = clean_line(words(value) or "", MAX_FILENAME)
    return line.replace("/", "_").replace("\\", "_") or None


def _card(card: Json) -> ContactCard:
    phones = [mapping(phone) for phone in items(card.get("phones"))]
    emails = [words(mapping(email).get("email")) for email in items(card.get("emails"))]
    return ContactCard(
        name=_name(mapping(card.get("name"))),
        phones=tuple(_card_phone(phone) for phone in phones if phone),
        emails=tuple(email for email in emails if email),
        company=words(mapping(card.get("org")).get("company")),
    )


def _name(name: Json) -> str | None:
    if formatted := words(name.get("formatted_name")):
        return formatted
    parts = [words(name.get(key)) for key in ("first_name", "middle_name", "last_name")]
    return " ".join(filter(None, parts)) or None


def _card_phone(phone: Json) -> CardPhone:
    return CardPhone(
        phone=words(phone.get("phone")),
        wa_id=ident(phone.get("wa_id")),
        type=words(phone.get("type")),
    )


_HEX_DIGEST = re.compile("[0-9a-fA-F]{64}")
