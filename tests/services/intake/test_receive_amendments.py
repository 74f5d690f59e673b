"""Edits and deletions are seen on the message they are about, which is kept (M4)."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.models import Conversation
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_span import BEGINNING
from tests.support.factories import OUR_NUMBER, World
from tests.support.intake import Inbox
from tests.support.samples.webhook_bodies import ADA, change, message, post, text

MINUTE = timedelta(minutes=1)


async def rows(inbox: Inbox, world: World) -> list[MessageRow]:
    conversation = await inbox.only(Conversation)
    async with inbox.database.reading() as session:
        of = (session, world.account_id, conversation.id)
        return await between(*of, BEGINNING, None, "Europe/Rome")


def edited(wamid: str, original: str, at: datetime, new: dict[str, Any]) -> dict[str, Any]:
    told = {"original_message_id": original, "message": new}
    return message(wamid, at, {"type": "edit", "edit": told})


def revoked(wamid: str, original: str, at: datetime) -> dict[str, Any]:
    told = {"original_message_id": original}
    return message(wamid, at, {"type": "revoke", "revoke": told})


def words(body: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body}}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_the_last_edit_is_what_is_read_and_the_first_words_are_kept(
    inbox: Inbox, world: World, now: datetime, order: tuple[int, ...]
) -> None:
    told = [
        text("wamid.1", "Arriviamo alle 15", now - 3 * MINUTE),
        edited("wamid.2", "wamid.1", now - 2 * MINUTE, words("Arriviamo alle 16")),
        edited("wamid.3", "wamid.1", now - MINUTE, words("Arriviamo alle 17")),
    ]
    for place in order:
        await inbox.hear(post(change(messages=[told[place]])), at=now)

    original, *edits = await rows(inbox, world)
    assert (original["text"], original["before_edit"]) == (
        "Arriviamo alle 17",
        "Arriviamo alle 15",
    )
    assert original["edited"]
    assert not original["deleted"]
    assert [(row["amends"], row["reply_excerpt"]) for row in edits] == [
        ("edit", "Arriviamo alle 15"),
        ("edit", "Arriviamo alle 15"),
    ]
    assert (await inbox.only(Conversation)).unread == 3


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_what_was_deleted_stays_readable_and_says_so(
    inbox: Inbox, world: World, now: datetime, order: tuple[int, ...]
) -> None:
    told = [text("wamid.1", "La chiave è rotta", now - MINUTE), revoked("wamid.2", "wamid.1", now)]
    for place in order:
        await inbox.hear(post(change(messages=[told[place]])), at=now)

    original, deletion = await rows(inbox, world)
    assert (original["text"], original["deleted"]) == ("La chiave è rotta", True)
    assert deletion["amends"] == "deletion"


async def test_what_is_about_a_message_that_we_never_had_is_a_notice(
    inbox: Inbox, world: World, now: datetime
) -> None:
    await inbox.hear(post(change(messages=[revoked("wamid.2", "wamid.1", now)])), at=now)

    (notice,) = await rows(inbox, world)
    assert (notice["kind"], notice["unsupported_type"]) == ("unsupported", "revoke")
    assert notice["amends"] == ""


async def test_nobody_amends_what_the_other_side_said(
    inbox: Inbox, world: World, now: datetime
) -> None:
    hers = text("wamid.1", "Grazie", now - MINUTE)
    echo = {
        "from": OUR_NUMBER[1:],
        "to": ADA,
        "id": "wamid.2",
        "timestamp": str(int(now.timestamp())),
        "type": "revoke",
        "revoke": {"original_message_id": "wamid.1"},
    }
    await inbox.hear(post(change(messages=[hers])), at=now)
    await inbox.hear(post(change(message_echoes=[echo])), at=now)

    original, _ = await rows(inbox, world)
    assert not original["deleted"]
