"""What the list orders and filters by has an index with its rows in order, and is read from any
place both ways (P1, P5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Conversation, ConversationLabel, Label
from inbox_app.queries.inbox.list import narrowing
from inbox_app.queries.inbox.list.conversation_list import page, stretch
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.services.labels.write_label import make_label
from tests.queries.conversations import begin, book, open_window
from tests.support.factories import World, make_account

pytestmark = pytest.mark.anyio


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
                waiting_since=now if number % 4 else None,
                answer_by=now + timedelta(minutes=number // 3) if number % 4 else None,
                snooze=Snooze.ANSWER if number % 7 == 1 else None,
                starred_at=now if number % 3 == 1 else None,
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
            Filter.TO_ANSWER: row.waiting_since is not None and row.snooze is None,
            Filter.SNOOZED: row.snooze is not None,
            Filter.DONE: row.waiting_since is None and row.snooze is None,
            Filter.STARRED: row.starred_at is not None,
        }
        fits = told[filter_] if filter_ in told else row.actor_kind is kinds[filter_]
        return fits and row.archived_at is None

    def soonest(row: Conversation) -> tuple[int, int]:
        return (-((row.id - first) % 4), row.id)

    first = min(row.id for row in rows)
    held = [row for row in rows if holds(row)]
    if filter_ is Filter.EXPIRING:
        return [row.id for row in sorted(held, key=soonest)]
    if filter_ is Filter.TO_ANSWER:
        return [row.id for row in sorted(held, key=lambda row: (row.answer_by, row.id))]
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
    ahead = view.filter in {Filter.EXPIRING, Filter.TO_ANSWER}
    place: Cursor | None = Cursor(datetime(3000 if ahead else 1971, 1, 1, tzinfo=UTC), 0)
    while place and (found := await stretch(session, view, now, limit=3, before=place)).rows:
        ids = [*(int(row["id"]) for row in found.rows), *ids]
        place = found.first
    return ids


@pytest.mark.postgresql("places are compared, and indexes of some rows taken")
@pytest.mark.parametrize(
    "filter_", [each for each in Filter if each not in {Filter.TODAY, Filter.MENTIONS}]
)
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


_BY_ID = "SEARCH conversation USING INTEGER PRIMARY KEY"


@pytest.mark.postgresql("what narrows is read apart")
async def test_what_narrows_the_list_goes_with_each_filter_and_search(
    database: Database, many: World, now: datetime
) -> None:
    async with database.transaction() as session:
        stay = await book(session, many.account_id, many.ada_id, now, "CB-1")
        label = Label(
            account_id=many.account_id, name="VIP", name_key="vip",
            colour=LabelColour.RED, created_at=now,
        )  # fmt: skip
        session.add(label)
        await session.flush()
        ours = select(Conversation).where(col(Conversation.account_id) == many.account_id)
        rows = (await session.exec(ours)).all()
        for row in rows[:9]:
            session.add(_labelled(row, label.id))
        theirs = {
            "channel": {row.id for row in rows},
            "actor_id": {row.id for row in rows if row.actor_id == many.ada_id},
            "reservation_id": {row.id for row in rows if row.actor_id == many.ada_id},
            "label_id": {row.id for row in rows[:9]},
        }
        ids: dict[str, Any] = {
            "channel": WHATSAPP,
            "actor_id": many.ada_id,
            "reservation_id": stay.reservation_id,
            "label_id": label.id,
        }
    async with database.reading() as session:
        for filter_ in (Filter.ALL, Filter.UNREAD, Filter.TO_ANSWER, Filter.ARCHIVED):
            for names in (*combinations(ids, 1), *combinations(ids, 2), tuple(ids)):
                held = _expected(rows, filter_, 0)
                expected = [id_ for id_ in held if all(id_ in theirs[name] for name in names)]
                view = View(many.account_id, filter_, **{name: ids[name] for name in names})
                assert await _walked(session, view, now) == expected, (filter_, names)
        every = View(many.account_id, None, label_id=label.id)
        assert sorted(await _walked(session, every, now)) == sorted(row.id for row in rows[:9])
        found = View(many.account_id, search="Ada", label_id=label.id)
        both = [id_ for id_ in _expected(rows, Filter.ALL, 0) if id_ in theirs["label_id"]]
        assert await _walked(session, found, now) == [
            id_ for id_ in both if id_ in theirs["actor_id"]
        ]


def _labelled(row: Conversation, label_id: int) -> ConversationLabel:
    return ConversationLabel(
        account_id=row.account_id,
        label_id=label_id,
        conversation_id=row.id,
        arrived_at=row.arrived_at,
        archived_at=row.archived_at,
    )


@pytest.mark.postgresql("places are compared, and indexes of some rows taken")
@pytest.mark.parametrize("rare", [5_000, 3])
async def test_a_label_on_more_than_a_few_is_walked_both_ways_with_each_filter(
    database: Database, many: World, now: datetime, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr(narrowing, "FEW", 2)
    monkeypatch.setattr(narrowing, "RARE", rare)
    async with database.transaction() as session:
        label = await make_label(session, many.account_id, "VIP", LabelColour.RED, now)
        ours = select(Conversation).where(col(Conversation.account_id) == many.account_id)
        rows = (await session.exec(ours)).all()
        theirs = {row.id for row in rows if row.id % 3}
        session.add_all(_labelled(row, label.id) for row in rows if row.id in theirs)
    async with database.reading() as session:
        for filter_ in set(Filter) - {Filter.TODAY, Filter.MENTIONS}:
            person_id = many.marta_id if filter_ is Filter.MINE else 0
            given: dict[str, Any] = {"user_id": person_id, "label_id": label.id}
            held = _expected(rows, filter_, person_id)
            expected = [id_ for id_ in held if id_ in theirs]
            view = View(many.account_id, filter_, channel=WHATSAPP, **given)
            assert await _walked(session, view, now) == expected, filter_
            assert await _walked_up(session, view, now) == expected, filter_


async def test_a_rare_label_is_walked_by_its_index_with_a_filter_too(
    sqlite: Database, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many the filter leaves: a label's conversations may all lie at the list's end."""
    monkeypatch.setattr(narrowing, "FEW", 2)
    label = (await _thousands(sqlite, world, now))["label_id"]
    for filter_ in (Filter.DONE, Filter.UNASSIGNED, Filter.ARCHIVED):
        plans = await _plans(sqlite, View(world.account_id, filter_, label_id=label), now)
        steps = next(plan for plan in plans if any(_BY_ID in step for step in plan))
        assert "conversations_with_label " in steps[0], (filter_, steps)
        assert not any("TEMP B-TREE" in step for step in steps), (filter_, steps)


