"""What accounts keep no longer goes, a little at a time so that nobody waits for it (A6)."""

from datetime import datetime

from inbox_app import clock
from inbox_app.catalogues import text_in
from inbox_app.domain.accounts.retention import Retention, before
from inbox_app.live import Change
from inbox_app.queries.accounts.retention import language_of, retentions
from inbox_app.runtime import Runtime
from inbox_app.services.personal_data import forget_old as old


async def forget_old(runtime: Runtime) -> None:
    """Of each account by what it chose; the files' bytes follow with those that nothing shows."""
    now = clock.now()
    async with runtime.database.reading() as session:
        kept = await retentions(session)
    for account_id, each in kept.items():
        counts = {
            "messages": await _messages(runtime, account_id, each, now),
            "tasks": await _tasks(runtime, account_id, each, now),
            "files": await _files(runtime, account_id, each, now),
            "events": await _events(runtime, account_id, each, now),
        }
        if any(counts.values()):
            async with runtime.database.transaction() as session:
                old.note_forgotten(session, account_id, counts, now)
            runtime.live.publish(Change(account_id))


async def _messages(runtime: Runtime, account_id: int, kept: Retention, now: datetime) -> int:
    total, some = 0, old.AT_ONCE
    while kept.messages and some == old.AT_ONCE:
        async with runtime.database.transaction() as session:
            some = await old.messages(session, account_id, before(now, kept.messages))
        total += some
    return total


async def _tasks(runtime: Runtime, account_id: int, kept: Retention, now: datetime) -> int:
    total, some = 0, old.AT_ONCE
    while kept.messages and some == old.AT_ONCE:
        async with runtime.database.transaction() as session:
            name = text_in(await language_of(session, account_id), "Contents erased")
            some = await old.tasks(session, account_id, before(now, kept.messages), name)
        total += some
    return total


async def _files(runtime: Runtime, account_id: int, kept: Retention, now: datetime) -> int:
    total, some = 0, old.AT_ONCE
    while kept.files and some == old.AT_ONCE:
        async with runtime.database.transaction() as session:
            some = await old.files(session, account_id, before(now, kept.files))
        total += some
    return total


async def _events(runtime: Runtime, account_id: int, kept: Retention, now: datetime) -> int:
    total, goes_on = 0, bool(kept.events)
    while kept.events and goes_on:
        async with runtime.database.transaction() as session:
            some, goes_on = await old.events(session, account_id, before(now, kept.events))
        total += some
    return total
