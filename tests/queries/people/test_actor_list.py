"""The list of actors: every page by its index, both ways (A3, P5)."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.domain.people.actors import ActorKind
from inbox_app.queries.people import actor_list
from inbox_app.queries.people.actor_list import ActorFilter, ActorPlace, ActorView
from tests.support.factories import World, make_actor

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("rows are compared as tuples")]


async def names(
    database: Database, view: ActorView, *, limit: int = 50, after: ActorPlace | None = None
) -> list[str]:
    async with database.reading() as session:
        found = await actor_list.stretch(session, view, limit=limit, after=after)
    return [actor.name for actor in found]


async def some_more(database: Database, world: World, now: datetime) -> None:
    async with database.transaction() as session:
        for name in ("Élodie", "elena", "Zoë", "elena"):
            await make_actor(session, world.account_id, now, name, ActorKind.GUEST)
        gone = await make_actor(session, world.account_id, now, "Bruno", ActorKind.OWNER)
        gone.archived_at = now
        session.add(gone)


async def test_by_name_without_regard_to_accents_and_case(
    database: Database, world: World, now: datetime
) -> None:
    await some_more(database, world, now)
    view = ActorView(world.account_id)
    assert await names(database, view) == [
        "Ada Bianchi", "elena", "elena", "Élodie", "Giuseppe Verdi", "Pulizie Rossi", "Zoë",
    ]  # fmt: skip
    assert await names(database, view._replace(filter=ActorFilter.SUPPLIERS)) == ["Pulizie Rossi"]
    assert await names(database, view._replace(filter=ActorFilter.ARCHIVED)) == ["Bruno"]
    assert await names(database, view._replace(search="el")) == ["elena", "elena", "Élodie"]
    archived = view._replace(search="bruno", filter=ActorFilter.ARCHIVED)
    assert await names(database, archived) == ["Bruno"]


async def test_pages_go_on_from_a_place_both_ways(
    database: Database, world: World, now: datetime
) -> None:
    await some_more(database, world, now)
    view = ActorView(world.account_id)
    async with database.reading() as session:
        second = await actor_list.place_beyond(session, view, count=2)
        assert second is not None
        fourth = await actor_list.place_beyond(session, view, count=2, after=second)
        assert await actor_list.place_beyond(session, view, count=2, before=fourth) == second
        assert await actor_list.place_beyond(session, view, count=9) is None
    after = await names(database, view, limit=2, after=second)
    assert after == ["elena", "Élodie"]


@pytest.mark.parametrize(
    ("filter_", "label", "index"),
    [
        (ActorFilter.ALL, 0, "actors_by_name"),
        (ActorFilter.GUESTS, 0, "actors_by_kind_and_name"),
        (ActorFilter.ARCHIVED, 0, "actors_archived"),
        (ActorFilter.ALL, 5, "actors_with_label"),
    ],
)
async def test_each_order_has_an_index(
    database: Database, world: World, filter_: ActorFilter, label: int, index: str
) -> None:
    view = ActorView(world.account_id, filter_, label_id=label)
    page = actor_list._after(view, ActorPlace("b", 7)).limit(50)
    async with database.reading() as session:
        core = await session.connection()
        if core.dialect.name != "sqlite":
            await core.exec_driver_sql("SET enable_seqscan = off")
            await core.exec_driver_sql("SET enable_sort = off")
            await core.exec_driver_sql("SET enable_bitmapscan = off")
        sql = str(page.compile(core.engine, compile_kwargs={"literal_binds": True}))
        how = "EXPLAIN QUERY PLAN " if core.dialect.name == "sqlite" else "EXPLAIN "
        plan = str((await core.exec_driver_sql(how + sql.replace("%", "%%"))).all())
    assert f"{index} " in plan
    assert "TEMP B-TREE" not in plan


async def test_another_company_s_are_not_in_it(database: Database, world: World) -> None:
    assert await names(database, ActorView(world.account_id + 1)) == []
    async with database.reading() as session:
        assert not await actor_list.has_any(session, world.account_id + 1)
