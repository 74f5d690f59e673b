"""What can be done to one conversation or to many at once, by the name the browser gives it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.delivery.send_later import due_at
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.assign import set_assigned
from inbox_app.services.conversations.triage import AT_ONCE, Before
from inbox_app.services.labels.label_conversations import put_label, take_label

Doing = Callable[[AsyncSession, Sequence[int], datetime], Awaitable[list[Before]]]
OPPOSITES = {"label": "unlabel", "unlabel": "label"}
_TOLD_APART = 20
"""Of more the whole account's pages are told at once."""


class Wanted(NamedTuple):
    """A change with its ``value``: what a snooze waits for, to whom it is assigned."""

    what: str
    value: str


def doing(who: SignedIn, wanted: Wanted) -> Doing | None:
    """None for what is no change."""
    account = who.account_id
    known: dict[str, Doing] = {
        "done": lambda session, ids, now: triage.set_done(session, account, ids, now),
        "to_do": lambda session, ids, now: triage.set_to_do(session, account, ids, now),
        "unread": lambda session, ids, _now: triage.set_unread(session, account, ids, who.user_id),
        "read": lambda session, ids, _now: triage.set_read(session, account, ids, who.user_id),
        "snooze": partial(_snooze, who, wanted.value),
        "archive": partial(_put_away, account, archived=True),
        "take_back": partial(_put_away, account, archived=False),
        "take": partial(_assign, who, who.user_id),
        "assign": partial(_assign, who, untrusted.row_id(wanted.value) or 0),
        "unassign": partial(_assign, who, None),
        "star": partial(_star, account, starred=True),
        "unstar": partial(_star, account, starred=False),
    }
    return known.get(wanted.what)


async def apply(who: SignedIn, ids: Sequence[int], do: Doing) -> list[Before]:
    """In transactions of so many that nobody else waits long to write; told to all pages."""
    changed: list[Before] = []
    try:
        for start in range(0, len(ids), AT_ONCE):
            async with current_runtime().database.transaction() as session:
                changed += await do(session, ids[start : start + AT_ONCE], clock.now())
    finally:
        _tell(who.account_id, [before.id for before in changed])
    return changed


async def label(who: SignedIn, what: str, label_id: int, ids: Sequence[int]) -> list[int]:
    """Those that it was put on, or taken off. Raises ``NotFoundError``."""
    do = put_label if what == "label" else take_label
    changed: list[int] = []
    for start in range(0, len(ids), AT_ONCE):
        async with current_runtime().database.transaction() as session:
            changed += await do(session, who.account_id, label_id, ids[start : start + AT_ONCE])
    _tell(who.account_id, changed)
    return changed


async def undo(who: SignedIn, changed: Sequence[Before]) -> int:
    """How many are as before."""
    ids: list[int] = []
    for start in range(0, len(changed), AT_ONCE):
        async with current_runtime().database.transaction() as session:
            some = changed[start : start + AT_ONCE]
            ids += await triage.undo(session, who.account_id, some, who.user_id)
    _tell(who.account_id, ids)
    return len(ids)


def _tell(account_id: int, ids: Sequence[int]) -> None:
    live = current_runtime().live
    if len(ids) > _TOLD_APART:
        live.publish(Change(account_id))
        return
    for id_ in ids:
        live.publish(Change(account_id, id_))


async def _snooze(
    who: SignedIn, value: str, session: AsyncSession, ids: Sequence[int], now: datetime
) -> list[Before]:
    """``value`` is a ``Snooze``, or a time on the account's wall."""
    if value in tuple(Snooze):
        return await triage.set_snoozed(session, who.account_id, ids, Snooze(value), now)
    until = due_at(value, who.time_zone)
    return await triage.set_snoozed(session, who.account_id, ids, Snooze.TIME, now, until)


async def _assign(
    who: SignedIn,
    user_id: int | None,
    session: AsyncSession,
    ids: Sequence[int],
    _now: datetime,
) -> list[Before]:
    return await set_assigned(session, who.account_id, ids, user_id, by=who.user_id)


async def _put_away(
    account_id: int, session: AsyncSession, ids: Sequence[int], now: datetime, *, archived: bool
) -> list[Before]:
    return await triage.set_put_away(session, account_id, ids, now, archived=archived)


async def _star(
    account_id: int, session: AsyncSession, ids: Sequence[int], now: datetime, *, starred: bool
) -> list[Before]:
    return await triage.set_starred(session, account_id, ids, now, starred=starred)
