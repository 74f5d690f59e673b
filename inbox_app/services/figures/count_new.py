"""Counts the messages that are new since the mark, once each, in the order in which they came (X7).

The mark moves in the transaction that adds to the sums: what is killed is begun anew from where it
was. It is the one row that two processes would both want, so that they take turns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.figures.measures import Tally
from inbox_app.domain.figures.waits import Place, Said, Speaker, Wait, follow, read_message
from inbox_app.models import Account, Conversation, Message, OpenWait
from inbox_app.services.bulk import select_in, upsert, write_all
from inbox_app.services.figures.homes_then import HomesThen, homes_then
from inbox_app.services.figures.keep_sums import keep_sums
from inbox_app.services.figures.mark import settled_up_to, the_mark

AT_ONCE = 500
"""So that who writes meanwhile waits for a moment only, however much there is to count."""


async def count_new(session: AsyncSession, now: datetime) -> int:
    """Up to ``AT_ONCE`` messages that were there at the last look; how many."""
    mark = await the_mark(session)
    up_to = await settled_up_to(session, mark)
    connection = await session.connection()
    some = await connection.execute(
        _MESSAGES.where(col(Message.id) > mark.counted_up_to, col(Message.id) <= up_to)
    )
    messages = some.all()
    await _count(session, messages, now)
    mark.counted_up_to = messages[-1].id if len(messages) == AT_ONCE else up_to
    session.add(mark)
    return len(messages)


_MESSAGES = (
    select(
        col(Message.id),
        col(Message.conversation_id),
        col(Message.sent_at),
        col(Message.direction),
        col(Message.kind),
        col(Message.concerns),
        col(Message.status),
        col(Message.origin),
        col(Message.author_id),
        col(Message.waited_as),
        col(Message.from_history),
        col(Conversation.account_id),
        col(Conversation.channel),
        col(Conversation.group_id),
        col(Conversation.actor_id),
        col(Conversation.done_up_to),
        col(Conversation.assigned_to),
        col(Account.timezone),
    )
    .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
    .join(Account, col(Account.id) == col(Conversation.account_id))
    .order_by(col(Message.id))
    .limit(AT_ONCE)
)


async def _count(session: AsyncSession, messages: Sequence[Any], now: datetime) -> None:
    counted = [(row, said) for row in messages if (said := _said(row))]
    connection = await session.connection()
    before = await _open_waits(connection, {row.conversation_id for row, _ in counted})
    homes = await homes_then(session, _who_ask(counted), now)
    after, tallies = dict[int, tuple[int, Wait | None]](), list[tuple[int, ZoneInfo, Tally]]()
    waits: dict[int, Wait | None] = {**before}
    for row, said in counted:
        id_ = row.conversation_id
        waits[id_], more = follow(waits.get(id_), said, _place(row, said, homes))
        after[id_] = (row.account_id, waits[id_])
        zone = ZoneInfo(row.timezone)
        tallies += ((row.account_id, zone, tally) for tally in more)
    await _keep_waits(connection, before, after)
    await keep_sums(connection, tallies)


def _said(row: Any) -> Said | None:
    return read_message(
        row.id,
        row.sent_at,
        direction=row.direction,
        kind=row.kind,
        concerns=row.concerns,
        status=row.status,
        origin=row.origin,
        author_id=row.author_id,
        left_by_itself=row.waited_as is not None,
        old=row.from_history,
    )


def _place(row: Any, said: Said, homes: HomesThen) -> Place:
    return Place(
        window=channel_of(row.channel).reply_window,
        done_up_to=row.done_up_to,
        assigned_to=row.assigned_to,
        home=homes.home(row.actor_id, said.at),
        group=row.group_id is not None,
    )


def _who_ask(counted: Iterable[tuple[Any, Said]]) -> dict[int, set[int]]:
    """By account, the actors that may begin to wait."""
    found = defaultdict[int, set[int]](set)
    for row, said in counted:
        if said.speaker is Speaker.THEY and row.actor_id is not None:
            found[row.account_id].add(row.actor_id)
    return found


async def _open_waits(connection: AsyncConnection, ids: set[int]) -> dict[int, Wait]:
    rows = await select_in(connection, _WAITS, col(OpenWait.conversation_id), ids)
    return {id_: Wait(*wait) for id_, *wait in rows}


_WAITS = select(
    col(OpenWait.conversation_id),
    col(OpenWait.began_id),
    col(OpenWait.asked_at),
    col(OpenWait.home),
    col(OpenWait.closes_at),
    col(OpenWait.lost),
)


async def _keep_waits(
    connection: AsyncConnection,
    before: dict[int, Wait],
    after: dict[int, tuple[int, Wait | None]],
) -> None:
    over = [id_ for id_, (_, wait) in after.items() if wait is None and id_ in before]
    await connection.execute(delete(OpenWait).where(col(OpenWait.conversation_id).in_(over)))
    rows = [
        _row(id_, account_id, wait)
        for id_, (account_id, wait) in after.items()
        if wait is not None and wait != before.get(id_)
    ]
    statement = upsert(connection, OpenWait)
    changed = {name: statement.excluded[name] for name in _CHANGING}
    keep = statement.on_conflict_do_update(index_elements=["conversation_id"], set_=changed)
    await write_all(connection, keep, rows, col(OpenWait.conversation_id))


_CHANGING = ("began_id", "asked_at", "home", "closes_at", "lost")


def _row(id_: int, account_id: int, wait: Wait) -> dict[str, Any]:
    return {
        "conversation_id": id_,
        "account_id": account_id,
        **{name: getattr(wait, name) for name in _CHANGING},
    }
