"""Any order, any repetition, any batching: the same truth in the end (M1)."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import (
    Address,
    Conversation,
    EarlyStatus,
    EventState,
    InboundEvent,
    LastInbound,
    Message,
)
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import (
    Json,
    change,
    contact,
    message,
    post,
    post_entries,
    says,
    status,
    text,
)

PEOPLE = [f"4915{number:08}" for number in range(6)]


def a_day(now: datetime) -> Iterator[Json]:
    """Changes of a busy hour: 60 texts of 6 people, 10 echoes with three statuses each."""
    for number in range(60):
        wa_id = PEOPLE[number % 6]
        at = now + timedelta(seconds=number)
        ids = {"wa_id": wa_id, "user_id": f"DE.{wa_id}"}
        yield change(
            messages=[text(f"wamid.{number}", f"{wa_id} {number}", at, **ids)],
            contacts=[contact(f"Nome {wa_id}", **ids)],
        )
    for number in range(10):
        echo = message(
            f"wamid.echo{number}", now, {"type": "text", "text": {"body": "?"}}, "390541555100"
        )
        yield change(message_echoes=[echo | {"to": PEOPLE[number % 6]}])
        for name in ("sent", "delivered", "read"):
            yield change(statuses=[status(f"wamid.echo{number}", name, now)])


async def check(inbox: Inbox, now: datetime) -> None:
    """Everything of the day is there once, with its person, ticked as far as it came."""
    said = await inbox.all(Message)
    addresses = {address.id: address for address in await inbox.all(Address)}
    conversations = {one.id: one for one in await inbox.all(Conversation)}
    windows = {one.address_id: one.last_inbound_at for one in await inbox.all(LastInbound)}
    assert sorted(one.provider_id or "" for one in said) == sorted(
        [f"wamid.{number}" for number in range(60)] + [f"wamid.echo{n}" for n in range(10)]
    )
    assert sorted(address.value or "" for address in addresses.values()) == PEOPLE
    for one in said:
        address = addresses[conversations[one.conversation_id].address_id or 0]
        if one.status is None:
            assert (one.text or "").startswith(f"{address.value} ")
        else:
            assert one.status is DeliveryStatus.READ
    assert all(one.unread == 10 for one in conversations.values())
    assert sorted(windows.values()) == [now + timedelta(seconds=54 + n) for n in range(6)]
    assert await inbox.all(EarlyStatus) == []
    newest = {one.conversation_id: one.id for one in said}
    assert {one.id: one.last_message_id for one in conversations.values()} == newest


@pytest.mark.postgresql("upserts")
@pytest.mark.parametrize("seed", range(4))
async def test_shuffled_doubled_and_batched_it_is_the_same_day(
    inbox: Inbox, now: datetime, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    changes = list(a_day(now)) + chance.choices(list(a_day(now)), k=40)
    chance.shuffle(changes)
    bodies: list[bytes] = []
    while changes:
        size = min(chance.randint(1, 9), len(changes))
        bodies.append(post_entries([changes[:size][at::3] for at in range(min(3, size))]))
        changes = changes[size:]

    for body in bodies[: len(bodies) // 2]:
        await inbox.hear(body, at=now + timedelta(hours=1))
    await inbox.hear(*bodies, at=now + timedelta(hours=1))

    await check(inbox, now)
    assert EventState.FAILED not in await inbox.states()


async def test_three_entries_of_three_changes_of_three_messages(
    inbox: Inbox, now: datetime
) -> None:
    entries = [
        [
            change(
                messages=[
                    text(f"wamid.{e}{c}{m}", f"{e}{c}{m}", now, wa_id=PEOPLE[m]) for m in range(3)
                ]
            )
            for c in range(3)
        ]
        for e in range(3)
    ]
    await inbox.hear(post_entries(entries), at=now)

    assert len(await inbox.all(Message)) == 27
    assert [one.unread for one in await inbox.all(Conversation)] == [9, 9, 9]


@pytest.mark.postgresql("many rows at once")
async def test_a_thousand_updates_in_one_post(inbox: Inbox, now: datetime) -> None:
    messages = [text(f"wamid.{n}", str(n), now, wa_id=f"4915{n % 50:08}") for n in range(600)]
    statuses = [
        status(f"wamid.out{n % 200}", name, now) for n in range(200) for name in ("sent", "read")
    ]
    await inbox.hear(post(change(messages=messages), change(statuses=statuses)), at=now)

    assert len(await inbox.all(Message)) == 600
    assert len(await inbox.all(Conversation)) == 50
    assert len(await inbox.all(EarlyStatus)) == 400
    assert await inbox.states() == [EventState.APPLIED]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"not json", "not_json"),
        (b"", "not_json"),
        (b"[1, 2]", "other_shape"),
        (b'{"object": "page", "entry": []}', "other_shape"),
        (b"\xff\xfe\x00", "not_json"),
    ],
)
async def test_what_cannot_be_read_is_kept_with_its_reason_and_holds_nobody_up(
    inbox: Inbox, now: datetime, body: bytes, error: str
) -> None:
    await inbox.hear(says("Prima", "wamid.1", now), body, says("Dopo", "wamid.2", now), at=now)

    assert await inbox.texts() == ["Prima", "Dopo"]
    _, broken, _ = await inbox.all(InboundEvent)
    assert (broken.state, broken.error, broken.body) == (EventState.FAILED, error, body)


@pytest.mark.postgresql("a part of a transaction is undone")
async def test_the_good_items_of_a_broken_post_are_taken(inbox: Inbox, now: datetime) -> None:
    nameless = {"type": "text", "text": {"body": "Da nessuno"}, "timestamp": "1"}
    body = post(change(messages=[text("wamid.1", "Buono", now), nameless, "nonsense"]))  # pyright: ignore[reportArgumentType]
    await inbox.hear(body, at=now)

    assert await inbox.texts() == ["Buono"]
    event = await inbox.only(InboundEvent)
    assert event.state is EventState.FAILED
    assert event.error is not None
    assert "Da nessuno" not in event.error


async def test_notices_about_the_account_are_applied_and_make_no_message(
    inbox: Inbox, now: datetime
) -> None:
    changes = [
        {"field": "account_update", "value": {"event": "PARTNER_REMOVED"}},
        {"field": "something_of_2031", "value": {"new": True}},
        {"field": "history", "value": {"history": [{"threads": []}]}},
    ]
    await inbox.hear(*(post(one) for one in changes), at=now)

    assert await inbox.states() == 3 * [EventState.APPLIED]
    assert await inbox.all(Message) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.postgresql("what columns may hold")
@given(
    messages=st.lists(
        st.fixed_dictionaries(
            {"id": st.text(), "from": st.sampled_from([*PEOPLE, ""]) | JSON},
            optional={
                "type": st.sampled_from(["text", "image", "system", "reaction", "order"]) | JSON,
                "text": JSON | st.fixed_dictionaries({"body": st.text()}),
                "image": JSON,
                "system": JSON,
                "timestamp": JSON,
                "context": JSON,
                "group_id": JSON,
                "from_user_id": JSON,
            },
        ),
        max_size=4,
    ),
    statuses=JSON,
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_nothing_that_anybody_signs_stops_the_queue(
    inbox: Inbox, now: datetime, messages: list[Json], statuses: object
) -> None:
    value = {
        "metadata": {"phone_number_id": "106540352242922"},
        "messages": messages,
        "statuses": statuses,
    }
    body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
    await inbox.hear(body, at=now)

    assert EventState.RECEIVED not in await inbox.states()
    assert {event.attempts for event in await inbox.all(InboundEvent)} == {1}
