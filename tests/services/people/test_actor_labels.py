"""The labels of people, which are the account's own (A3, P9)."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Actor, ActorLabel
from inbox_app.queries.labels.labels import labels_of_actors
from inbox_app.queries.people import actor_list
from inbox_app.queries.people.actor_list import ActorView
from inbox_app.services.labels.label_actors import put_label, take_label
from inbox_app.services.labels.write_label import delete_label, make_label, merge_label
from tests.services.people.merging import a_second_ada, merge, part
from tests.services.unknown_senders import a_stranger, actor_of, everything, make, undo
from tests.support.factories import World, make_account
from tests.support.importing import Importer

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("triggers are written for each")]


async def a_label(database: Database, world: World, now: datetime, name: str, *on: int) -> int:
    async with database.transaction() as session:
        label = await make_label(session, world.account_id, name, LabelColour.GREY, now)
        for actor_id in on:
            assert await put_label(session, world.account_id, label.id, actor_id)
        return label.id


async def names(database: Database, world: World, *ids: int) -> list[list[str]]:
    async with database.reading() as session:
        found = await labels_of_actors(session, world.account_id, ids)
    return [[label["name"] for label in found.get(id_, ())] for id_ in ids]


async def test_one_puts_a_label_on_somebody_and_takes_it_off(
    database: Database, world: World, now: datetime
) -> None:
    label = await a_label(database, world, now, "VIP", world.ada_id)
    assert await names(database, world, world.ada_id, world.giuseppe_id) == [["VIP"], []]
    async with database.transaction() as session:
        assert not await put_label(session, world.account_id, label, world.ada_id)
        assert await take_label(session, world.account_id, label, world.ada_id)
        assert not await take_label(session, world.account_id, label, world.ada_id)
    assert await names(database, world, world.ada_id) == [[]]


async def test_the_list_of_a_label_is_by_name_whoever_is_called_otherwise_or_archived(
    database: Database, world: World, now: datetime
) -> None:
    label = await a_label(
        database, world, now, "VIP", world.ada_id, world.giuseppe_id, world.pulizie_rossi_id
    )
    view = ActorView(world.account_id, label_id=label)

    async def listed(search: str = "") -> list[str]:
        async with database.reading() as session:
            found = await actor_list.stretch(session, view._replace(search=search), limit=9)
        return [actor.name for actor in found]

    assert await listed() == ["Ada Bianchi", "Giuseppe Verdi", "Pulizie Rossi"]
    async with database.transaction() as session:
        ada = await session.get_one(Actor, world.ada_id)
        gone = await session.get_one(Actor, world.giuseppe_id)
        ada.name, gone.archived_at = "Zoë Bianchi", now
        session.add_all([ada, gone])
    assert await listed() == ["Pulizie Rossi", "Zoë Bianchi"]
    async with database.reading() as session:
        kept = select(ActorLabel, Actor).join(Actor, col(Actor.id) == col(ActorLabel.actor_id))
        for row, actor in await session.exec(kept):
            assert (row.sort_name, row.archived_at) == (actor.sort_name, actor.archived_at)
        second = await actor_list.place_beyond(session, view, count=2)
        assert second == ("zoe bianchi", world.ada_id)
        first = await actor_list.place_beyond(session, view, count=1, before=second)
        assert first == ("pulizie rossi", world.pulizie_rossi_id)
        last = await actor_list.stretch(session, view, limit=9, after=first)
    assert [actor.id for actor in last] == [world.ada_id]
    assert await listed("bianchi") == ["Zoë Bianchi"]
    async with database.transaction() as session:
        assert await take_label(session, world.account_id, label, world.ada_id)
    assert await listed("bianchi") == []


async def test_a_label_merged_into_another_or_deleted_is_so_on_people_too(
    database: Database, world: World, now: datetime
) -> None:
    both = world.ada_id, world.giuseppe_id
    old = await a_label(database, world, now, "Vip", *both)
    new = await a_label(database, world, now, "V", world.ada_id)
    async with database.transaction() as session:
        await merge_label(session, world.account_id, old, new)
    assert await names(database, world, *both) == [["V"], ["V"]]
    async with database.transaction() as session:
        await delete_label(session, world.account_id, new)
    assert await names(database, world, *both) == [[], []]


async def test_two_who_are_made_one_have_the_labels_of_both_until_they_are_parted(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    await a_label(database, world, now, "Both", world.ada_id, second)
    await a_label(database, world, now, "Hers", second)
    await a_label(database, world, now, "Mine", world.ada_id)
    before = await everything(database)
    merged = await merge(database, world, world.ada_id, second, now)
    assert await names(database, world, world.ada_id) == [["Both", "Hers", "Mine"]]
    async with database.reading() as session:
        listed = select(ActorLabel).where(col(ActorLabel.archived_at).is_(None))
        assert {row.actor_id for row in await session.exec(listed)} == {world.ada_id}
    await part(database, world, merged, now)
    assert await everything(database) == before


async def test_labels_that_were_made_one_meanwhile_are_parted_once(
    database: Database, world: World, now: datetime
) -> None:
    second = await a_second_ada(database, world, now)
    old = await a_label(database, world, now, "Old", second)
    new = await a_label(database, world, now, "New", second, world.ada_id)
    merged = await merge(database, world, world.ada_id, second, now)
    async with database.transaction() as session:
        assert await take_label(session, world.account_id, new, world.ada_id)
        await merge_label(session, world.account_id, old, new)
    await part(database, world, merged, now)
    assert await names(database, world, world.ada_id, second) == [[], ["New"]]


async def test_who_has_a_label_outlasts_the_undoing_of_what_made_them(
    database: Database, world: World, now: datetime
) -> None:
    stranger = await a_stranger(database, world, now)
    nadia = await make(database, world, stranger, now)
    importer = Importer(database, world.account_id, now)
    await importer.all("actors", [["Nome", "Ruolo"], ["Idraulico", "fornitore"]])
    async with database.reading() as session:
        plumbers = select(Actor.id).where(col(Actor.name) == "Idraulico")
        plumber = (await session.exec(plumbers)).one()
    await a_label(database, world, now, "VIP", nadia, plumber)
    await undo(database, world, stranger, now)
    assert await actor_of(database, stranger) is None
    assert (await importer.undo()).kept == 1
    assert await names(database, world, nadia, plumber) == [["VIP"], ["VIP"]]


async def test_labels_and_people_of_another_company_are_as_if_they_were_not(
    database: Database, world: World, now: datetime
) -> None:
    label = await a_label(database, world, now, "VIP", world.ada_id)
    second = await a_second_ada(database, world, now)
    await merge(database, world, world.ada_id, second, now)
    async with database.transaction() as session:
        stranger = await make_account(session, now)
        theirs = (await make_label(session, stranger, "VIP", LabelColour.RED, now)).id
        for account, which, actor in (
            (stranger, label, world.ada_id),
            (stranger, theirs, world.ada_id),
            (world.account_id, theirs, world.ada_id),
            (world.account_id, label, second),
        ):
            with pytest.raises(NotFoundError):
                await put_label(session, account, which, actor)
        assert not await take_label(session, stranger, label, world.ada_id)
        view = ActorView(stranger, label_id=label)
        assert await actor_list.stretch(session, view, limit=9) == []
    assert await names(database, world, world.ada_id) == [["VIP"]]
