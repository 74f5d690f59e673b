"""Every type and shape in which somebody's message arrives (docs/whatsapp.md §3, §6), with what
becomes of it."""

from inbox_app.domain.messages import MessageKind
from tests.support.inbound.notices import NOTICES
from tests.support.inbound.shapes import (
    CARD,
    FILE,
    IMAGE,
    PLACE,
    TEXT,
    Kind,
    answering,
    interactive,
    item,
)

KINDS: list[Kind] = [
    item("text", TEXT, MessageKind.TEXT, "Ciao"),
    item("empty text", {"type": "text", "text": {"body": "\u200b"}}, MessageKind.TEXT),
    item("forwarded", TEXT | {"context": {"forwarded": True}}, MessageKind.TEXT, "Ciao"),
    item(
        "from an ad",
        TEXT | {"referral": {"source_type": "ad", "source_id": "1", "headline": "Mare"}},
        MessageKind.TEXT,
        "Ciao",
    ),
    item("image", IMAGE, MessageKind.IMAGE, "Il bagno", file=True),
    item("video", {"type": "video", "video": FILE}, MessageKind.VIDEO, file=True),
    item(
        "voice note",
        {"type": "audio", "audio": FILE | {"voice": True, "mime_type": "audio/ogg; codecs=opus"}},
        MessageKind.AUDIO,
        file=True,
    ),
    item("old voice", {"type": "voice", "voice": FILE}, MessageKind.AUDIO, file=True),
    item(
        "song",
        {"type": "audio", "audio": FILE | {"mime_type": "audio/mpeg"}},
        MessageKind.AUDIO,
        file=True,
    ),
    item(
        "gif",
        {"type": "video", "video": FILE | {"mime_type": "video/mp4"}},
        MessageKind.VIDEO,
        file=True,
    ),
    item(
        "document without a name",
        {"type": "document", "document": FILE},
        MessageKind.DOCUMENT,
        file=True,
    ),
    item(
        "document",
        {"type": "document", "document": FILE | {"filename": "../fattura?.pdf"}},
        MessageKind.DOCUMENT,
        file=True,
    ),
    item(
        "sticker",
        {"type": "sticker", "sticker": FILE | {"animated": True}},
        MessageKind.STICKER,
        file=True,
    ),
    item(
        "image that Meta lost",
        {"type": "image", "errors": [{"code": 131052, "title": "Media download error"}]},
        MessageKind.IMAGE,
    ),
    item("location", {"type": "location", "location": PLACE}, MessageKind.LOCATION),
    item("contacts", {"type": "contacts", "contacts": [CARD, CARD]}, MessageKind.CONTACTS),
    item(
        "contact without a name, as one answers who asked for the number",
        {
            "type": "contacts",
            "contacts": [
                {"phones": [{"phone": "+39 347 1", "wa_id": "393471"}], "origin": "contact_request"}
            ],
        },
        MessageKind.CONTACTS,
    ),
    item(
        "contact as a vCard",
        {
            "type": "contacts",
            "contacts": [CARD | {"origin": "other", "vcard": "BEGIN:VCARD\nEND:VCARD"}],
        },
        MessageKind.CONTACTS,
    ),
    item(
        "template's button",
        answering({"type": "button", "button": {"text": "Sì", "payload": "YES"}}),
        MessageKind.TEXT,
        "Sì",
    ),
    item(
        "template's button without a payload",
        {"type": "button", "button": {"text": "Sì"}},
        MessageKind.TEXT,
        "Sì",
    ),
    item(
        "button",
        answering(interactive("button_reply", {"id": "1", "title": "Sì"})),
        MessageKind.TEXT,
        "Sì",
    ),
    item(
        "choice of a list",
        answering(interactive("list_reply", {"id": "1", "title": "Alle 15"})),
        MessageKind.TEXT,
        "Alle 15",
    ),
    item(
        "choice of a list with more words",
        interactive(
            "list_reply", {"id": "r2", "title": "Camera 2", "description": "Vista mare, 2 letti"}
        ),
        MessageKind.TEXT,
        "Camera 2\nVista mare, 2 letti",
    ),
    *NOTICES,
]
