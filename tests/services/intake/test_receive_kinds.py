"""Photos, ads, places and words are kept as they came, each in its conversation."""

from datetime import datetime

import pytest

from inbox_app.domain.messages import MessageKind
from inbox_app.models import Address, Conversation, Media, MediaState, Message
from inbox_app.queries.api.message_out import ErrorOut, ProductOut, ReferralOut
from tests.services.intake.shown import shown
from tests.support.factories import World
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import change, contact, message, post, says, text


async def test_a_photo_waits_to_be_fetched(inbox: Inbox, now: datetime) -> None:
    photo = {
        "type": "image",
        "image": {"id": "1003383421387256", "mime_type": "image/jpeg", "caption": "La vista"},
    }
    await inbox.hear(post(change(messages=[message("wamid.1", now, photo)])), at=now)

    said, file = await inbox.only(Message), await inbox.only(Media)
    assert (said.kind, said.text) == (MessageKind.IMAGE, "La vista")
    assert (file.message_id, file.provider_media_id) == (said.id, "1003383421387256")
    assert file.state is MediaState.PENDING


async def test_photos_sent_together_are_messages_of_their_own_in_order(
    inbox: Inbox, now: datetime
) -> None:
    """M5."""
    ids = [f"wamid.{number}" for number in range(3)]
    photo = {"type": "image", "image": {"id": "1003383421387256", "mime_type": "image/jpeg"}}
    await inbox.hear(post(change(messages=[message(id, now, photo) for id in ids])), at=now)

    await inbox.only(Conversation)
    assert [said.provider_id for said in await inbox.all(Message)] == ids
    assert len(await inbox.all(Media)) == 3


@pytest.mark.postgresql("its statements")
async def test_a_lost_file_is_said_to_people_and_to_programs(
    inbox: Inbox, world: World, now: datetime
) -> None:
    error = {"code": 131052, "title": "Media download error"}
    lost = {"type": "video", "video": {"mime_type": "video/mp4"}, "errors": [error]}
    await inbox.hear(post(change(messages=[message("wamid.1", now, lost)])), at=now)
    [row], [told] = await shown(inbox, world)
    assert (row["kind"], row["file_lost"], row["error_code"]) == ("video", True, 131052)
    assert told.error == ErrorOut(131052, "Media download error")
    assert told.status is None


async def test_an_ad_and_a_product_stand_beside_the_words(
    inbox: Inbox, world: World, now: datetime
) -> None:
    ad = {"source_url": "https://fb.me/abc", "source_type": "ad", "headline": "Casa sul mare"}
    product = {"catalog_id": "77", "product_retailer_id": "SUITE-9"}
    about_ad = text("wamid.1", "Ciao", now) | {"referral": ad | {"body": "Prenota ora"}}
    about_product = text("wamid.2", "Libera?", now) | {"context": {"referred_product": product}}
    await inbox.hear(post(change(messages=[about_ad, about_product])), at=now)
    rows, told = await shown(inbox, world)
    assert [(row["text"], row["about"]) for row in rows] == [
        ("Ciao", "Casa sul mare\nPrenota ora\nhttps://fb.me/abc"),
        ("Libera?", "SUITE-9"),
    ]
    assert told[1].referral == ReferralOut(
        "ad", None, "Casa sul mare", "Prenota ora", "https://fb.me/abc"
    )
    assert told[0].product == ProductOut("SUITE-9", "77")


async def test_a_place_keeps_its_name(inbox: Inbox, now: datetime) -> None:
    place = {"type": "location", "location": {"latitude": 44.1, "longitude": 12.5, "name": "Porto"}}
    await inbox.hear(post(change(messages=[message("wamid.1", now, place)])), at=now)

    said = await inbox.only(Message)
    assert said.details is not None
    assert said.details["location"]["name"] == "Porto"


@pytest.mark.postgresql("what a text may hold")
async def test_what_no_database_stores_is_left_out_of_a_text(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(
        says(
            "a\\u0000b\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            "wamid.1",
            now,
        ),
        at=now,
    )
    await inbox.hear(says("zero\x00byte", "wamid.2", now), at=now)

    assert (await inbox.texts())[1] == "zerobyte"


@pytest.mark.postgresql("its statements")
async def test_a_message_brings_an_archived_conversation_back(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Ciao", "wamid.1", now), at=now)
    async with inbox.database.transaction() as session:
        conversation = await session.get_one(Conversation, (await inbox.only(Conversation)).id)
        conversation.archived_at = now
        session.add(conversation)

    await inbox.hear(says("Sono ancora qui", "wamid.2", now), at=now)

    assert (await inbox.only(Conversation)).archived_at is None


async def test_several_people_in_one_post_each_get_their_own(inbox: Inbox, now: datetime) -> None:
    people = [f"3934800000{number:02}" for number in range(9)]
    changes = [
        change(
            messages=[
                text(f"wamid.{wa_id}", wa_id, now, wa_id=wa_id) for wa_id in people[at : at + 3]
            ],
            contacts=[contact(f"Nome {wa_id}", wa_id=wa_id) for wa_id in people[at : at + 3]],
        )
        for at in (0, 3, 6)
    ]
    await inbox.hear(post(*changes), at=now)

    addresses = {address.id: address for address in await inbox.all(Address)}
    conversations = {one.id: one for one in await inbox.all(Conversation)}
    for said in await inbox.all(Message):
        whose = addresses[conversations[said.conversation_id].address_id or 0]
        assert (whose.value, whose.profile_name) == (said.text, f"Nome {said.text}")
    assert len(conversations) == 9


@pytest.mark.postgresql("times are compared")
async def test_the_list_keeps_the_order_of_arrival(inbox: Inbox, now: datetime) -> None:
    people = [f"3934800000{number:02}" for number in range(5)]
    await inbox.hear(
        *(says("Ciao", f"wamid.{wa_id}", now, wa_id=wa_id) for wa_id in people), at=now
    )

    by_arrival = sorted(await inbox.all(Conversation), key=lambda one: one.arrived_at)
    assert [one.last_message_id for one in by_arrival] == [m.id for m in await inbox.all(Message)]
