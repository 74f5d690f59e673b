"""What people decide of conversations, one or many at once: done, to do, snoozed, archived, starred
(P5, P8, P9). Each change can be undone while nothing else was said there."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.triage import Snooze, SnoozeRefusedError, Standing
from inbox_app.models import Conversation, User
from inbox_app.queries.accounts.colleagues import come_in
from inbox_app.queries.inbox.snooze_facts import snooze_facts
from inbox_app.services.conversations.assign_by_rules import assign_by_rules
from inbox_app.services.conversations.read_conversation import leave_unread, read
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.conversations.seen import see_exactly, seen_up_to
from inbox_app.services.conversations.standing import stand, standing
from inbox_app.services.notifications.settle import settle_assigned

AT_ONCE = 500
"""Rows that a statement is about."""


class Before(NamedTuple):
    """How a conversation stood before a change."""

    id: int
    last_message_id: int | None
    done_up_to: int
    stands: Standing
    archived_at: datetime | None
    starred_at: datetime | None
    assigned_to: int | None
    seen_up_to: int | None = None
    """How far the person had seen it, where it was that which they changed."""


async def set_done(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime
) -> list[Before]:
    """Nothing more is owed for what came in until now; of those that this changed."""

    def change(row: Conversation) -> None:
        row.done_up_to = row.last_message_id or 0
        stand(row, triage.DONE)

    return await change_each(session, account_id, ids, change)


async def set_to_do(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime
) -> list[Before]:
    """To do again, whatever was said last."""

    def change(row: Conversation) -> None:
        stand(row, triage.to_do(standing(row), now))

    changed = await change_each(session, account_id, ids, change)
    await assign_by_rules(session, [before.id for before in changed], now)
    return changed


async def set_snoozed(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    snooze: Snooze,
    now: datetime,
    until: datetime | None = None,
) -> list[Before]:
    """Out of the list of what is to do until then; ``until`` for a snooze until a time.

    Of several, those that cannot wait for that stay as they are. Raises ``SnoozeRefusedError`` when
    none can.
    """
    facts = await snooze_facts(session, account_id, ids, now)
    moments: dict[int, datetime | None] = {}
    refused: SnoozeRefusedError | None = None
    for id_, theirs in facts.items():
        try:
            moments[id_] = triage.wakes_at(snooze, theirs, now, until)
        except SnoozeRefusedError as error:
            refused = error
    if refused and not moments:
        raise refused

    def change(row: Conversation) -> None:
        stand(row, triage.snoozed(standing(row), snooze, moments[row.id]))

    return await change_each(session, account_id, moments, change)


async def set_put_away(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime, *, archived: bool
) -> list[Before]:
    """Into the archive, or out of it."""

    def change(row: Conversation) -> None:
        if archived is not (row.archived_at is not None):
            row.archived_at = now if archived else None

    return await change_each(session, account_id, ids, change)


async def set_starred(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime, *, starred: bool
) -> list[Before]:
    """With a star, or without."""

    def change(row: Conversation) -> None:
        if starred is not (row.starred_at is not None):
            row.starred_at = now if starred else None

    return await change_each(session, account_id, ids, change)


async def set_unread(
    session: AsyncSession, account_id: int, ids: Collection[int], user_id: int
) -> list[Before]:
    """The last that somebody wrote is unread again for this person."""

    async def change(row: Conversation) -> bool:
        return await leave_unread(session, row, user_id)

    return await _see_each(session, account_id, ids, user_id, change)


async def set_read(
    session: AsyncSession, account_id: int, ids: Collection[int], user_id: int
) -> list[Before]:
    """This person has seen all that was said."""

    async def change(row: Conversation) -> bool:
        return (await read(session, row, user_id, row.last_message_id or 0)).changed

    return await _see_each(session, account_id, ids, user_id, change)


async def change_each(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    change: Callable[[Conversation], None],
) -> list[Before]:
    """``change`` the account's own among them, locked; answers those that differ by it."""
    changed: list[Before] = []
    for some in _parts(sorted(ids)):
        for row in await _locked(session, account_id, some):
            before = _as_it_is(row)
            change(row)
            if _as_it_is(row) != before:
                changed.append(before)
        await session.flush()
    await _reckon(session, [before.id for before in changed])
    return changed


async def undo(
    session: AsyncSession, account_id: int, changed: Sequence[Before], user_id: int
) -> list[int]:
    """As it was before this person's change, where nothing was said since; the ids of those."""
    known = {before.id: before for before in changed}
    here = await _still_here(session, account_id, {before.assigned_to for before in changed})

    def put_back(row: Conversation) -> None:
        before = known[row.id]
        if row.last_message_id != before.last_message_id:
            return
        row.done_up_to = before.done_up_to
        row.archived_at, row.starred_at = before.archived_at, before.starred_at
        row.assigned_to = before.assigned_to if before.assigned_to in here else None
        stand(row, before.stands)

    undone = [before.id for before in await change_each(session, account_id, known, put_back)]
    undone += await _see_as_before(session, account_id, changed, user_id)
    await settle_assigned(session, account_id, undone)
    return undone


async def _see_each(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    user_id: int,
    change: Callable[[Conversation], Awaitable[bool]],
) -> list[Before]:
    changed: list[Before] = []
    for row in await _locked(session, account_id, sorted(ids)):
        before = _as_it_is(row)._replace(seen_up_to=await seen_up_to(session, row, user_id))
        if await change(row):
            changed.append(before)
    await session.flush()
    return changed


async def _see_as_before(
    session: AsyncSession, account_id: int, changed: Sequence[Before], user_id: int
) -> list[int]:
    """What a colleague has read meanwhile stays read by them."""
    seen = {each.id: each for each in changed if each.seen_up_to is not None}
    undone: list[int] = []
    for row in await _locked(session, account_id, sorted(seen)):
        before = seen[row.id]
        if row.last_message_id == before.last_message_id and before.seen_up_to is not None:
            await see_exactly(session, row, user_id, before.seen_up_to)
            undone.append(row.id)
    return undone


async def _locked(
    session: AsyncSession, account_id: int, ids: Sequence[int]
) -> Sequence[Conversation]:
    query = (
        select(Conversation)
        .where(col(Conversation.account_id) == account_id, col(Conversation.id).in_(ids))
        .order_by(col(Conversation.id))
        .with_for_update()
    )
    return (await session.exec(query)).all()


def _as_it_is(row: Conversation) -> Before:
    return Before(
        row.id,
        row.last_message_id,
        row.done_up_to,
        standing(row),
        row.archived_at,
        row.starred_at,
        row.assigned_to,
    )


async def _still_here(session: AsyncSession, account_id: int, ids: set[int | None]) -> set[int]:
    """Those who may still come in."""
    query = select(User.id).where(
        col(User.account_id) == account_id, *come_in(), col(User.id).in_(ids - {None})
    )
    return set((await session.exec(query)).all())


async def _reckon(session: AsyncSession, ids: Sequence[int]) -> None:
    connection = await session.connection()
    for some in _parts(ids):
        await reckon_waiting(connection, some)
    session.expire_all()


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
