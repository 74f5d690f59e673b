"""What a message is about: an ad, a product, a group, an earlier message (M3, M4)."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.events import Ad, Context, Product
from inbox_app.domain.messages import MessageKind
from tests.channels.whatsapp.bodies import Json, change, envelope, event, message, read
from tests.channels.whatsapp.messages.raw import file


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
