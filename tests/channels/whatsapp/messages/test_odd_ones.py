"""Times, types and words as they should not be (M3, M4)."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.parser import parse
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import MARTA, change, contact, envelope, event, message, read


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        ("1750000000", datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)),
        (1750000000, datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)),
        (1750000000000, datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        (None, None),
        (-1, None),
        ("9" * 400, None),
        (10**30, None),
    ],
)
def test_the_time_in_every_notation(timestamp: Any, expected: datetime | None) -> None:
    assert read(message(timestamp=timestamp)).sent_at == expected


def test_a_missing_type_is_guessed_from_the_content() -> None:
    assert read(message(type=...)).text == "Ciao!"


def test_hostile_text_is_cleaned_and_the_rest_kept() -> None:
    body = "\u0000a\ud800 \u202e مرحبا 👨‍👩‍👧"
    parsed = event(envelope(change(messages=[message(text={"body": body})])))
    assert parsed.messages[0].text == "a \u202e مرحبا 👨‍👩‍👧"


def test_a_call_of_the_user_s_is_a_message_and_one_of_ours_is_not() -> None:
    call = {"id": "wacid.1", "from": MARTA, "event": "connect", "timestamp": "1750000000"}
    theirs = call | {"direction": "USER_INITIATED"}
    ours = call | {"direction": "BUSINESS_INITIATED", "id": "wacid.2"}
    old = {"wacid": "wacid.3", "event": "CALL_CONNECT", "from": MARTA}
    body = envelope(change("calls", calls=[theirs, ours, old], contacts=[contact()]))
    parsed = event(body)
    assert [(m.provider_id, m.unsupported_type) for m in parsed.messages] == [
        ("wacid.1", "call"),
        ("wacid.3", "call"),
    ]
    assert all(m.counts_for_window for m in parsed.messages)
    assert [change.field for change in parsed.changes] == ["calls"]


def test_a_message_from_the_phone_app_goes_to_its_recipient() -> None:
    echo = message(to="39111222333", id="wamid.APP", context={"id": "wamid.THEIRS"})
    echo["from"] = "15550783881"
    body = envelope(
        change("smb_message_echoes", message_echoes=[echo], contacts=[contact("39111222333")])
    )
    parsed = event(body)
    assert parsed.messages == []
    (read_echo,) = parsed.echoes
    assert read_echo.recipient.wa_id == "39111222333"
    assert read_echo.recipient.profile_name == "Marta 🌸"
    assert read_echo.message.sender.wa_id == "15550783881"
    assert read_echo.message.kind is MessageKind.TEXT
    assert not read_echo.message.counts_for_window


def test_a_message_from_the_phone_app_to_nobody_is_broken() -> None:
    parsed = event(envelope(change("smb_message_echoes", message_echoes=[message()])))
    assert [b.error for b in parsed.broken] == ["no recipient"]


def test_an_error_of_the_change_goes_with_its_message() -> None:
    error = {"code": 131000, "error_data": {"details": "Unsupported webhook payload"}}
    read_message = read(message("interactive"), errors=[error])
    assert [e.code for e in read_message.errors] == [131000]


def test_the_same_body_escaped_as_meta_does() -> None:
    body = envelope(change(messages=[message(text={"body": "perché/no"})]))
    escaped = json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()
    assert b"\\u00e9" in escaped
    assert b"\\/" in escaped
    assert parse(escaped) == event(body)
