"""A message makes its conversation, once, and opens its window."""

from datetime import datetime, timedelta

import pytest

from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.live import Change
from inbox_app.models import (
    Address,
    Connection,
    Conversation,
    EventState,
    LastInbound,
    Message,
)
from inbox_app.queries.api.messages import messages
from tests.support.factories import World
from tests.support.intake import Inbox
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
