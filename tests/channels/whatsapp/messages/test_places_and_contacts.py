"""What places and cards of contacts say (M3, M4)."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import CardPhone, ContactCard
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import message, read


def test_a_place() -> None:
    place = read(
        message("location", {"latitude": 45.4, "longitude": "12.3", "name": "Casa"})
    ).location
    assert place is not None
    assert (place.latitude, place.longitude, place.name) == (45.4, 12.3, "Casa")


@pytest.mark.parametrize("latitude", [None, "here", 91, True, "nan"])
def test_a_place_that_is_nowhere_keeps_its_words(latitude: Any) -> None:
    payload = {"latitude": latitude, "longitude": 1, "name": "Casa", "address": "Via Roma 1"}
    read_message = read(message("location", payload))
    assert read_message.kind is MessageKind.UNSUPPORTED
    assert read_message.unsupported_type == "location"
    assert read_message.text == "Casa\nVia Roma 1"


def test_cards_of_contacts() -> None:
    cards = [
        {
            "name": {"formatted_name": "Ugo Idraulico"},
            "phones": [{"phone": "+39 02 1234", "wa_id": "39021234", "type": "WORK"}, None],
            "emails": [{"email": "ugo@example.com"}, {}],
            "org": {"company": "Tubi & C."},
        },
        {"name": {"first_name": "Ada", "last_name": "Neri"}},
        {"origin": "contact_request", "phones": None},
        None,
        "Zoe",
    ]
    first, second, third = read(message("contacts", cards)).contacts
    assert first.name == "Ugo Idraulico"
    assert first.phones == (CardPhone(phone="+39 02 1234", wa_id="39021234", type="WORK"),)
    assert (first.emails, first.company) == (("ugo@example.com",), "Tubi & C.")
    assert second.name == "Ada Neri"
    assert third == ContactCard(name="Zoe")


EMPTY = {"name": None, "phones": None, "org": None, "origin": "contact_request"}


@pytest.mark.parametrize("cards", [None, [], [None], {}, [EMPTY], [{}, EMPTY | {"phones": [{}]}]])
def test_empty_cards_are_a_notice(cards: Any) -> None:
    read_message = read(message("contacts", cards) | {"contacts": cards})
    assert (read_message.kind, read_message.unsupported_type) == (
        MessageKind.UNSUPPORTED,
        "contacts",
    )
    assert read_message.contacts == ()
