"""What the list orders and filters by has an index with its rows in order (P1, P5)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.conversations.labels import LabelColour
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Conversation, Label
from inbox_app.queries.inbox.list import narrowing
from inbox_app.queries.inbox.list.conversation_list import stretch
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import Filter, View
from tests.queries.conversations import book
from tests.queries.inbox.walked import labelled
from tests.support.factories import World

pytestmark = pytest.mark.anyio


_BY_ID = "SEARCH conversation USING INTEGER PRIMARY KEY"


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
        session.add_all(labelled(talk, label.id) for talk in talks[::600])
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
