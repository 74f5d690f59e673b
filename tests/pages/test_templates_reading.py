"""The window of templates that a page holds: two pages of a list, however long it is."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.models import Address
from inbox_app.pages.inbox.foot.template_menu_reading import MOST, MenuQuery, MenuView
from inbox_app.pages.inbox.foot.template_menu_reading import read as read_menu
from inbox_app.pages.templates.reading import PAGE, TemplatesQuery, read
from tests.queries.conversations import begin
from tests.support.factories import World
from tests.support.templates import here

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("pages follow one another")]
_ALL = TemplatesQuery(None, "", "", None)


@pytest.fixture
async def many(database: Database, world: World, now: datetime) -> list[str]:
    """The names of two and a half pages of templates."""
    names = [f"template_{number:03}" for number in range(PAGE * 5 // 2)]
    async with database.transaction() as session:
        for name in names:
            await here(session, world, now, name)
    return names


async def test_a_page_holds_two_parts_and_goes_on_from_the_middle(
    database: Database, world: World, many: list[str]
) -> None:
    async with database.reading() as session:
        first = await read(session, world.account_id, _ALL)
        second = await read(session, world.account_id, _ALL._replace(after=first.middle))
    assert [row["name"] for row in first.rows] == many[: 2 * PAGE]
    assert [row["name"] for row in second.rows] == many[PAGE:]
    assert first.end is not None
    assert second.end is None
    assert first.counts["accepted"] == len(many)


async def test_who_wants_no_marketing_can_be_sent_everything_else(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        await here(session, world, now, "news", category="marketing")
        await here(session, world, now, "keys")
        await here(session, world, now, "waiting", meta_status="PENDING")
        talk = await begin(session, world.account_id, now, "393471234567")
        address = await session.get_one(Address, talk.address_id)
        address.marketing_stopped_at = now
    async with database.reading() as session:
        seen = await read_menu(session, world.account_id, MenuQuery(talk.id, "", ""))
    assert [row["name"] for row in seen.sendable] == ["keys"]
    assert [row["name"] for row in seen.others] == ["news", "waiting"]
    assert seen.accepted == 2


async def test_scrolling_on_shows_what_cannot_be_sent_however_much_can(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        for number in range(MOST + 1):
            await here(session, world, now, f"ready_{number:03}")
            await here(session, world, now, f"waiting_{number:03}", meta_status="PENDING")
        talk = await begin(session, world.account_id, now, "393471234567")
    looks, seen = [MenuQuery(talk.id, "", "")], list[MenuView]()
    async with database.reading() as session:
        while True:
            seen.append(await read_menu(session, world.account_id, looks[-1]))
            if not (seen[-1].more_sendable or seen[-1].more_others):
                break
            looks.append(looks[-1].further(seen[-1]))
    assert [(len(each.sendable), len(each.others)) for each in seen] == [
        *((30, 0), (60, 0), (90, 30), (90, 60), (90, 90)),
    ]
    assert (seen[-1].too_many_sendable, seen[-1].too_many_others) == (True, True)
