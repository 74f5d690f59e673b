"""Noticing windows that close: nothing is switched off, but open pages must look again."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.queries.windows import changed_between
from inbox_app.runtime import Runtime


def watch_windows(now: Callable[[], datetime] = clock.now) -> Callable[[Runtime], Awaitable[None]]:
    """A job that tells of every window that closed since its last run; the sandbox's clock may
    have gone back too, and then some are open again."""
    looked_at = now()

    async def look(held: Runtime) -> None:
        nonlocal looked_at
        before, looked_at = looked_at, now()
        async with held.database.reading() as session:
            changed = await changed_between(session, before, looked_at)
        for account_id, conversation_id in changed:
            held.live.publish(Change(account_id, conversation_id))

    return look
