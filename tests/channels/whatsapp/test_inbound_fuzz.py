"""Whatever the body, nothing is raised."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inbox_app.channels.whatsapp.webhooks.parser import parse
from tests.channels.whatsapp.bodies import change, contact, envelope, event, message, status


def test_a_lone_surrogate_or_broken_utf8_costs_nothing() -> None:
    body = json.dumps(envelope(change(messages=[message(text={"body": "a\ud83d"})]))).encode()
    assert b"\\ud83d" in body
    assert parse(body).messages[0].text == "a"
    broken = json.dumps(envelope(change(messages=[message(text={"body": "a?"})]))).encode()
    assert parse(broken.replace(b"a?", b"a\xff")).messages[0].text == "a\ufffd"


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["", " ", "messages", "text", "wamid.1", "39347", "\x00", "from a to b"])
)


keys = st.sampled_from(
    [
        "object",
        "entry",
        "id",
        "changes",
        "field",
        "value",
        "metadata",
        "phone_number_id",
        "contacts",
        "messages",
        "statuses",
        "errors",
        "calls",
        "message_echoes",
        "history",
        "profile",
        "name",
        "wa_id",
        "user_id",
        "from",
        "to",
        "timestamp",
        "type",
        "text",
        "body",
        "image",
        "location",
        "contacts",
        "system",
        "edit",
        "message",
        "reaction",
        "interactive",
        "nfm_reply",
        "response_json",
        "order",
        "product_items",
        "context",
        "unsupported",
        "status",
        "recipient_id",
        "error_data",
        "code",
    ]
) | st.text(max_size=4)


anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6)
)


REAL = envelope(
    change(
        contacts=[contact()],
        messages=[
            message(id="1", context={"id": "wamid.X"}),
            message("image", {"id": "7", "mime_type": "image/jpeg", "sha256": "AA=="}, id="2"),
            message("system", {"type": "user_changed_number", "body": "from 1 to 2"}, id="3"),
            message("contacts", [{"name": {}, "phones": [{}]}], id="4"),
            message("edit", {"message": {"type": "text", "text": {"body": "x"}}}, id="5"),
            message("order", {"product_items": [{"quantity": 1}]}, id="6"),
            message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}),
        ],
        statuses=[status("failed", errors=[{"code": 1, "error_data": {"details": "x"}}])],
        calls=[{"id": "wacid", "from": "39347"}],
        message_echoes=[message(id="8", to="39347")],
        errors=[{"code": 1}],
    )
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The real body with up to four of its values replaced by anything."""
    body = json.loads(json.dumps(REAL))
    for _ in range(draw(st.integers(1, 4))):
        node: Any = body
        while True:
            at = draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
            if (
                not isinstance(node[at], dict | list)
                or not node[at]
                or draw(st.integers(0, 5)) == 0
            ):
                node[at] = draw(anything)
                break
            node = node[at]
        if not isinstance(body, dict) or not body:
            break
    return body


@given(anything)
def test_no_json_raises(body: Any) -> None:
    event(body)


@given(mutated())
def test_no_variation_of_a_real_body_raises(body: Any) -> None:
    parsed = event(body)
    for one in parsed.messages:
        assert one.provider_id
        assert one.sender.known


@given(st.binary())
def test_no_bytes_raise(body: bytes) -> None:
    parse(body)
