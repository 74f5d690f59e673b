"""What each type of message says (M3, M4)."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import (
    Ad,
    CardPhone,
    ContactCard,
    Context,
    Media,
    MetaError,
    Product,
)
from inbox_app.channels.whatsapp.webhooks.parser import parse
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import (
    MARTA,
    PHONE_NUMBER_ID,
    WABA_ID,
    Json,
    change,
    contact,
    envelope,
    event,
    message,
    read,
)

DIGEST = hashlib.sha256(b"photo").digest()


def test_a_text() -> None:
    read_message = read(message(text={"body": "Ciao!\nA che ora? 🙏"}))
    assert read_message.phone_number_id == PHONE_NUMBER_ID
    assert read_message.waba_id == WABA_ID
    assert read_message.provider_id == "wamid.ONE="
    assert read_message.sender.wa_id == MARTA
    assert read_message.sender.profile_name == "Marta 🌸"
    assert read_message.sent_at == datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC)
    assert read_message.kind is MessageKind.TEXT
    assert read_message.text == "Ciao!\nA che ora? 🙏"
    assert read_message.unsupported_type is None
    assert read_message.counts_for_window


def file(**more: Any) -> Json:
    return {"id": 770022, "mime_type": "image/jpeg", "sha256": DIGEST.hex()} | more


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("image", MessageKind.IMAGE),
        ("video", MessageKind.VIDEO),
        ("audio", MessageKind.AUDIO),
        ("voice", MessageKind.AUDIO),
        ("document", MessageKind.DOCUMENT),
        ("sticker", MessageKind.STICKER),
    ],
)
def test_a_file(type_: str, kind: MessageKind) -> None:
    read_message = read(message(type_, file(caption="eccola")))
    assert read_message.kind is kind
    assert read_message.text == "eccola"
    assert read_message.media == Media(
        id="770022", mime_type="image/jpeg", sha256=DIGEST.hex(), filename=None
    )


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(DIGEST).decode(),
        base64.urlsafe_b64encode(DIGEST).decode(),
        base64.b64encode(DIGEST).decode().rstrip("="),
        DIGEST.hex(),
        DIGEST.hex().upper(),
    ],
)
def test_a_digest_in_whichever_way_it_was_written(written: str) -> None:
    media = read(message("image", file(sha256=written))).media
    assert media is not None
    assert media.sha256 == DIGEST.hex()


@pytest.mark.parametrize("written", ["a1b2c3d4e5f6...", "", None, 7, "è" * 64, "AAAA"])
def test_what_is_no_digest(written: Any) -> None:
    media = read(message("image", file(sha256=written))).media
    assert media is not None
    assert media.sha256 is None


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"mime_type": "audio/ogg; codecs=opus", "voice": True}, ("audio/ogg", None, True, False)),
        ({"mime_type": "image/webp", "animated": True}, ("image/webp", None, False, True)),
        (
            {"mime_type": None, "filename": "../../etc/passwd"},
            (None, ".._.._etc_passwd", False, False),
        ),
        (
            {"mime_type": "", "filename": "C:\\fattura \u202egpj.exe\n"},
            (None, "C:_fattura gpj.exe", False, False),
        ),
    ],
)
def test_what_is_told_about_a_file(payload: Json, expected: tuple[Any, ...]) -> None:
    media = read(message("document", file(**payload))).media
    assert media is not None
    assert (media.mime_type, media.filename, media.voice, media.animated) == expected


def test_a_file_that_meta_lost_is_still_a_message() -> None:
    lost = message("image", {"mime_type": "image/jpeg"}, errors=[{"code": 131052, "title": "Lost"}])
    read_message = read(lost)
    assert read_message.kind is MessageKind.IMAGE
    assert read_message.media is None
    assert read_message.errors == (MetaError(code=131052, title="Lost", details=None),)


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


@pytest.mark.parametrize("body", ["", " \n", "\u200b\u2060", "\u2800\u2800", "\u3164", "\ufe0f"])
def test_a_text_in_which_nothing_can_be_seen_is_an_empty_text(body: str) -> None:
    read_message = read(message(text={"body": body}))
    assert (read_message.kind, read_message.text) == (MessageKind.TEXT, None)


AD = {
    "source_url": "https://fb.me/abc",
    "source_type": "ad",
    "source_id": "120",
    "headline": "Casa sul mare",
    "body": "Prenota ora",
    "ctwa_clid": "x",
}


def test_an_ad_says_what_it_said() -> None:
    written = read(message(referral=AD))
    assert (written.kind, written.text) == (MessageKind.TEXT, "Ciao!")
    assert written.ad == Ad(
        type="ad", id="120", headline="Casa sul mare", body="Prenota ora", url="https://fb.me/abc"
    )
    opened = read(message("request_welcome", referral=AD))
    assert opened.text == "Casa sul mare\nPrenota ora\nhttps://fb.me/abc"
    assert read(message(referral={"ctwa_clid": "x"})).ad is None


def test_a_question_about_a_product_names_it() -> None:
    product = {"catalog_id": "77", "product_retailer_id": "SUITE-9"}
    asked = read(message(context={"referred_product": product}))
    assert (asked.kind, asked.text) == (MessageKind.TEXT, "Ciao!")
    assert asked.context.product == Product(id="SUITE-9", catalog_id="77")
    replied = read(message(context={"id": "wamid.P", "referred_product": product}))
    assert (replied.unsupported_type, replied.text) == ("reply", "Ciao!\nSUITE-9")


@pytest.mark.parametrize("type_", ["image", "video", "audio", "document", "sticker"])
def test_a_file_without_an_id_is_lost_and_so_is_one_that_meta_could_not_load(type_: str) -> None:
    error = {"code": 131052, "title": "Media download error"}
    assert read(message(type_, {"mime_type": "a/b"}, errors=[error])).file_lost
    assert read(message(type_, {"mime_type": "a/b"})).file_lost
    assert read(message(type_, file(), errors=[error])).file_lost
    assert read(message(type_, {}, context={"id": "wamid.X"})).file_lost
    assert not read(message(type_, file())).file_lost


@pytest.mark.parametrize("group_id", [{}, {"id": 1}, [7], "x" * 600])
def test_a_group_that_cannot_be_read_makes_no_private_message(group_id: Any) -> None:
    parsed = event(envelope(change(messages=[message(group_id=group_id)])))
    assert len(parsed.messages) == (0 if group_id else 1)
    assert len(parsed.broken) == (1 if group_id else 0)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (message(text="Ciao"), "Ciao"),
        (message(text=[{"body": "Ciao"}]), "Ciao"),
        (message(text={"body": ["Ciao", 5]}), "Ciao, 5"),
        (message(type="hologram", text={"body": "Ciao"}), "Ciao"),
        (message(type="image", text={"body": "Ciao"}), "Ciao"),
        (message(type={}, text={"body": "Ciao"}), "Ciao"),
        (message("button", "Ciao"), "Ciao"),
        (message("interactive", "Ciao"), "Ciao"),
        (message("interactive", {"type": 7, "button_reply": {"title": "Ciao"}}), "Ciao"),
        (message("interactive", {"type": "list_reply", "list_reply": "Ciao"}), "Ciao"),
        (message("image", file(caption=["Ciao"])), "Ciao"),
        (message("order", "Ciao"), "Ciao"),
        (message("reaction", "👍"), "👍"),
        (message("edit", {"message": "Ciao"}), "Ciao"),
        (message("system", "Ciao"), "Ciao"),
    ],
)
def test_words_are_found_in_whatever_they_came(raw: Json, text: str) -> None:
    assert read(raw).text == text


@pytest.mark.parametrize(
    "raw",
    [
        message("reaction", {"message_id": "wamid.X", "emoji": "👍"}),
        message("revoke", {"original_message_id": "wamid.X"}),
        message("edit", {"original_message_id": "wamid.X", "message": {}}),
    ],
)
def test_what_is_about_an_earlier_message_says_which(raw: Json) -> None:
    assert read(raw).concerns == "wamid.X"


def test_an_edited_photo_keeps_its_photo() -> None:
    new = {"type": "image", "image": file(caption="nuova")}
    read_message = read(message("edit", {"original_message_id": "wamid.X", "message": new}))
    assert read_message.text == "nuova"
    assert read_message.media is not None


def test_a_type_not_known_yet_is_counted_and_keeps_its_file() -> None:
    parsed = event(envelope(change(messages=[message("hologram", file())])))
    assert parsed.unknown == ["type:hologram"]
    assert parsed.messages[0].media is not None


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (message(), MessageKind.TEXT),
        (message("image", file(caption="questa")), MessageKind.IMAGE),
        (message("location", {"latitude": 1, "longitude": 2}), MessageKind.LOCATION),
    ],
)
def test_a_reply_keeps_everything_and_says_what_it_answers(raw: Json, kind: MessageKind) -> None:
    plain, reply = read(raw), read(raw | {"context": {"id": "wamid.OURS", "from": "15550783881"}})
    assert plain.kind is kind
    assert (reply.kind, reply.unsupported_type) == (MessageKind.UNSUPPORTED, "reply")
    assert reply.context.reply_to == "wamid.OURS"
    assert (reply.text, reply.media, reply.location) == (plain.text, plain.media, plain.location)


@pytest.mark.parametrize("context", [{"forwarded": True}, {"frequently_forwarded": True, "id": ""}])
def test_a_forwarded_message_is_no_reply(context: Json) -> None:
    read_message = read(message(context=context))
    assert read_message.kind is MessageKind.TEXT
    assert read_message.context == Context(forwarded=True)


def test_a_message_of_a_group_opens_no_window() -> None:
    read_message = read(message(group_id="120363@g.us"))
    assert read_message.group_id == "120363@g.us"
    assert not read_message.counts_for_window


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
