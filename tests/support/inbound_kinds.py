"""Every type and shape in which somebody's message arrives (docs/whatsapp.md §3, §6), with what
becomes of it."""

from typing import Any, NamedTuple

from inbox_app.domain.messages import MessageKind

Json = dict[str, Any]
FILE = {"id": "media.1", "mime_type": "image/jpeg", "sha256": "", "url": "https://lookaside/x"}
NOT_KNOWN = [{"code": 131051, "title": "Message type unknown"}]


class Kind(NamedTuple):
    """A message without its id, sender and time; and the one item that it has to become."""

    name: str
    content: Json
    kind: MessageKind
    unsupported_type: str | None = None
    opens_window: bool = True
    text: str | None = None
    has_file: bool = False


def _is(
    name: str, content: Json, kind: MessageKind, text: str | None = None, *, file: bool = False
) -> Kind:
    return Kind(name, content, kind, text=text, has_file=file)


def _notice(
    name: str,
    content: Json,
    type_: str,
    text: str | None = None,
    *,
    opens: bool = True,
    file: bool = False,
) -> Kind:
    return Kind(name, content, MessageKind.UNSUPPORTED, type_, opens, text, file)


def _unsupported(inner: str | None, *, opens: bool = True) -> Kind:
    content: Json = {"type": "unsupported", "errors": NOT_KNOWN}
    if inner:
        content["unsupported"] = {"type": inner}
    return _notice(f"unsupported {inner}", content, inner or "unsupported", opens=opens)


def _interactive(subtype: str, answer: Json) -> Json:
    return {"type": "interactive", "interactive": {"type": subtype, subtype: answer}}


def _answering(content: Json) -> Json:
    return content | {"context": {"id": "wamid.earlier", "from": "390805550100"}}


TEXT = {"type": "text", "text": {"body": "Ciao"}}
IMAGE = {"type": "image", "image": FILE | {"caption": "Il bagno"}}
PLACE = {"latitude": 40.6, "longitude": 17.9, "name": "Casa Blu", "address": "Via Roma 1"}
CARD = {"name": {"formatted_name": "Nino"}, "phones": [{"phone": "+39 347 1"}]}
ITEMS = [{"product_retailer_id": "A", "quantity": 2, "item_price": 7.5, "currency": "EUR"}]

