"""What the page believes of the messages that Meta's dialog sends it, in Node."""

import json
from typing import Any

import pytest

from tests.support.node import in_node

DIALOG = "connecting/signup_dialog.js"

ORIGINS = {
    "https://www.facebook.com": True,
    "https://facebook.com": True,
    "https://business.facebook.com": True,
    "http://www.facebook.com": False,
    "https://facebook.com.evil.example": False,
    "https://evilfacebook.com": False,
    "https://notfacebook.com": False,
    "null": False,
    "": False,
}


def test_only_facebooks_own_origins_are_believed() -> None:
    believed = in_node(
        DIALOG, "a[0].map((origin) => module.isFacebook(origin, false))", list(ORIGINS)
    )
    assert dict(zip(ORIGINS, believed, strict=True)) == ORIGINS


def told(event: str, **data: Any) -> str:
    return json.dumps({"type": "WA_EMBEDDED_SIGNUP", "event": event, "data": data, "version": 3})


MESSAGES: list[tuple[Any, Any]] = [
    (told("FINISH", phone_number_id="1", waba_id="2"), {"ids": {"waba": "2", "phone": "1"}}),
    (told("FINISH_ONLY_WABA", waba_id=2), {"ids": {"waba": "2", "phone": ""}}),
    (
        told("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING", waba_id="2"),
        {"ids": {"waba": "2", "phone": ""}},
    ),
    (told("CANCEL", current_step="PERMISSIONS"), {"cancelled": "PERMISSIONS"}),
    (told("CANCEL", error_message="No", error_id="1"), {"failed": "No"}),
    (told("ERROR", error_message="Oh"), {"failed": "Oh"}),
    (told("ERROR"), {"failed": ""}),
    (told("SOMETHING_NEW"), None),
    ("cb=f1a2&domain=x", None),
    ("", None),
    ("null", None),
    ("[]", None),
    (None, None),
    (7, None),
    ({"type": "WA_EMBEDDED_SIGNUP", "event": "FINISH"}, {"ids": {"waba": "", "phone": ""}}),
    ({"type": "another"}, None),
]


@pytest.fixture(scope="module")
def read() -> list[Any]:
    return in_node(DIALOG, "a[0].map(module.readMessage)", [message for message, _ in MESSAGES])


@pytest.mark.parametrize("case", range(len(MESSAGES)))
def test_each_message_is_read_or_left(read: list[Any], case: int) -> None:
    assert read[case] == MESSAGES[case][1]
