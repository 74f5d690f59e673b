"""Labels of an account, on its conversations, and lists kept under a name (P9)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.conversations.labels import (
    LONGEST_NAME,
    MOST,
    LabelColour,
    NameProblem,
    NameRefusedError,
)
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Conversation, ConversationLabel
from inbox_app.queries.inbox.list.conversation_list import stretch
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.labels import labels as reading
from inbox_app.services.conversations import triage
from inbox_app.services.labels import saved_views, write_label
from inbox_app.services.labels.label_conversations import put_label, set_labels, take_label
from tests.queries.conversations import begin
from tests.support.factories import World, make_account
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = pytest.mark.anyio
GREY = LabelColour.GREY


async def _label(database: Database, account_id: int, name: str, now: datetime) -> int:
    async with database.transaction() as session:
        return (await write_label.make_label(session, account_id, name, GREY, now)).id


async def _names(database: Database, account_id: int) -> list[str]:
    async with database.reading() as session:
        return [each["name"] for each in await reading.labels(session, account_id)]


async def test_a_label_is_made_renamed_and_deleted(
    database: Database, world: World, now: datetime
) -> None:
    label = await _label(database, world.account_id, " Check-in\n tardivo ", now)
    await _label(database, world.account_id, "VIP", now)
    assert await _names(database, world.account_id) == ["Check-in tardivo", "VIP"]
    async with database.transaction() as session:
        await write_label.change_label(session, world.account_id, label, name="Tardi")
    async with database.transaction() as session:
        await write_label.delete_label(session, world.account_id, label)
        with pytest.raises(NotFoundError):
            await write_label.change_label(session, world.account_id, label, name="Tardi")
    assert await _names(database, world.account_id) == ["VIP"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("  ", NameProblem.NO_NAME),
        ("x" * (LONGEST_NAME + 1), NameProblem.TOO_LONG),
        ("vip", NameProblem.TAKEN),
    ],
)
async def test_what_cannot_be_a_name_says_why(
    database: Database, world: World, now: datetime, name: str, problem: NameProblem
) -> None:
    await _label(database, world.account_id, "VIP", now)
    async with database.transaction() as session:
        with pytest.raises(NameRefusedError) as refused:
            await write_label.make_label(session, world.account_id, name, GREY, now)
        assert refused.value.problem is problem


async def test_there_are_a_hundred_at_most(database: Database, world: World, now: datetime) -> None:
    async with database.transaction() as session:
        for number in range(MOST):
            await write_label.make_label(session, world.account_id, f"L{number}", GREY, now)
        with pytest.raises(NameRefusedError) as refused:
            await write_label.make_label(session, world.account_id, "one more", GREY, now)
    assert refused.value.problem is NameProblem.TOO_MANY


@pytest.mark.postgresql("what had both has one")
async def test_what_had_the_one_has_the_other_once_they_are_merged(
    database: Database, world: World, now: datetime
) -> None:
    account = world.account_id
    old, new = (
        await _label(database, account, "Vip", now),
        await _label(database, account, "V", now),
    )
    async with database.transaction() as session:
        ids = [(await begin(session, account, now, f"3934700000{n}")).id for n in range(3)]
        await put_label(session, account, old, ids[:2])
        await put_label(session, account, new, ids[1:])
        await saved_views.save_view(
            session,
            account,
            world.marta_id,
            "I miei",
            filter_="all",
            label_id=old,
            search="",
            now=now,
        )
    async with database.transaction() as session:
        await write_label.merge_label(session, account, old, new)
    async with database.reading() as session:
        found = await reading.labels_of(session, account, ids)
        [view] = await reading.saved_views(session, account, world.marta_id)
    assert [[each["name"] for each in found[id_]] for id_ in ids] == [["V"]] * 3
    assert view["label"] == str(new)


@pytest.mark.postgresql("triggers are written for each kind of database")
async def test_the_list_of_a_label_is_in_the_order_of_the_list_whatever_arrives(
    database: Database, world: World, now: datetime
) -> None:
    account, inbox = world.account_id, open_inbox(database)
    for number in range(4):
        at = now + timedelta(minutes=number)
        await inbox.hear(says("Ciao", f"wamid.{number}", at, wa_id=f"3934700000{number}"), at=at)
    ids = [row.id for row in await inbox.all(Conversation)]
    label = await _label(database, account, "VIP", now)
    async with database.transaction() as session:
        assert await put_label(session, account, label, ids[:3]) == ids[:3]
        assert await put_label(session, account, label, ids[:3]) == []
    later = now + timedelta(hours=1)
    await inbox.hear(says("Ancora", "wamid.9", later, wa_id="39347000000"), at=later)
    async with database.transaction() as session:
        await triage.set_put_away(session, account, [ids[1]], now, archived=True)

    async def listed(filter_: Filter = Filter.ALL) -> list[int]:
        async with database.reading() as session:
            view = View(account, filter_, label_id=label)
            return [int(row["id"]) for row in (await stretch(session, view, now, limit=9)).rows]

    assert await listed() == [ids[0], ids[2]]
    assert sorted(await listed(Filter.TO_ANSWER)) == [ids[0], ids[2]]
    assert await listed(Filter.ARCHIVED) == [ids[1]]
    async with database.reading() as session:
        query = select(ConversationLabel, Conversation).join(
            Conversation, col(Conversation.id) == col(ConversationLabel.conversation_id)
        )
        for kept, row in await session.exec(query):
            assert (kept.arrived_at, kept.archived_at) == (row.arrived_at, row.archived_at)
    async with database.transaction() as session:
        assert await take_label(session, account, label, ids) == ids[:3]
    assert await listed() == []


async def test_a_conversation_has_the_labels_that_are_named_and_no_others(
    database: Database, world: World, now: datetime
) -> None:
    account = world.account_id
    await _label(database, account, "VIP", now)
    async with database.transaction() as session:
        talk = (await begin(session, account, now, "39347")).id
        assert await set_labels(session, account, talk, ["vip", "Nuova"], now)
        assert not await set_labels(session, account, talk, ["Nuova", "VIP"], now)
        assert await set_labels(session, account, talk, ["Nuova"], now)
        stranger = await make_account(session, now)
        assert not await set_labels(session, stranger, talk, ["Mia"], now)
    async with database.reading() as session:
        found = await reading.labels_of(session, account, [talk])
    assert [each["name"] for each in found[talk]] == ["Nuova"]


async def test_another_company_s_labels_are_as_if_they_were_not(
    database: Database, world: World, now: datetime
) -> None:
    label = await _label(database, world.account_id, "VIP", now)
    async with database.transaction() as session:
        stranger = await make_account(session, now)
        theirs = (await begin(session, stranger, now, "39347")).id
        for do in (
            put_label(session, stranger, label, [theirs]),
            write_label.delete_label(session, stranger, label),
            write_label.merge_label(session, stranger, label, label),
        ):
            with pytest.raises(NotFoundError):
                await do
        assert await put_label(session, world.account_id, label, [theirs]) == []


async def test_a_view_of_the_same_name_is_another_list_and_goes_with_its_label(
    database: Database, world: World, now: datetime
) -> None:
    account, person = world.account_id, world.marta_id
    label = await _label(database, account, "VIP", now)
    async with database.transaction() as session:
        for filter_, search in (("all", "roma"), ("guests", "")):
            given = {"filter_": filter_, "search": search, "label_id": label, "now": now}
            view = await saved_views.save_view(session, account, person, "Oggi", **given)
    async with database.reading() as session:
        [kept] = await reading.saved_views(session, account, person)
    assert (kept["filter"], kept["search"]) == ("guests", "")
    async with database.transaction() as session:
        assert not await saved_views.delete_view(session, account, person + 1, view.id)
        await write_label.delete_label(session, account, label)
    async with database.reading() as session:
        assert await reading.saved_views(session, account, person) == []