async def test_what_narrows_the_list_has_an_index(
    sqlite: Database, world: World, now: datetime
) -> None:
    """However many there are: those of one actor, stay or label are looked up by their ids."""
    ids = await _thousands(sqlite, world, now)
    by_order = {
        ("channel", None): "conversation_of_channel",
        ("channel", Filter.ALL): "conversation_of_channel",
        ("label_id", None): "all_conversations_with_label",
        ("label_id", Filter.ALL): "conversations_with_label",
    }
    for name, id_ in ids.items():
        for filter_ in (None, Filter.ALL, Filter.DONE, Filter.TO_ANSWER):
            view = View(world.account_id, filter_, **{name: id_})
            plans = await _plans(sqlite, view, now)
            places = _BY_ID if name != "channel" else "INDEX conversation_"
            expected = by_order.get((name, filter_), places)
            steps = plans[0] if (name, filter_) in by_order else plans[0] + plans[1]
            assert any(expected in step for step in steps), (name, filter_, plans)
            assert not any(step.endswith("(account_id=?)") for step in steps), (name, plans)


async def _thousands(sqlite: Database, world: World, now: datetime) -> dict[str, Any]:
    """Of one actor, one stay and one label few each; by what a view names them."""
    times: dict[str, Any] = {"created_at": now}
    async with sqlite.transaction() as session:
        actors = [
            Actor(account_id=world.account_id, kind=ActorKind.GUEST, name=f"N{number}", **times)
            for number in range(3_000)
        ]
        label = Label(
            account_id=world.account_id, name="VIP", name_key="vip", colour=LabelColour.RED, **times
        )
        session.add_all([*actors, label])
        await session.flush()
        talks = [
            Conversation(
                account_id=world.account_id, channel=WHATSAPP, group_id=str(number),
                actor_id=actors[number].id, arrived_at=now - timedelta(minutes=number),
                waiting_since=now if number % 2 else None, answer_by=now, **times,
            )
            for number in range(3_000)
        ]  # fmt: skip
        session.add_all(talks)
        await session.flush()
        session.add_all(_labelled(talk, label.id) for talk in talks[::600])
        stay = await book(session, world.account_id, actors[7].id, now, "CB-1")
        ids = {"actor_id": actors[7].id, "reservation_id": stay.reservation_id}
    await sqlite.refresh_statistics()
    return ids | {"label_id": label.id, "channel": WHATSAPP}


async def _plans(sqlite: Database, view: View, now: datetime) -> list[list[str]]:
    """Of each statement that a page takes, what SQLite does for it."""
    said: list[tuple[str, Any]] = []
    async with sqlite.reading() as session:
        core = await session.connection()
        event.listen(
            core.sync_connection, "before_cursor_execute", lambda *of: said.append(of[2:4])
        )
        await stretch(session, view, now, limit=3, after=Cursor(now, 1))
        asked = list(said)
        return [
            [step for *_, step in await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
            for sql, given in asked
        ]


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
    Filter.TODAY: "reservations_by_dates",
    Filter.TO_ANSWER: "conversation_to_answer",
    Filter.SNOOZED: "conversation_snoozed",
    Filter.DONE: "conversation_done",
    Filter.STARRED: "conversation_starred",
    Filter.MENTIONS: "mentions_of",
}


@pytest.mark.parametrize("filter_", Filter)
async def test_each_filter_is_read_in_the_order_of_an_index(
    sqlite: Database, world: World, now: datetime, filter_: Filter
) -> None:
    """Else a page would cost what the whole list does."""
    view = View(world.account_id, filter_, user_id=world.marta_id)
    steps = (await _plans(sqlite, view, now))[filter_ is Filter.TODAY]
    assert any(f"INDEX {_INDEXES[filter_]} (" in step for step in steps), steps
