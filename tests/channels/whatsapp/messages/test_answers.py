"""What buttons, lists, forms and unsupported messages say (M3, M4)."""

import json
from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import Context
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import Json, message, read


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (message("button", {"text": "Sì", "payload": "YES"}), "Sì"),
        (message("button", {"payload": "YES"}), "YES"),
        (
            message(
                "interactive", {"type": "button_reply", "button_reply": {"id": "1", "title": "Sì"}}
            ),
            "Sì",
        ),
        (message("interactive", {"list_reply": {"id": "1", "title": "Domani"}}), "Domani"),
        (
            message(
                "interactive",
                {
                    "type": "list_reply",
                    "list_reply": {
                        "id": "r2",
                        "title": "Camera 2",
                        "description": "Vista mare, 2 letti",
                    },
                },
            ),
            "Camera 2\nVista mare, 2 letti",
        ),
    ],
)
def test_a_pressed_button_is_a_text_even_with_a_context(raw: Json, text: str) -> None:
    read_message = read(raw | {"context": {"id": "wamid.OURS", "from": "15550783881"}})
    assert (read_message.kind, read_message.text) == (MessageKind.TEXT, text)
    assert read_message.context == Context(reply_to="wamid.OURS")
    assert read_message.counts_for_window


ITEM = {"product_retailer_id": "SKU-1", "quantity": "2", "item_price": 7.5, "currency": "EUR"}


@pytest.mark.parametrize(
    ("raw", "type_", "text", "counts"),
    [
        (message("reaction", {"message_id": "wamid.X", "emoji": "😮"}), "reaction", "😮", False),
        (message("reaction", {"message_id": "wamid.X", "emoji": ""}), "reaction", None, False),
        (message("reaction", {"message_id": "wamid.X"}), "reaction", None, False),
        (
            message("order", {"text": "Grazie", "product_items": [ITEM, {}, "broken"]}),
            "order",
            "Grazie\n2 × SKU-1 (7.5 EUR)\n1 × ?\nbroken",
            True,
        ),
        (message("unsupported", {"type": "poll_creation"}), "poll_creation", None, True),
        (message("unsupported", {"type": "reaction"}), "reaction", None, False),
        (message("unsupported"), "unsupported", None, True),
        (message("unknown"), "unknown", None, True),
        (message("request_welcome"), "request_welcome", None, False),
        (message("ephemeral"), "ephemeral", None, True),
        (message("interactive"), "interactive", None, True),
        (
            message(
                "interactive",
                {
                    "type": "nfm_reply",
                    "nfm_reply": {
                        "body": "Sent",
                        "response_json": '{"n":0,"x":null,"flow_token":"t"}',
                    },
                },
            ),
            "nfm_reply",
            "n: 0",
            True,
        ),
        (
            message("interactive", {"type": "nfm_reply", "nfm_reply": {"response_json": "{bad"}}),
            "nfm_reply",
            "{bad",
            True,
        ),
        (
            message(
                "interactive",
                {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": "null"}},
            ),
            "nfm_reply",
            "Sent",
            True,
        ),
        (
            message(
                "interactive",
                {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}},
            ),
            "call_permission_reply",
            "accept",
            True,
        ),
        (message("revoke", {"original_message_id": "wamid.X"}), "revoke", None, False),
        (
            message(
                "edit",
                {
                    "original_message_id": "wamid.X",
                    "message": {"type": "text", "text": {"body": "alle 5"}},
                },
            ),
            "edit",
            "alle 5",
            False,
        ),
        (message("text", {}), "text", None, True),
        (message("hologram", {"title": "Ciao", "body": 3}), "hologram", "3\nCiao", True),
    ],
)
def test_an_unsupported_message_keeps_what_can_be_read(
    raw: Json, type_: str, text: str | None, counts: bool
) -> None:
    read_message = read(raw)
    assert read_message.kind is MessageKind.UNSUPPORTED
    assert read_message.unsupported_type == type_
    assert read_message.text == text
    assert read_message.counts_for_window is counts


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (
            {
                "servizi": ["piscina", "parcheggio"],
                "accetto": True,
                "animali": False,
                "arrivo": {"giorno": "2026-12-01"},
                "flow_token": "t",
            },
            "servizi: piscina, parcheggio\naccetto: ✓\nanimali: no\narrivo: giorno 2026-12-01",
        ),
        ({"camera": "Blu", "notti": 2}, "camera: Blu\nnotti: 2"),
        ({"prezzo": 12.5, "sconto": 10.0}, "prezzo: 12.5\nsconto: 10"),
        (
            {"ospiti": [{"nome": "Ada", "età": 40}, {"nome": "Ugo"}], "vuoto": [], "niente": {}},
            "ospiti: nome Ada, età 40; nome Ugo",
        ),
        ({"dentro": '["a", {"b": true}]', "graffa": "{bad"}, "dentro: a; b ✓\ngraffa: {bad"),
        (["a", "b"], "a, b"),
        ("già detto", "già detto"),
    ],
)
def test_the_answers_of_a_form_are_words(answers: Any, text: str) -> None:
    as_json = json.dumps(answers)
    for given in (answers, as_json, json.dumps(as_json)):
        reply = {"name": "flow", "body": "Sent", "response_json": given}
        raw = message("interactive", {"type": "nfm_reply", "nfm_reply": reply})
        assert read(raw).text == text


def test_a_form_that_nests_without_end_is_cut() -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = {"a": deep}
    reply = {"response_json": deep | {"b": 1}}
    assert read(message("interactive", {"nfm_reply": reply})).text == "b: 1"
