"""What the list orders and filters by stands in its rows, whatever happens, and is read from any
place both ways (P1, P5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Conversation, Message
from inbox_app.queries.inbox.conversation_list import Filter, View, page, stretch
from inbox_app.queries.inbox.list_order import Cursor
from inbox_app.services.conversations import open_conversation, read_conversation
from inbox_app.services.people.put_actor import GivenActor, put_actor
from tests.queries.conversations import begin, open_window
from tests.support.factories import World, make_account
from tests.support.intake import open_inbox
from tests.support.webhook_bodies import says

pytestmark = pytest.mark.anyio

PEOPLE = ["393471234567", "393489876543", "393331112233"]
EXTERNAL = ["guest-1", "guest-2"]

person, who = st.sampled_from(PEOPLE), st.sampled_from(EXTERNAL)
STEPS = st.one_of(
    st.tuples(st.just("writes"), person),
    st.tuples(st.just("is read"), person),
    st.tuples(st.just("is left unread"), person),
    st.tuples(st.just("is told"), who, st.sampled_from(ActorKind), person | st.none()),
    st.tuples(st.just("is opened"), who),
    st.tuples(st.just("is forgotten"), who),
)


class _History:
    """Steps through the services; what cannot be done in a state is not done."""

    def __init__(self, database: Database, account_id: int, now: datetime) -> None:
        self._database, self._account_id, self._now = database, account_id, now
        self._inbox, self._count = open_inbox(database), 0

    async def step(self, what: str, *of: Any) -> None:
        self._now += timedelta(seconds=1)
        if what == "writes":
            await self._writes(*of)
            return
        async with self._database.transaction() as session:
            if what == "is told":
                await self._is_told(session, *of)
            elif what == "is opened":
                await self._is_opened(session, *of)
            elif what == "is forgotten":
                theirs = (
                    col(Actor.account_id) == self._account_id,
                    col(Actor.external_id) == of[0],
                )
                await session.exec(delete(Actor).where(*theirs))
            else:
                await self._is_looked_at(session, what, *of)

    async def _writes(self, wa_id: str) -> None:
        self._count += 1
        wamid = f"wamid.{self._now.timestamp()}.{self._count}"
        await self._inbox.hear(says("Ciao", wamid, self._now, wa_id=wa_id), at=self._now)

    async def _is_told(
        self, session: AsyncSession, external_id: str, kind: ActorKind, phone: str | None
    ) -> None:
        told = GivenActor(kind=kind, name="Ada", phones=[f"+{phone}"] if phone else [])
        await put_actor(session, self._account_id, external_id, told, self._now)

    async def _is_opened(self, session: AsyncSession, external_id: str) -> None:
        of = (self._account_id, channel_of(WHATSAPP), external_id, self._now)
        try:
            await open_conversation.for_actor(session, *of)
        except (open_conversation.NoSuchActorError, open_conversation.OthersNumberError):
            return

    async def _is_looked_at(self, session: AsyncSession, what: str, wa_id: str) -> None:
        rows = (await session.exec(select(Conversation).order_by(col(Conversation.id)))).all()
        if not rows:
            return
        of = {"account_id": self._account_id, "conversation_id": rows[hash(wa_id) % len(rows)].id}
        if what == "is read":
            await read_conversation.mark_read(session, **of, up_to=2**31)
        else:
            await read_conversation.mark_unread(session, **of)


async def _kept_and_true(session: AsyncSession) -> tuple[list[Any], list[Any]]:
    """Of each conversation: what its row says, and what everything else says."""
    newest = (
        select(func.max(col(Message.id)))
        .where(col(Message.conversation_id) == col(Conversation.id))
        .correlate(Conversation)
        .scalar_subquery()
    )
    unread = (
        select(func.count())
        .where(
            col(Message.conversation_id) == col(Conversation.id),
            col(Message.id) > col(Conversation.last_read_id),
            col(Message.direction) == Direction.IN,
            col(Message.kind) != MessageKind.SYSTEM,
        )
        .correlate(Conversation)
        .scalar_subquery()
    )
    query = (
        select(Conversation, Actor, newest, unread)
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .execution_options(populate_existing=True)
    )
    found = (await session.exec(query)).all()
    kept = [(row.id, row.actor_kind, row.last_message_id, row.unread) for row, *_ in found]
    true = [(row.id, actor and actor.kind, last, many) for row, actor, last, many in found]
    return kept, true


@pytest.mark.postgresql("triggers are written for each kind of database")
@examples(steps=st.lists(STEPS, min_size=1, max_size=12))
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_what_the_list_filters_by_is_in_its_rows_after_any_history(
    database: Database, world: World, now: datetime, steps: list[tuple[Any, ...]]
) -> None:
    history = _History(database, world.account_id, now)
    for step in steps:
        await history.step(*step)
    async with database.reading() as session:
        kept, true = await _kept_and_true(session)
    assert kept == true


@pytest.mark.postgresql("triggers are written for each kind of database")
async def test_what_is_given_as_an_actor_s_kind_counts_for_nothing(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        lies: dict[str, Any] = {"actor_kind": ActorKind.SUPPLIER}
        await begin(session, world.account_id, now, None, actor_id=world.ada_id, **lies)
        await begin(session, world.account_id, now, "39333", **lies)
    async with database.reading() as session:
        kept, true = await _kept_and_true(session)
    assert kept == true


@pytest.fixture
async def many(database: Database, world: World, now: datetime) -> World:
    """Some of each, of several the same moment; and one of another company's."""
    actors = (world.ada_id, world.giuseppe_id, world.pulizie_rossi_id, None)
    async with database.transaction() as session:
        for number in range(24):
            talk = await begin(
                session,
                world.account_id,
                now - timedelta(minutes=number // 3),
                f"39347{number:07}",
                actor_id=actors[number % 4],
                assigned_to=world.marta_id if number % 5 == 0 else None,
                archived_at=now if number % 6 == 5 else None,
                unread=number % 2,
            )
            await open_window(session, talk, now - timedelta(hours=19, minutes=number % 4))
        other = await make_account(session, now)
        await begin(session, other, now, "393470000001", unread=1)
    return world


def _expected(rows: Sequence[Conversation], filter_: Filter, person_id: int) -> list[int]:
    kinds = {"guests": ActorKind.GUEST, "owners": ActorKind.OWNER, "suppliers": ActorKind.SUPPLIER}

    def holds(row: Conversation) -> bool:
        if filter_ is Filter.ARCHIVED:
            return row.archived_at is not None
        told = {
            Filter.ALL: True,
            Filter.EXPIRING: True,
            Filter.UNREAD: row.unread > 0,
            Filter.MINE: row.assigned_to == person_id,
            Filter.UNASSIGNED: row.assigned_to is None,
            Filter.UNKNOWN: row.actor_id is None,
        }
        fits = told[filter_] if filter_ in told else row.actor_kind is kinds[filter_]
        return fits and row.archived_at is None

    def soonest(row: Conversation) -> tuple[int, int]:
        return (-((row.id - first) % 4), row.id)

    first = min(row.id for row in rows)
    held = [row for row in rows if holds(row)]
    if filter_ is Filter.EXPIRING:
        return [row.id for row in sorted(held, key=soonest)]
    newest = sorted(held, key=lambda row: (row.arrived_at, row.id), reverse=True)
    return [row.id for row in newest]


async def _walked(session: AsyncSession, view: View, now: datetime) -> list[int]:
    ids: list[int] = []
    place: Cursor | None = None
    while (found := await stretch(session, view, now, limit=3, after=place)).rows:
        ids += [int(row["id"]) for row in found.rows]
        place = found.last
    return ids


async def _walked_up(session: AsyncSession, view: View, now: datetime) -> list[int]:
    ids: list[int] = []
    ahead = view.filter is Filter.EXPIRING
    place: Cursor | None = Cursor(datetime(3000 if ahead else 1971, 1, 1, tzinfo=UTC), 0)
    while place and (found := await stretch(session, view, now, limit=3, before=place)).rows:
        ids = [*(int(row["id"]) for row in found.rows), *ids]
        place = found.first
    return ids


@pytest.mark.postgresql("places are compared, and indexes of some rows taken")
@pytest.mark.parametrize("filter_", Filter)
async def test_each_filter_is_walked_both_ways_without_a_gap_or_a_repetition(
    database: Database, many: World, now: datetime, filter_: Filter
) -> None:
    person_id = many.marta_id if filter_ is Filter.MINE else 0
    view = View(many.account_id, filter_, user_id=person_id)
    async with database.reading() as session:
        ours = select(Conversation).where(col(Conversation.account_id) == many.account_id)
        expected = _expected((await session.exec(ours)).all(), filter_, person_id)
        assert expected
        assert await _walked(session, view, now) == expected
        assert await _walked_up(session, view, now) == expected
        assert [int(row["id"]) for row in await page(session, view, now, limit=99)] == expected


_INDEXES = {
    Filter.ALL: "conversation_listed",
    Filter.UNREAD: "conversation_unread",
    Filter.MINE: "conversation_assigned",
    Filter.UNASSIGNED: "conversation_assigned",
    Filter.GUESTS: "conversation_of_kind",
    Filter.OWNERS: "conversation_of_kind",
    Filter.SUPPLIERS: "conversation_of_kind",
    Filter.UNKNOWN: "conversation_of_kind",
    Filter.EXPIRING: "last_inbound_order",
    Filter.ARCHIVED: "conversation_archived",
}


@pytest.mark.parametrize("filter_", Filter)
async def test_each_filter_is_read_in_the_order_of_an_index(
    sqlite: Database, world: World, now: datetime, filter_: Filter
) -> None:
    """Else a page would cost what the whole list does."""
    said: list[tuple[str, Any]] = []
    view = View(world.account_id, filter_, user_id=world.marta_id)
    async with sqlite.reading() as session:
        core = await session.connection()
        event.listen(
            core.sync_connection, "before_cursor_execute", lambda *of: said.append(of[2:4])
        )
        await stretch(session, view, now, limit=3, after=Cursor(now, 1))
        statement, parameters = said[0]
        plan = await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [detail for *_, detail in plan]
    assert any(f"INDEX {_INDEXES[filter_]} (" in step for step in steps), steps
