"""Who a message is from, whatever Meta left out."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import WhatsAppUser
from tests.channels.whatsapp.bodies import (
    MARTA,
    MARTA_ID,
    Json,
    change,
    contact,
    envelope,
    event,
    message,
    read,
)

NAME = "Marta 🌸"


@pytest.mark.parametrize(
    ("raw", "contacts", "sender"),
    [
        ({}, [contact()], WhatsAppUser(wa_id=MARTA, profile_name=NAME)),
        ({}, [], WhatsAppUser(wa_id=MARTA)),
        ({}, None, WhatsAppUser(wa_id=MARTA)),
        ({"from": "+" + MARTA}, [contact()], WhatsAppUser(wa_id=MARTA, profile_name=NAME)),
        ({"from": int(MARTA)}, [contact()], WhatsAppUser(wa_id=MARTA, profile_name=NAME)),
        (
            {"from_user_id": MARTA_ID, "from_parent_user_id": "IT.ENT.1"},
            [contact()],
            WhatsAppUser(
                wa_id=MARTA, user_id=MARTA_ID, parent_user_id="IT.ENT.1", profile_name=NAME
            ),
        ),
        (
            {},
            [contact(user_id=MARTA_ID, parent_user_id="IT.ENT.1")],
            WhatsAppUser(
                wa_id=MARTA, user_id=MARTA_ID, parent_user_id="IT.ENT.1", profile_name=NAME
            ),
        ),
        (
            {"from": ..., "from_user_id": MARTA_ID},
            [contact(None, user_id=MARTA_ID, profile={"name": NAME, "username": "@marta"})],
            WhatsAppUser(user_id=MARTA_ID, username="marta", profile_name=NAME),
        ),
        *[
            (
                {"from": missing, "from_user_id": MARTA_ID},
                [contact(missing, user_id=MARTA_ID)],
                WhatsAppUser(user_id=MARTA_ID, profile_name=NAME),
            )
            for missing in ("", " ", None)
        ],
        ({"from": MARTA_ID}, [], WhatsAppUser(user_id=MARTA_ID)),
        (
            {"from": MARTA_ID},
            [contact(MARTA_ID)],
            WhatsAppUser(user_id=MARTA_ID, profile_name=NAME),
        ),
        (
            {"from": ...},
            [contact(None, user_id=MARTA_ID)],
            WhatsAppUser(user_id=MARTA_ID, profile_name=NAME),
        ),
        ({"from": ...}, [contact()], WhatsAppUser(wa_id=MARTA, profile_name=NAME)),
        ({}, [{"wa_id": MARTA}], WhatsAppUser(wa_id=MARTA)),
        ({}, [{"wa_id": MARTA, "profile": {"name": ""}}], WhatsAppUser(wa_id=MARTA)),
        ({}, ["broken", contact()], WhatsAppUser(wa_id=MARTA, profile_name=NAME)),
    ],
)
def test_the_sender_of_a_message(raw: Json, contacts: Any, sender: WhatsAppUser) -> None:
    assert read(message(**raw), contacts=contacts).sender == sender


def test_the_sender_is_the_message_s_and_another_contact_lends_only_its_name() -> None:
    sender = read(message(), contacts=[contact("39999888777", user_id=MARTA_ID)]).sender
    assert sender == WhatsAppUser(wa_id=MARTA, profile_name=NAME)


def test_a_contact_with_the_ninth_digit_is_the_sender_without() -> None:
    sender = read(
        message(**{"from": "551187654321"}), contacts=[contact("5511987654321", user_id=MARTA_ID)]
    ).sender
    assert (sender.wa_id, sender.user_id) == ("551187654321", MARTA_ID)


def test_in_a_batch_each_message_has_its_own_name() -> None:
    ugo = "39333000111"
    contacts = [contact(ugo, "Ugo"), contact(MARTA, "Marta")]
    messages = [
        message(id="1"),
        message(id="2", **{"from": ugo}),
        message(id="3", **{"from": "44777"}),
    ]
    parsed = event(envelope(change(contacts=contacts, messages=messages)))
    assert [m.sender.profile_name for m in parsed.messages] == ["Marta", "Ugo", None]


def test_the_only_contact_of_a_batch_names_only_its_own() -> None:
    messages = [message(id="1"), message(id="2", **{"from": "39333000111"})]
    parsed = event(envelope(change(contacts=[contact()], messages=messages)))
    assert [m.sender.profile_name for m in parsed.messages] == [NAME, None]


def test_a_name_stays_on_its_line() -> None:
    sender = read(message(), contacts=[contact(name="Ma\nr\u202eta\u0000  🌸" + "x" * 999)]).sender
    assert sender.profile_name is not None
    assert sender.profile_name.startswith("Ma rta 🌸x")
    assert len(sender.profile_name) == 200


OLD, NEW = "393471234567", "39333000111"
OLD_ID, NEW_ID = "IT.111", "IT.222"


@pytest.mark.parametrize(
    ("raw", "system", "change", "sender"),
    [
        (
            {"from": OLD},
            {"type": "user_changed_number", "wa_id": NEW},
            (OLD, NEW, None, None),
            WhatsAppUser(wa_id=OLD),
        ),
        (
            {"from": OLD},
            {"type": "user_changed_number", "new_wa_id": "+" + NEW},
            (OLD, NEW, None, None),
            WhatsAppUser(wa_id=OLD),
        ),
        (
            {"from": OLD},
            {
                "type": "user_changed_number",
                "body": f"Ada changed from \u200e+{OLD}\u200e to \u200e+{NEW}\u200e",
            },
            (OLD, NEW, None, None),
            WhatsAppUser(wa_id=OLD),
        ),
        (
            {"from": ...},
            {"type": "user_changed_number", "wa_id": NEW, "customer": OLD},
            (OLD, NEW, None, None),
            WhatsAppUser(wa_id=OLD),
        ),
        (
            {"from": OLD},
            {
                "type": "user_changed_number",
                "wa_id": NEW,
                "user_id": NEW_ID,
                "previous_user_id": OLD_ID,
            },
            (OLD, NEW, OLD_ID, NEW_ID),
            WhatsAppUser(wa_id=OLD),
        ),
        (
            {"from": ...},
            {"type": "user_changed_user_id", "user_id": NEW_ID, "previous_user_id": OLD_ID},
            (None, None, OLD_ID, NEW_ID),
            WhatsAppUser(user_id=OLD_ID),
        ),
        (
            {"from": ...},
            {
                "type": "user_changed_user_id",
                "user_id": NEW_ID,
                "body": f"User Ada changed from {OLD_ID} to {NEW_ID}.",
            },
            (None, None, OLD_ID, NEW_ID),
            WhatsAppUser(user_id=OLD_ID),
        ),
        (
            {"from": ...},
            {
                "type": "user_changed_user_id",
                "user_id": NEW_ID,
                "body": "Ada moved from Rome to Bari",
            },
            (None, None, None, NEW_ID),
            WhatsAppUser(user_id=NEW_ID),
        ),
        (
            {"from": OLD},
            {"type": "customer_identity_changed"},
            (OLD, None, None, None),
            WhatsAppUser(wa_id=OLD),
        ),
    ],
)
def test_a_new_number_or_id(
    raw: Json, system: Json, change: tuple[Any, ...], sender: WhatsAppUser
) -> None:
    read_message = read(message("system", system, **raw), contacts=None)
    told = read_message.change
    assert told is not None
    assert told.type_raw == system["type"]
    assert (told.old_wa_id, told.new_wa_id, told.old_user_id, told.new_user_id) == change
    assert read_message.sender == sender
    assert not read_message.counts_for_window
