"""What the list orders and filters by stands in its rows, whatever happens (P1, P5, P8)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.database import Database
from inbox_app.domain.conversations import triage as rules
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Conversation, LastInbound, Message, Unseen
from tests.queries.conversations import begin
from tests.queries.inbox.list_history import STEPS, History
from tests.support.factories import World, make_user

pytestmark = pytest.mark.anyio


@pytest.fixture
async def history(database: Database, world: World, now: datetime) -> History:
    """Goes on from one example to the next, like what it happens in."""
    async with database.transaction() as session:
        anna = await make_user(session, world.account_id, now, "anna@casedelsole.it")
    return History(database, world.account_id, now, [world.marta_id, anna.id])


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
    kept = [
        (row.id, row.actor_kind, row.last_message_id, row.unread, row.waiting_since, row.answer_by)
        for row, *_ in found
    ]
    true = [
        (row.id, actor and actor.kind, last, many, *await _waits(session, row))
        for row, actor, last, many in found
    ]
    return kept, true


async def _waits(
    session: AsyncSession, row: Conversation
) -> tuple[datetime | None, datetime | None]:
    """Since when, and its place in the order, by reading all that was said."""
    since, asked = row.reopened_at, select(Message).where(col(Message.conversation_id) == row.id)
    owed: list[Message] = []
    for message in await session.exec(asked.order_by(col(Message.id))):
        if message.direction is Direction.IN:
            owed += [message] if message.concerns is None and message.id > row.done_up_to else []
        elif message.status is not DeliveryStatus.FAILED and message.waited_as is None:
            owed = []
    if since is None and owed:
        since = owed[0].sent_at
    windows = select(LastInbound.last_inbound_at).where(
        col(LastInbound.address_id) == row.address_id
    )
    last = (await session.exec(windows)).first()
    closes = last and last + timedelta(hours=24)
    return since, since and rules.answer_by(since, closes)


@pytest.mark.postgresql("triggers are written for each kind of database")
@examples(steps=st.lists(STEPS, min_size=1, max_size=12))
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_what_the_list_filters_by_is_in_its_rows_after_any_history(
    database: Database, history: History, steps: list[tuple[Any, ...]]
) -> None:
    for step in steps:
        await history.step(*step)
    async with database.reading() as session:
        kept, true = await _kept_and_true(session)
        waiting, not_seen = await _unread_of_each(session, history)
    assert kept == true
    assert waiting == not_seen


async def _unread_of_each(session: AsyncSession, history: History) -> tuple[list[Any], list[Any]]:
    """By conversation and person: how much waits there, its place in the list; and what each has
    not seen by all that happened."""
    kept: list[Any] = []
    true: list[Any] = []
    for talk in (await session.exec(select(Conversation))).all():
        theirs = select(Message.id).where(
            col(Message.conversation_id) == talk.id,
            col(Message.direction) == Direction.IN,
            col(Message.kind) != MessageKind.SYSTEM,
        )
        asking = (await session.exec(theirs)).all()
        for person in history.people:
            query = select(Unseen).where(
                col(Unseen.conversation_id) == talk.id, col(Unseen.user_id) == person
            )
            row = (await session.exec(query)).one_or_none()
            kept.append((talk.id, person, talk.unread + (row.messages if row else 0)))
            seen = history.seen[person, talk.id]
            true.append((talk.id, person, sum(id_ > seen for id_ in asking)))
            if row is not None:
                kept.append((row.arrived_at, row.archived_at, row.messages > 0))
                true.append((talk.arrived_at, talk.archived_at, True))
    return kept, true


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