KINDS: list[Kind] = [
    _is("text", TEXT, MessageKind.TEXT, "Ciao"),
    _is("empty text", {"type": "text", "text": {"body": "\u200b"}}, MessageKind.TEXT),
    _is("forwarded", TEXT | {"context": {"forwarded": True}}, MessageKind.TEXT, "Ciao"),
    _is(
        "from an ad",
        TEXT | {"referral": {"source_type": "ad", "source_id": "1", "headline": "Mare"}},
        MessageKind.TEXT,
        "Ciao",
    ),
    _is("image", IMAGE, MessageKind.IMAGE, "Il bagno", file=True),
    _is("video", {"type": "video", "video": FILE}, MessageKind.VIDEO, file=True),
    _is(
        "voice note",
        {"type": "audio", "audio": FILE | {"voice": True, "mime_type": "audio/ogg; codecs=opus"}},
        MessageKind.AUDIO,
        file=True,
    ),
    _is("old voice", {"type": "voice", "voice": FILE}, MessageKind.AUDIO, file=True),
    _is(
        "song",
        {"type": "audio", "audio": FILE | {"mime_type": "audio/mpeg"}},
        MessageKind.AUDIO,
        file=True,
    ),
    _is(
        "gif",
        {"type": "video", "video": FILE | {"mime_type": "video/mp4"}},
        MessageKind.VIDEO,
        file=True,
    ),
    _is(
        "document without a name",
        {"type": "document", "document": FILE},
        MessageKind.DOCUMENT,
        file=True,
    ),
    _is(
        "document",
        {"type": "document", "document": FILE | {"filename": "../fattura?.pdf"}},
        MessageKind.DOCUMENT,
        file=True,
    ),
    _is(
        "sticker",
        {"type": "sticker", "sticker": FILE | {"animated": True}},
        MessageKind.STICKER,
        file=True,
    ),
    _is(
        "image that Meta lost",
        {"type": "image", "errors": [{"code": 131052, "title": "Media download error"}]},
        MessageKind.IMAGE,
    ),
    _is("location", {"type": "location", "location": PLACE}, MessageKind.LOCATION),
    _is("contacts", {"type": "contacts", "contacts": [CARD, CARD]}, MessageKind.CONTACTS),
    _is(
        "contact without a name, as one answers who asked for the number",
        {
            "type": "contacts",
            "contacts": [
                {"phones": [{"phone": "+39 347 1", "wa_id": "393471"}], "origin": "contact_request"}
            ],
        },
        MessageKind.CONTACTS,
    ),
    _is(
        "contact as a vCard",
        {
            "type": "contacts",
            "contacts": [CARD | {"origin": "other", "vcard": "BEGIN:VCARD\nEND:VCARD"}],
        },
        MessageKind.CONTACTS,
    ),
    _is(
        "template's button",
        _answering({"type": "button", "button": {"text": "Sì", "payload": "YES"}}),
        MessageKind.TEXT,
        "Sì",
    ),
    _is(
        "template's button without a payload",
        {"type": "button", "button": {"text": "Sì"}},
        MessageKind.TEXT,
        "Sì",
    ),
    _is(
        "button",
        _answering(_interactive("button_reply", {"id": "1", "title": "Sì"})),
        MessageKind.TEXT,
        "Sì",
    ),
    _is(
        "choice of a list",
        _answering(_interactive("list_reply", {"id": "1", "title": "Alle 15"})),
        MessageKind.TEXT,
        "Alle 15",
    ),
    _is(
        "choice of a list with more words",
        _interactive(
            "list_reply", {"id": "r2", "title": "Camera 2", "description": "Vista mare, 2 letti"}
        ),
        MessageKind.TEXT,
        "Camera 2\nVista mare, 2 letti",
    ),
    _notice("reply", _answering(TEXT), "reply", "Ciao"),
    _notice("reply with a photo", _answering(IMAGE), "reply", "Il bagno", file=True),
    _notice(
        "reaction",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier", "emoji": "👍"}},
        "reaction",
        "👍",
        opens=False,
    ),
    _notice(
        "reaction taken back",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier"}},
        "reaction",
        opens=False,
    ),
    _notice(
        "reaction taken back by nothing",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier", "emoji": ""}},
        "reaction",
        opens=False,
    ),
    _notice(
        "order",
        {"type": "order", "order": {"catalog_id": "1", "text": "Grazie", "product_items": ITEMS}},
        "order",
        "Grazie\n2 × A (7.5 EUR)",
    ),
    _notice(
        "order in strings",
        {
            "type": "order",
            "order": {
                "catalog_id": "1",
                "product_items": [
                    {
                        "product_retailer_id": "A",
                        "quantity": "2",
                        "item_price": "7.50",
                        "currency": "EUR",
                    }
                ],
            },
        },
        "order",
        "2 × A (7.50 EUR)",
    ),
    _notice(
        "form",
        _interactive("nfm_reply", {"name": "flow", "response_json": '{"ora": "15"}'}),
        "nfm_reply",
        "ora: 15",
    ),
    _notice("broken form", _interactive("nfm_reply", {"response_json": "{"}), "nfm_reply", "{"),
    _notice(
        "form of no fields",
        _interactive("nfm_reply", {"name": "flow", "response_json": None}),
        "nfm_reply",
        "flow",
    ),
    _notice(
        "form that is a list",
        _interactive("nfm_reply", {"response_json": "[1, 2]"}),
        "nfm_reply",
        "1, 2",
    ),
    _notice(
        "form not in a string",
        _interactive(
            "nfm_reply",
            {"name": "flow", "body": "Sent", "response_json": {"camera": "Blu", "notti": 2}},
        ),
        "nfm_reply",
        "camera: Blu\nnotti: 2",
    ),
    _notice(
        "address",
        _interactive(
            "nfm_reply",
            {"name": "address_message", "response_json": '{"values": {"city": "Lecce"}}'},
        ),
        "nfm_reply",
        "values: city Lecce",
    ),
    _notice("payment", _interactive("payment_method", {"payment_method": "upi"}), "payment_method"),
    _notice(
        "leave to call",
        _interactive("call_permission_reply", {"response": "accept"}),
        "call_permission_reply",
        "accept",
    ),
    _notice("interactive without anything", {"type": "interactive"}, "interactive"),
    _notice(
        "edit",
        {"type": "edit", "edit": {"original_message_id": "wamid.earlier", "message": TEXT}},
        "edit",
        "Ciao",
        opens=False,
    ),
    _notice(
        "deletion",
        {"type": "revoke", "revoke": {"original_message_id": "wamid.earlier"}},
        "revoke",
        opens=False,
    ),
    *(
        _unsupported(inner, opens=inner not in {"reaction", "edit"})
        for inner in (
            *(None, "errors", "gif", "group_invite", "hsm", "image", "interactive"),
            *("keep_in_chat", "link_preview", "list", "location", "media_placeholder", "order"),
            *("pin", "poll_creation", "poll_update", "product", "reaction", "button", "edit"),
            *("poll", "pool"),
        )
    ),
    _notice("unknown", {"type": "unknown", "errors": NOT_KNOWN}, "unknown"),
    _notice(
        "unknown as errors once were",
        {
            "type": "unknown",
            "errors": [
                {
                    "code": 131051,
                    "title": "Unsupported message type",
                    "details": "Message type is not currently supported",
                }
            ],
        },
        "unknown",
    ),
    _notice(
        "interactive that Meta could not tell",
        {
            "type": "interactive",
            "errors": [{"code": 131000, "title": "Unsupported webhook payload"}],
        },
        "interactive",
    ),
    _notice(
        "unavailable here",
        {"type": "unsupported", "errors": [{"code": 131060, "title": "Unavailable"}]},
        "unsupported",
    ),
    _notice("welcome", {"type": "request_welcome"}, "request_welcome", opens=False),
    _notice("disappearing", {"type": "ephemeral"}, "ephemeral"),
    _notice("type of tomorrow", {"type": "hologram", "hologram": {"body": "3D"}}, "hologram", "3D"),
    _notice("text without a body", {"type": "text", "text": {}}, "text"),
    _notice("location nowhere", {"type": "location", "location": {"latitude": 400}}, "location"),
    _notice("no contacts", {"type": "contacts", "contacts": []}, "contacts"),
    *(
        _notice(f"contacts of {contacts}", {"type": "contacts", "contacts": contacts}, "contacts")
        for contacts in (None, [None], [{"name": None, "phones": None, "org": None}])
    ),
]
