"""What becomes of the messages that events bring."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.live import Change
from inbox_app.models import (
    Address,
    Connection,
    Conversation,
    EventState,
    LastInbound,
    Media,
    MediaState,
    Message,
)
from inbox_app.queries.api.message_out import ErrorOut, MessageOut, ProductOut, ReferralOut
from inbox_app.queries.api.messages import messages
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_span import BEGINNING
from tests.support.factories import World
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import (
    ADA,
    ADA_USER_ID,
    change,
    contact,
    message,
    post,
    says,
    text,
)

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def inbox(database: Database, world: World) -> Inbox:
    return open_inbox(database)


async def test_a_message_makes_its_conversation(inbox: Inbox, world: World, now: datetime) -> None:
    body = post(
        change(
            messages=[text("wamid.1", "Buongiorno ☀️", now - MINUTE, user_id=ADA_USER_ID)],
            contacts=[contact("Ada", user_id=ADA_USER_ID, username="ada.b")],
        )
    )

    await inbox.hear(body, at=now)

    conversation = await inbox.only(Conversation)
    said = await inbox.only(Message)
    address = await inbox.only(Address)
    assert (said.text, said.kind, said.direction) == (
        "Buongiorno ☀️",
        MessageKind.TEXT,
        Direction.IN,
    )
    assert said.sent_at == now - MINUTE
    assert said.conversation_id == conversation.id
    assert (conversation.unread, conversation.last_message_id) == (1, said.id)
    assert conversation.actor_id == world.ada_id
    assert (address.value, address.external_id) == (ADA, ADA_USER_ID)
    assert (address.profile_name, address.username) == ("Ada", "ada.b")
    assert inbox.changes == [Change(world.account_id, conversation.id)]
    assert await inbox.states() == [EventState.APPLIED]
    assert (await inbox.only(Connection)).last_event_at == now


async def test_the_next_message_goes_to_the_same_conversation(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Primo", "wamid.1", now), at=now)
    await inbox.hear(says("Secondo", "wamid.2", now + MINUTE), at=now + MINUTE)

    conversation = await inbox.only(Conversation)
    assert conversation.unread == 2
    assert await inbox.texts(conversation.id) == ["Primo", "Secondo"]


@pytest.mark.postgresql("upserts")
async def test_what_is_said_twice_is_there_once(inbox: Inbox, now: datetime) -> None:
    body = says("Ciao", "wamid.1", now)
    other_bytes = says("Ciao", "wamid.1", now, user_id=ADA_USER_ID)

    await inbox.hear(body, body, other_bytes, at=now)
    await inbox.hear(body, at=now)

    assert await inbox.texts() == ["Ciao"]
    assert (await inbox.only(Conversation)).unread == 1
    assert await inbox.states() == [EventState.APPLIED] + 3 * [EventState.DUPLICATE]


@pytest.mark.postgresql("times are compared")
async def test_the_window_runs_from_the_newest_message_by_metas_time(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("Nuovo", "wamid.2", now - MINUTE), at=now)
    await inbox.hear(says("Vecchio", "wamid.1", now - HOUR), at=now)

    assert (await inbox.only(LastInbound)).last_inbound_at == now - MINUTE


async def test_a_time_ahead_of_ours_counts_as_now(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("Dal futuro", "wamid.1", now + HOUR), at=now)

    assert (await inbox.only(LastInbound)).last_inbound_at == now


@pytest.mark.parametrize(
    "timestamp",
    ["4070908800", 4070908800000, "253402300799", "0", "-1", "1", "", "domani", None, {}, True],
)
async def test_a_time_that_cannot_be_stands_where_it_arrived(
    inbox: Inbox, now: datetime, timestamp: object
) -> None:
    odd = text("wamid.2", "Ora", now) | {"timestamp": timestamp}
    await inbox.hear(says("Prima", "wamid.1", now - HOUR), at=now)
    await inbox.hear(post(change(messages=[odd])), at=now + timedelta(milliseconds=900))
    await inbox.hear(says("Subito dopo", "wamid.3", now), at=now + MINUTE)
    await inbox.hear(says("Dopo un'ora", "wamid.4", now + HOUR), at=now + HOUR)

    assert await inbox.texts() == ["Prima", "Ora", "Subito dopo", "Dopo un'ora"]
    assert (await inbox.only(LastInbound)).last_inbound_at == now + HOUR


@pytest.mark.postgresql("pages follow one another")
async def test_pages_of_such_messages_follow_without_a_gap(
    inbox: Inbox, world: World, now: datetime
) -> None:
    burst = [text(f"wamid.{n}", str(n), now + n * HOUR) for n in range(5)]
    await inbox.hear(post(change(messages=burst)), at=now + timedelta(milliseconds=900))
    here, found, before = await inbox.only(Conversation), list[str | None](), None
    async with inbox.database.reading() as session:
        while page := await messages(session, world.account_id, here.id, limit=2, before=before):
            shown, before = page
            found += [message.text for message in shown]
            if before is None:
                break
    assert found == ["4", "3", "2", "1", "0"]


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("content", "opens"),
    [
        ({"type": "text", "text": {"body": "Ciao"}}, True),
        ({"type": "image", "image": {"id": "1", "mime_type": "image/jpeg"}}, True),
        ({"type": "button", "button": {"text": "Sì", "payload": "yes"}}, True),
        ({"type": "unsupported", "errors": [{"code": 131051, "title": "Unsupported"}]}, True),
        ({"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": "👍"}}, False),
        ({"type": "system", "system": {"type": "user_changed_number", "body": "…"}}, False),
    ],
)
async def test_only_what_a_person_writes_opens_the_window(
    inbox: Inbox, now: datetime, content: dict[str, object], opens: bool
) -> None:
    await inbox.hear(post(change(messages=[message("wamid.1", now, content)])), at=now)

    assert len(await inbox.all(Message)) == 1
    assert bool(await inbox.all(LastInbound)) is opens


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


async def shown(inbox: Inbox, world: World) -> tuple[list[MessageRow], list[MessageOut]]:
    """The only conversation, oldest first as the thread has it, and newest first by API."""
    here = await inbox.only(Conversation)
    async with inbox.database.reading() as session:
        of = (session, world.account_id, here.id)
        rows = await between(*of, BEGINNING, None, "Europe/Rome")
        page = await messages(session, world.account_id, here.id, limit=9, before=None)
    assert page is not None
    return rows, page[0]


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
