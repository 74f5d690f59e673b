"""Every type and shape of a message becomes exactly one item of the right kind, in whatever order,
batches and repetitions it comes (M1, M3, M4)."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind, Origin
from inbox_app.models import Conversation, LastInbound, Media, Message
from tests.support.factories import OUR_NUMBER, World
from tests.support.inbound.kinds import KINDS, Kind
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import ADA, change, message, post, post_entries, seconds

Json = dict[str, Any]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_each_is_one_item_of_the_right_kind(inbox: Inbox, now: datetime, kind: Kind) -> None:
    body = post(change(messages=[message("wamid.1", now, kind.content)]))
    await inbox.hear(body, body, at=now)

    said = await inbox.only(Message)
    assert (said.kind, said.unsupported_type) == (kind.kind, kind.unsupported_type)
    assert said.text == kind.text
    assert said.direction is Direction.IN
    assert bool(await inbox.all(Media)) is kind.has_file
    assert bool(await inbox.all(LastInbound)) is kind.opens_window
    assert (await inbox.only(Conversation)).unread == 1


async def test_the_same_from_the_phone_app_are_ours_and_wait_for_nobody(
    inbox: Inbox, now: datetime
) -> None:
    """Echoes: what the company answered by hand is one item each too, and opens nothing."""
    ends = {"from": OUR_NUMBER[1:], "to": ADA, "timestamp": seconds(now)}
    echoes = [ends | {"id": f"wamid.{at}"} | kind.content for at, kind in enumerate(KINDS)]
    body = post(change(message_echoes=echoes) | {"field": "smb_message_echoes"})
    await inbox.hear(body, body, at=now)

    said = await inbox.all(Message)
    assert len(said) == len(KINDS)
    assert {(one.direction, one.origin) for one in said} == {(Direction.OUT, Origin.APP)}
    assert await inbox.all(LastInbound) == []
    assert (await inbox.only(Conversation)).unread == 0


async def test_a_call_is_a_notice_that_opens_the_window_and_a_groups_message_stays_there(
    inbox: Inbox, now: datetime
) -> None:
    call = {"id": "wacid.1", "from": ADA, "event": "connect", "timestamp": seconds(now)}
    ended = call | {"event": "terminate", "status": "COMPLETED"}
    told = {"direction": "USER_INITIATED"}
    for each in (call | told, ended | told):
        await inbox.hear(post(change(calls=[each]) | {"field": "calls"}), at=now)
    grouped = message("wamid.g", now, {"type": "text", "text": {"body": "Tutti"}})
    await inbox.hear(post(change(messages=[grouped | {"group_id": "120363@g.us"}])), at=now)

    private, group = sorted(await inbox.all(Conversation), key=lambda each: each.id)
    assert (private.group_id, group.group_id) == (None, "120363@g.us")
    by_conversation = {one.conversation_id: one for one in await inbox.all(Message)}
    assert by_conversation[private.id].unsupported_type == "call"
    assert by_conversation[group.id].kind is MessageKind.TEXT
    assert len(await inbox.all(LastInbound)) == 1


EACH = range(len(KINDS) + 2)
"""Every kind, and the two of the history."""


def _batches(order: Sequence[int], cuts: Sequence[int]) -> list[list[int]]:
    places = sorted({0, len(order), *(cut % (len(order) + 1) for cut in cuts)})
    return [list(order[start:end]) for start, end in itertools.pairwise(places)]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.permutations([*EACH, *EACH[::3]]), cuts=st.lists(st.integers(0, 10_000)))
async def test_shuffled_doubled_and_cut_they_end_in_the_same_state(
    database: Database, world: World, now: datetime, order: list[int], cuts: list[int]
) -> None:
    """M1: edits before what they edit, files of the history before their places, all of it."""
    inbox = open_inbox(database)
    run = uuid4().hex[:8]
    sender = f"4915{int(run, 16) % 10**8:08}"
    changes = _all_of(run, sender, now)

    for batch in _batches(order, cuts):
        await inbox.hear(post_entries([[changes[at]] for at in batch]), at=now)

    ours = [one for one in await inbox.all(Message) if f".{run}." in (one.provider_id or "")]
    got = {
        (one.provider_id or "").rpartition(".")[2]: (one.kind, one.unsupported_type, one.text)
        for one in ours
    }
    assert len(ours) == len(KINDS) + 1
    assert got == {
        **{str(at): (kind.kind, kind.unsupported_type, kind.text) for at, kind in enumerate(KINDS)},
        "old": (MessageKind.IMAGE, None, "Il bagno"),
    }
    (id_,) = {one.conversation_id for one in ours}
    (talk,) = [one for one in await inbox.all(Conversation) if one.id == id_]
    assert talk.unread == len(KINDS)


def _all_of(run: str, sender: str, now: datetime) -> list[Json]:
    """Every kind once, and a file of the history that came after its place."""
    live = [
        change(messages=[message(f"wamid.{run}.{at}", now, kind.content, wa_id=sender)])
        for at, kind in enumerate(KINDS)
    ]
    before = {"from": sender, "id": f"wamid.{run}.old", "timestamp": seconds(now - timedelta(9))}
    thread = {"id": sender, "messages": [before | {"type": "media_placeholder"}]}
    photo = {"id": "media.1", "mime_type": "image/jpeg", "caption": "Il bagno"}
    return [
        *live,
        change(history=[{"metadata": {"chunk_order": 1}, "threads": [thread]}])
        | {"field": "history"},
        change(messages=[before | {"type": "image", "image": photo}]) | {"field": "history"},
    ]
