"""What inbox and WhatsApp cannot show alike becomes a notice (docs/whatsapp.md §3, §6; M4)."""

from tests.support.inbound.shapes import (
    IMAGE,
    ITEMS,
    NOT_KNOWN,
    TEXT,
    Kind,
    answering,
    interactive,
    notice,
    unsupported,
)

NOTICES: list[Kind] = [
    notice("reply", answering(TEXT), "reply", "Ciao"),
    notice("reply with a photo", answering(IMAGE), "reply", "Il bagno", file=True),
    notice(
        "reaction",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier", "emoji": "👍"}},
        "reaction",
        "👍",
        opens=False,
    ),
    notice(
        "reaction taken back",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier"}},
        "reaction",
        opens=False,
    ),
    notice(
        "reaction taken back by nothing",
        {"type": "reaction", "reaction": {"message_id": "wamid.earlier", "emoji": ""}},
        "reaction",
        opens=False,
    ),
    notice(
        "order",
        {"type": "order", "order": {"catalog_id": "1", "text": "Grazie", "product_items": ITEMS}},
        "order",
        "Grazie\n2 × A (7.5 EUR)",
    ),
    notice(
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
    notice(
        "form",
        interactive("nfm_reply", {"name": "flow", "response_json": '{"ora": "15"}'}),
        "nfm_reply",
        "ora: 15",
    ),
    notice("broken form", interactive("nfm_reply", {"response_json": "{"}), "nfm_reply", "{"),
    notice(
        "form of no fields",
        interactive("nfm_reply", {"name": "flow", "response_json": None}),
        "nfm_reply",
        "flow",
    ),
    notice(
        "form that is a list",
        interactive("nfm_reply", {"response_json": "[1, 2]"}),
        "nfm_reply",
        "1, 2",
    ),
    notice(
        "form not in a string",
        interactive(
            "nfm_reply",
            {"name": "flow", "body": "Sent", "response_json": {"camera": "Blu", "notti": 2}},
        ),
        "nfm_reply",
        "camera: Blu\nnotti: 2",
    ),
    notice(
        "address",
        interactive(
            "nfm_reply",
            {"name": "address_message", "response_json": '{"values": {"city": "Lecce"}}'},
        ),
        "nfm_reply",
        "values: city Lecce",
    ),
    notice("payment", interactive("payment_method", {"payment_method": "upi"}), "payment_method"),
    notice(
        "leave to call",
        interactive("call_permission_reply", {"response": "accept"}),
        "call_permission_reply",
        "accept",
    ),
    notice("interactive without anything", {"type": "interactive"}, "interactive"),
    notice(
        "edit",
        {"type": "edit", "edit": {"original_message_id": "wamid.earlier", "message": TEXT}},
        "edit",
        "Ciao",
        opens=False,
    ),
    notice(
        "deletion",
        {"type": "revoke", "revoke": {"original_message_id": "wamid.earlier"}},
        "revoke",
        opens=False,
    ),
    *(
        unsupported(inner, opens=inner not in {"reaction", "edit"})
        for inner in (
            *(None, "errors", "gif", "group_invite", "hsm", "image", "interactive"),
            *("keep_in_chat", "link_preview", "list", "location", "media_placeholder", "order"),
            *("pin", "poll_creation", "poll_update", "product", "reaction", "button", "edit"),
            *("poll", "pool"),
        )
    ),
    notice("unknown", {"type": "unknown", "errors": NOT_KNOWN}, "unknown"),
    notice(
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
    notice(
        "interactive that Meta could not tell",
        {
            "type": "interactive",
            "errors": [{"code": 131000, "title": "Unsupported webhook payload"}],
        },
        "interactive",
    ),
    notice(
        "unavailable here",
        {"type": "unsupported", "errors": [{"code": 131060, "title": "Unavailable"}]},
        "unsupported",
    ),
    notice("welcome", {"type": "request_welcome"}, "request_welcome", opens=False),
    notice("disappearing", {"type": "ephemeral"}, "ephemeral"),
    notice("type of tomorrow", {"type": "hologram", "hologram": {"body": "3D"}}, "hologram", "3D"),
    notice("text without a body", {"type": "text", "text": {}}, "text"),
    notice("location nowhere", {"type": "location", "location": {"latitude": 400}}, "location"),
    notice("no contacts", {"type": "contacts", "contacts": []}, "contacts"),
    *(
        notice(f"contacts of {contacts}", {"type": "contacts", "contacts": contacts}, "contacts")
        for contacts in (None, [None], [{"name": None, "phones": None, "org": None}])
    ),
]
