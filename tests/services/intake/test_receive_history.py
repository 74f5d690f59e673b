"""What was said before the number was connected stands in its thread, and alarms nobody (M1)."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.models import Conversation, EventState, LastInbound, Media, Message
from inbox_app.queries.thread.thread import unread_from
from inbox_app.services.conversations.read_conversation import mark_read
from tests.support.factories import OUR_NUMBER, World
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import ADA, change, post, says, seconds

DAY = timedelta(days=1)
OURS = OUR_NUMBER[1:]
Json = dict[str, Any]


def old(wamid: str, at: datetime, content: Json, *, by_us: bool = False, **more: Any) -> Json:
    ends = {"from": OURS, "to": ADA} if by_us else {"from": ADA}
    return {**ends, "id": wamid, "timestamp": seconds(at), **content, **more}


def words(body: str) -> Json:
    return {"type": "text", "text": {"body": body}}


def chunk(*messages: Json, order: int = 1, of: str = ADA) -> bytes:
    told = {
        "metadata": {"phase": 0, "chunk_order": order, "progress": 50},
        "threads": [{"id": of, "messages": list(messages)}],
    }
    return post(change(history=[told]) | {"field": "history"})


async def test_history_is_read_of_both_sides_and_is_never_unread(
    inbox: Inbox, world: World, now: datetime
) -> None:
    status = {"history_context": {"status": "READ"}}
    theirs = old("wamid.1", now - 20 * DAY, words("C'è il parcheggio?"))
    ours = old("wamid.2", now - 19 * DAY, words("Sì"), by_us=True, **status)
    await inbox.hear(chunk(theirs, ours), at=now)

    conversation = await inbox.only(Conversation)
    first, second = sorted(await inbox.all(Message), key=lambda each: each.sent_at)
    assert (first.direction, first.text) == (Direction.IN, "C'è il parcheggio?")
    assert (second.direction, second.text) == (Direction.OUT, "Sì")
    assert second.status is DeliveryStatus.READ
    assert (conversation.unread, conversation.last_message_id) == (0, second.id)
    assert conversation.arrived_at == now - 19 * DAY
    assert conversation.actor_id == world.ada_id
    assert await inbox.all(LastInbound) == []
    assert await inbox.states() == [EventState.APPLIED]


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
async def test_chunks_and_news_in_any_order_end_in_the_same_list(
    inbox: Inbox, now: datetime, order: tuple[int, ...]
) -> None:
    bodies = [
        chunk(old("wamid.1", now - 100 * DAY, words("Uno")), order=1),
        chunk(old("wamid.2", now - 50 * DAY, words("Due")), order=2),
        chunk(old("wamid.3", now - 2 * DAY, words("Tre")), order=3),
        says("Adesso", "wamid.4", now),
    ]
    for place in order:
        await inbox.hear(bodies[place], at=now)

    conversation = await inbox.only(Conversation)
    last = next(each for each in await inbox.all(Message) if each.provider_id == "wamid.4")
    assert (conversation.last_message_id, conversation.unread) == (last.id, 1)
    assert len(await inbox.all(Message)) == 4


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_of_history_alone_the_latest_is_what_the_list_shows(
    inbox: Inbox, now: datetime, order: tuple[int, ...]
) -> None:
    bodies = [
        chunk(old(f"wamid.{days}", now - days * DAY, words(f"{days}"))) for days in (90, 60, 30)
    ]
    for place in order:
        await inbox.hear(bodies[place], at=now)

    conversation = await inbox.only(Conversation)
    last = next(each for each in await inbox.all(Message) if each.provider_id == "wamid.30")
    assert (conversation.last_message_id, conversation.arrived_at) == (last.id, now - 30 * DAY)


async def test_history_that_comes_after_news_is_not_counted_when_it_is_read(
    inbox: Inbox, world: World, now: datetime
) -> None:
    await inbox.hear(says("Adesso", "wamid.9", now), at=now)
    await inbox.hear(chunk(old("wamid.1", now - DAY, words("Ieri"))), at=now)

    conversation = await inbox.only(Conversation)
    async with inbox.database.reading() as session:
        first = await unread_from(session, world.account_id, conversation.id, 0, within=10)
    assert first is not None
    assert first.sent_at == now
    async with inbox.database.transaction() as session:
        await mark_read(
            session,
            account_id=world.account_id,
            user_id=world.marta_id,
            conversation_id=conversation.id,
            up_to=10_000,
        )
    assert (await inbox.only(Conversation)).unread == 0


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("beside", [{}, {"history_context": {"status": "READ"}}])
async def test_a_file_takes_the_place_that_was_kept_for_it(
    inbox: Inbox, now: datetime, order: tuple[int, ...], beside: Json
) -> None:
    photo = {"id": "media.1", "mime_type": "image/jpeg", "sha256": "", "caption": "Il bagno"}
    later = old("wamid.1", now - DAY, {"type": "image", "image": photo})
    bodies = [
        chunk(old("wamid.1", now - DAY, {"type": "media_placeholder"}, **beside)),
        post(change(messages=[later]) | {"field": "history"}),
    ]
    for place in order:
        await inbox.hear(bodies[place], at=now)

    said = await inbox.only(Message)
    assert (said.kind, said.text, said.unsupported_type) == (MessageKind.IMAGE, "Il bagno", None)
    assert not said.awaits_file
    assert (await inbox.only(Media)).provider_media_id == "media.1"
    assert (await inbox.only(Conversation)).unread == 0


async def test_a_company_that_keeps_its_history_to_itself_is_no_trouble(
    inbox: Inbox, now: datetime
) -> None:
    told = [{"errors": [{"code": 2593109, "title": "History sync is turned off"}]}]
    await inbox.hear(post(change(history=told) | {"field": "history"}), at=now)

    assert await inbox.all(Message) == []
    assert await inbox.states() == [EventState.APPLIED]


async def test_who_is_known_by_a_user_id_alone_has_a_history_too(
    inbox: Inbox, now: datetime
) -> None:
    said = {
        "from_user_id": "IT.1",
        "id": "wamid.1",
        "timestamp": seconds(now - DAY),
        **words("Ciao"),
    }
    ours = {"from": OURS, "to_user_id": "IT.1", "id": "wamid.2", "timestamp": seconds(now - DAY)}
    told = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 100},
        "threads": [{"context": {"user_id": "IT.1"}, "messages": [said, ours | words("Salve")]}],
    }
    await inbox.hear(post(change(history=[told]) | {"field": "history"}), at=now)

    await inbox.only(Conversation)
    assert {each.direction for each in await inbox.all(Message)} == {Direction.IN, Direction.OUT}
