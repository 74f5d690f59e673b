"""Notices what time alone changes: nothing is written when a window closes or a stay begins, but
open pages must see it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.pages.tabs import live_tabs
from inbox_app.queries.inbox.window_transitions import window_transitions
from inbox_app.runtime import current_runtime

_EVERY_SECONDS = 1.0
_QUARTER = 15 * 60
_A_JUMP = timedelta(seconds=30)
"""More than a busy machine keeps the watch waiting; telling all once too often does no harm."""
_log = logging.getLogger(__name__)


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Watch while the application serves."""
    task = asyncio.create_task(_watch())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def tell_transitions(before: datetime, now: datetime) -> None:
    """Tell the open tabs what has turned between the two moments: windows that closed or came near
    it; all of it when the sandbox's clock was moved, for pages count down by what they were told,
    or a quarter of an hour begins, since midnight somewhere may begin another day of a stay."""
    hub = live_tabs.current()
    accounts = hub.accounts()
    if not accounts:
        return
    if _was_moved(before, now) or _another_quarter(before, now):
        for account_id in accounts:
            hub.tell(Change(account_id))
        return
    async with current_runtime().database.reading() as session:
        turned = await window_transitions(session, accounts, before, now)
    for account_id, conversation_id in turned:
        hub.tell(Change(account_id, conversation_id))


def _was_moved(before: datetime, now: datetime) -> bool:
    return not timedelta(0) <= now - before < _A_JUMP


def _another_quarter(before: datetime, now: datetime) -> bool:
    return before.timestamp() // _QUARTER != now.timestamp() // _QUARTER


async def _watch() -> None:
    before = clock.now()
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        now = clock.now()
        try:
            await tell_transitions(before, now)
        except Exception:
            _log.exception("closing windows could not be looked up")
        else:
            before = now
