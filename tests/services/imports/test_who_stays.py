"""Who is told apart, and who outlasts the undoing of the import that put them on file (A3)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorAccommodation,
    ActorLabel,
    ActorLink,
    Conversation,
    Label,
)
from tests.queries.conversations import begin, book
from tests.support.factories import World, add
from tests.support.importing import Importer, dump

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statements")]

Hang = Callable[[AsyncSession, Actor, datetime], Awaitable[object]]


async def _stay(session: AsyncSession, actor: Actor, now: datetime) -> None:
    await book(session, actor.account_id, actor.id, now, "A1")


async def _home(session: AsyncSession, actor: Actor, now: datetime) -> None:
    where = {"account_id": actor.account_id, "timezone": "Europe/Rome", "created_at": now}
    home = await add(session, Accommodation(name="Casa Blu", **where))
    of = {"account_id": actor.account_id, "accommodation_id": home.id}
    await add(session, ActorAccommodation(actor_id=actor.id, **of))


async def _label(session: AsyncSession, actor: Actor, now: datetime) -> None:
    of: dict[str, Any] = {"account_id": actor.account_id, "created_at": now}
    label = await add(session, Label(name="VIP", name_key="vip", colour=LabelColour.RED, **of))
    has = {"account_id": actor.account_id, "label_id": label.id, "sort_name": actor.sort_name}
    await add(session, ActorLabel(actor_id=actor.id, **has))


async def _link(session: AsyncSession, actor: Actor, now: datetime) -> None:
    talk = await begin(session, actor.account_id, now, "393330001111", actor_id=actor.id)
    of = {"account_id": actor.account_id, "conversation_id": talk.id, "linked_at": now}
    await add(session, ActorLink(actor_id=actor.id, **of))


async def _waiting(session: AsyncSession, actor: Actor, now: datetime) -> None:
    await begin(session, actor.account_id, now, None, actor_id=actor.id)


@pytest.mark.parametrize("hang", [_stay, _home, _label, _link, _waiting])
async def test_on_whom_something_hangs_by_now_stays_with_it(
    importer: Importer, database: Database, now: datetime, hang: Hang
) -> None:
    await importer.all("actors", [["Name", "E-mail"], ["Nino Blu", "n@example.com"]])
    async with database.transaction() as session:
        nino = (await session.exec(select(Actor).where(col(Actor.name) == "Nino Blu"))).one()
        await hang(session, nino, now)
    before = await dump(database)
    row = await importer.undo()
    assert (row.undone, row.kept) == (0, 1)
    assert await importer.told() == [(2, Outcome.KEPT, ["name"])]
    assert await dump(database) == before


async def test_one_name_in_two_kinds_is_two_people(
    importer: Importer, database: Database, world: World
) -> None:
    table = [["Name", "Type", "Notes"], ["Ada Bianchi", "supplier", "a"], ["Ada Bianchi", "", "b"]]
    await importer.all("actors", table)
    assert await importer.told() == [(2, Outcome.NEW, None), (3, Outcome.CHANGED, ["notes"])]
    async with database.reading() as session:
        named = select(Actor).where(col(Actor.name) == "Ada Bianchi").order_by(col(Actor.id))
        ada, other = (await session.exec(named)).all()
    assert (ada.id, ada.kind, ada.notes) == (world.ada_id, ActorKind.GUEST, "b")
    assert (other.kind, other.notes) == (ActorKind.SUPPLIER, "a")


async def test_who_got_a_number_parts_again_from_the_conversation_that_it_linked_and_no_other(
    importer: Importer, database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        waits = await begin(session, world.account_id, now, "393335556677")
        hers = await begin(session, world.account_id, now, "393471234567", actor_id=world.ada_id)
    table = [["Name", "Mobile", "Phone"], ["Ada Bianchi", "333 555 6677", "347 123 4567"]]
    await importer.all("actors", table)
    assert await _who(database, waits, hers) == [world.ada_id, world.ada_id]
    await importer.undo()
    assert await _who(database, waits, hers) == [None, world.ada_id]


async def _who(database: Database, *talks: Conversation) -> list[int | None]:
    async with database.reading() as session:
        return [(await session.get_one(Conversation, talk.id)).actor_id for talk in talks]
