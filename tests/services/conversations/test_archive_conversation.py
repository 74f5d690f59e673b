"""A conversation that was put away is out of the list until something comes in or goes out (P5)."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.models import Conversation
from inbox_app.queries.inbox.list.conversation_list import page
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.services.conversations.triage import set_put_away
from tests.support.factories import World, make_account
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = pytest.mark.anyio


async def test_what_was_put_away_is_in_the_archive_until_they_write_again(
    database: Database, world: World, now: datetime
) -> None:
    inbox = open_inbox(database)
    await inbox.hear(says("Ciao", "wamid.1", now), at=now)
    of = world.account_id, [(await inbox.only(Conversation)).id], now

    async def in_view(filter_: Filter) -> int:
        async with database.reading() as session:
            return len(await page(session, View(world.account_id, filter_), now, limit=9))

    for changes in (True, False):
        async with database.transaction() as session:
            assert bool(await set_put_away(session, *of, archived=True)) is changes
    assert (await in_view(Filter.ALL), await in_view(Filter.ARCHIVED)) == (0, 1)
    later = now + timedelta(minutes=1)
    await inbox.hear(says("Ci siete?", "wamid.2", later), at=later)
    assert (await in_view(Filter.ALL), await in_view(Filter.ARCHIVED)) == (1, 0)


async def test_another_company_cannot_put_it_away(
    database: Database, world: World, now: datetime
) -> None:
    inbox = open_inbox(database)
    await inbox.hear(says("Ciao", "wamid.1", now), at=now)
    conversation = await inbox.only(Conversation)
    async with database.transaction() as session:
        stranger = await make_account(session, now)
        assert not await set_put_away(session, stranger, [conversation.id], now, archived=True)
    assert (await inbox.only(Conversation)).archived_at is None
