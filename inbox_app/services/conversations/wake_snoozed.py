"""Wakes what was snoozed when its time has come, also when the stay it waits for has moved (P8)."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.models import Conversation
from inbox_app.queries.inbox.snooze_facts import snooze_facts
from inbox_app.services.conversations.assign_by_rules import assign_by_rules
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.conversations.standing import stand, standing

AT_ONCE = 500
_STAYS = (Snooze.CHECK_IN, Snooze.CHECK_OUT)


class Woken(NamedTuple):
    """A conversation that is to do again, or whose moment has moved."""

    account_id: int
    conversation_id: int


async def anything_due(session: AsyncSession, now: datetime) -> bool:
    """Whether ``wake_due`` would wake any."""
    query = select(Conversation.id).where(col(Conversation.snoozed_until) <= now).limit(1)
    return (await session.exec(query)).first() is not None


async def wake_due(session: AsyncSession, now: datetime) -> list[Woken]:
    """The first ``AT_ONCE`` of those whose time has come."""
    query = (
        select(Conversation)
        .where(col(Conversation.snoozed_until) <= now)
        .order_by(col(Conversation.snoozed_until))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.exec(query)).all()
    for row in rows:
        stand(row, triage.to_do(standing(row), now))
    await session.flush()
    ids = [row.id for row in rows]
    await reckon_waiting(await session.connection(), ids)
    await assign_by_rules(session, ids, now)
    return [Woken(row.account_id, row.id) for row in rows]


async def follow_stays(session: AsyncSession, now: datetime) -> list[Woken]:
    """What waits for a check-in or a check-out waits for that of today's reservation, whoever
    changed it; where there is none any more its time has come."""
    waiting = select(col(Conversation.account_id), col(Conversation.id)).where(
        col(Conversation.snoozed_until).is_not(None), col(Conversation.snooze).in_(_STAYS)
    )
    by_account: defaultdict[int, list[int]] = defaultdict(list)
    for account_id, id_ in await session.exec(waiting):
        by_account[account_id].append(id_)
    moved: list[Woken] = []
    for account_id, ids in by_account.items():
        for start in range(0, len(ids), AT_ONCE):
            moved += await _follow(session, account_id, ids[start : start + AT_ONCE], now)
    return moved


async def _follow(
    session: AsyncSession, account_id: int, ids: list[int], now: datetime
) -> list[Woken]:
    facts = await snooze_facts(session, account_id, ids, now)
    query = select(Conversation).where(
        col(Conversation.account_id) == account_id,
        col(Conversation.id).in_(ids),
        col(Conversation.snooze).in_(_STAYS),
    )
    moved: list[Woken] = []
    for row in (await session.exec(query.with_for_update(skip_locked=True))).all():
        theirs = facts[row.id]
        moment = theirs.check_in if row.snooze is Snooze.CHECK_IN else theirs.check_out
        if row.snoozed_until != (until := moment or now):
            row.snoozed_until = until
            moved.append(Woken(account_id, row.id))
    return moved
