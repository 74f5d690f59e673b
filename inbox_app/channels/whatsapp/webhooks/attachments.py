"""What a message carries besides words: a file, a place, cards of contacts (M3)."""

import base64
import binascii
import re
from typing import Any

from inbox_app.channels.whatsapp.json_values import (
    Json,
    ident,
    is_mapping,
    items,
    mapping,
    number,
    words,
)
from inbox_app.channels.whatsapp.webhooks.events import (
    Ad,
    CardPhone,
    ContactCard,
    Location,
    Media,
    Product,
)
from inbox_app.channels.whatsapp.webhooks.readable import plain
from inbox_app.domain.messages import clean_line

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
        name=plain(payload.get("name")),
        address=plain(payload.get("address")),
        url=plain(payload.get("url")),
    )


def cards(value: Any) -> tuple[ContactCard, ...]:
    """Those that say anything."""
    read = (_card(card) if is_mapping(card) else _named(card) for card in items(value))
    return tuple(card for card in read if card != _EMPTY)


def product(told: Any) -> Product | None:
    """The one of a catalogue that a question is about."""
    told = mapping(told)
    id_, catalog = ident(told.get("product_retailer_id")), ident(told.get("catalog_id"))
    return Product(id=id_, catalog_id=catalog) if id_ or catalog else None


def ad(told: Any) -> Ad | None:
    """What somebody tapped to write: an advertisement or a post."""
    referral = mapping(told)
    read = Ad(
        type=ident(referral.get("source_type")),
        id=ident(referral.get("source_id")),
        headline=plain(referral.get("headline")),
        body=plain(referral.get("body")) if referral else plain(told),
        url=plain(referral.get("source_url")),
    )
    return read if read != _NO_AD else None


def _filename(value: Any) -> str | None:
    line = clean_line(plain(value) or "", MAX_FILENAME)
    return line.replace("/", "_").replace("\\", "_") or None


def _named(card: Any) -> ContactCard:
    return ContactCard(name=plain(card))


def _card(card: Json) -> ContactCard:
    phones = [_card_phone(phone) for phone in items(card.get("phones"))]
    emails = [plain(mapping(email).get("email") or email) for email in items(card.get("emails"))]
    org = card.get("org")
    return ContactCard(
        name=_name(card.get("name")),
        phones=tuple(phone for phone in phones if phone.phone or phone.wa_id),
        emails=tuple(email for email in emails if email),
        company=plain(mapping(org).get("company")) if mapping(org) else plain(org),
    )


def _name(told: Any) -> str | None:
    name = mapping(told)
    if not name:
        return plain(told)
    if formatted := plain(name.get("formatted_name")):
        return formatted
    parts = [plain(name.get(key)) for key in ("first_name", "middle_name", "last_name")]
    return " ".join(filter(None, parts)) or None


def _card_phone(told: Any) -> CardPhone:
    phone = mapping(told)
    return CardPhone(
        phone=plain(phone.get("phone")) if phone else plain(told),
        wa_id=ident(phone.get("wa_id")),
        type=words(phone.get("type")),
    )


_NO_AD = Ad()
_EMPTY = ContactCard(name=None)
_HEX_DIGEST = re.compile("[0-9a-fA-F]{64}")
