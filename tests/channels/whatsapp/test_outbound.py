"""The JSON that goes out."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.graph.messages import SendResult, read_sent


def test_a_text_to_a_number() -> None:
    assert messages.text("Ciao", wa_id="393471234567", user_id="IT.1", opaque="m42") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+393471234567",
        "type": "text",
        "text": {"body": "Ciao", "preview_url": True},
        "biz_opaque_callback_data": "m42",
    }


def test_a_text_to_somebody_whose_number_is_hidden() -> None:
    payload = messages.text("Ciao", user_id="IT.1", preview_url=False)
    assert payload["recipient"] == "IT.1"
    assert "to" not in payload
    assert payload["text"] == {"body": "Ciao", "preview_url": False}


def test_a_number_with_its_plus_gets_no_second_one() -> None:
    assert messages.text("Ciao", wa_id="+393471234567")["to"] == "+393471234567"


def test_a_text_to_nobody_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="somebody"):
        messages.text("Ciao")


def test_reading_and_typing() -> None:
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
    assert messages.mark_read("wamid.1") == read
    typing = {"typing_indicator": {"type": "text"}}
    assert messages.mark_read("wamid.1", typing=True) == read | typing


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (
            {"contacts": [{"input": "+1", "wa_id": "551187654321"}], "messages": [{"id": "w"}]},
            SendResult(provider_id="w", wa_id="551187654321"),
        ),
        (
            {
                "contacts": [{"input": "IT.1", "wa_id": "", "user_id": "IT.1"}],
                "messages": [{"id": "w", "message_status": "held_for_quality_assessment"}],
            },
            SendResult(provider_id="w", user_id="IT.1", held=True),
        ),
        (
            {"messages": [{"id": "w", "message_status": "accepted"}]},
            SendResult(provider_id="w"),
        ),
        ({"messages": []}, None),
        ({"messages": [{}]}, None),
        ({"success": True}, None),
        ([], None),
        (None, None),
    ],
)
def test_what_meta_answers_to_a_send(answer: Any, result: SendResult | None) -> None:
    assert read_sent(answer) == result
