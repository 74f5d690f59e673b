"""Delivery statuses as webhooks tell them."""

from datetime import UTC, datetime

import pytest

from inbox_app.channels.whatsapp.webhooks.events import MetaError, WhatsAppUser
from inbox_app.domain.messages import DeliveryStatus
from tests.channels.whatsapp.bodies import (
    MARTA,
    MARTA_ID,
    PHONE_NUMBER_ID,
    Json,
    change,
    envelope,
    event,
    read_status,
    status,
)


@pytest.mark.parametrize(
    ("raw", "known"),
    [
        ("sent", DeliveryStatus.SENT),
        ("delivered", DeliveryStatus.DELIVERED),
        ("read", DeliveryStatus.READ),
        ("played", DeliveryStatus.READ),
        ("failed", DeliveryStatus.FAILED),
    ],
)
def test_a_status(raw: str, known: DeliveryStatus) -> None:
    told = read_status(status(raw, biz_opaque_callback_data="42"))
    assert told.phone_number_id == PHONE_NUMBER_ID
    assert told.provider_id == "wamid.OUT="
    assert (told.status_raw, told.status) == (raw, known)
    assert told.at == datetime(2025, 6, 15, 15, 6, 41, tzinfo=UTC)
    assert told.recipient == WhatsAppUser(wa_id=MARTA)
    assert told.opaque == "42"


def test_a_status_not_known_is_counted() -> None:
    parsed = event(envelope(change(statuses=[status("warned"), status("delivered")])))
    assert [told.status for told in parsed.statuses] == [None, DeliveryStatus.DELIVERED]
    assert parsed.unknown == ["status:warned"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            {"code": 131047, "title": "Re-engagement", "error_data": {"details": "24 hours"}},
            MetaError(code=131047, title="Re-engagement", details="24 hours"),
        ),
        (
            {"code": "131047", "message": "Re-engagement", "details": "24 hours"},
            MetaError(code=131047, title="Re-engagement", details="24 hours"),
        ),
        ({"title": "?", "error_data": None}, MetaError(code=None, title="?", details=None)),
    ],
)
def test_a_failure_says_why(error: Json, expected: MetaError) -> None:
    assert read_status(status("failed", errors=[error])).error == expected


@pytest.mark.parametrize(
    ("raw", "contacts", "recipient"),
    [
        ({}, [{"wa_id": MARTA}], WhatsAppUser(wa_id=MARTA)),
        ({"recipient_id": ...}, [{"wa_id": MARTA}], WhatsAppUser(wa_id=MARTA)),
        ({"recipient_id": ...}, [], WhatsAppUser()),
        (
            {
                "recipient_id": "",
                "recipient_user_id": MARTA_ID,
                "parent_recipient_user_id": "IT.ENT.1",
            },
            [],
            WhatsAppUser(user_id=MARTA_ID, parent_user_id="IT.ENT.1"),
        ),
    ],
)
def test_the_recipient_whatever_is_left_out(
    raw: Json, contacts: list[Json], recipient: WhatsAppUser
) -> None:
    assert read_status(status(**raw), contacts=contacts).recipient == recipient


@pytest.mark.parametrize("key", ["recipient_participant_id", "participant_recipient_id"])
def test_in_a_group_the_recipient_is_the_participant(key: str) -> None:
    told = read_status(status(recipient_id="120363@g.us", recipient_type="group", **{key: MARTA}))
    assert told.group
    assert told.recipient == WhatsAppUser(wa_id=MARTA)
