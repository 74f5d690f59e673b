"""The list is read from any place both ways, whatever narrows it (P1, P5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Conversation, Label
from inbox_app.queries.inbox.list import narrowing
from inbox_app.queries.inbox.list.conversation_list import page, stretch
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.services.labels.write_label import make_label
from tests.queries.conversations import begin, book, open_window
from tests.queries.inbox.walked import labelled
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
            session.add(labelled(row, label.id))
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
        session.add_all(labelled(row, label.id) for row in rows if row.id in theirs)
    async with database.reading() as session:
        for filter_ in set(Filter) - {Filter.TODAY, Filter.MENTIONS}:
            person_id = many.marta_id if filter_ is Filter.MINE else 0
            given: dict[str, Any] = {"user_id": person_id, "label_id": label.id}
            held = _expected(rows, filter_, person_id)
            expected = [id_ for id_ in held if id_ in theirs]
            view = View(many.account_id, filter_, channel=WHATSAPP, **given)
            assert await _walked(session, view, now) == expected, filter_
            assert await _walked_up(session, view, now) == expected, filter_
