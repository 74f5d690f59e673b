"""What the page believes of the messages that Meta's dialog sends it, in Node."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
DIALOG = ROOT / "inbox_app" / "components" / "signup_dialog.js"


def in_node(expression: str, *values: Any) -> Any:
    """What an expression of the module's functions gives; `a` are the values."""
    script = (
        f"import * as dialog from {json.dumps(DIALOG.as_uri())};"
        f"const a = {json.dumps(values)};"
        f"console.log(JSON.stringify({expression}));"
    )
    node = Path(sys.executable).parent / "node"
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


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
    believed = in_node("a[0].map((origin) => dialog.isFacebook(origin, false))", list(ORIGINS))
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
    return in_node("a[0].map(dialog.readMessage)", [message for message, _ in MESSAGES])


@pytest.mark.parametrize("case", range(len(MESSAGES)))
def test_each_message_is_read_or_left(read: list[Any], case: int) -> None:
    assert read[case] == MESSAGES[case][1]
