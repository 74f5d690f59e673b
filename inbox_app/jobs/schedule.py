"""What runs when, in one table; each entry is a few lines into a service."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.jobs.count_figures import count_figures
from inbox_app.jobs.forget_old import forget_old
from inbox_app.jobs.publish_connections import publish_connections
from inbox_app.jobs.refresh_templates import request_all
from inbox_app.live import Change, Queue
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import sign_in
from inbox_app.services.conversations import wake_snoozed
from inbox_app.services.intake import delivery, store_webhook
from inbox_app.services.notifications.note_closing import note_closing as notify_closing
from inbox_app.services.sending import attach
from inbox_app.services.upkeep import prune
from inbox_app.services.webhooks.note_closing import note_closing
from inbox_app.workflows import check_health
from inbox_app.workflows.forget_files import forget_files
from inbox_app.workflows.read_calendars import read_due


@dataclass(frozen=True, slots=True)
class Entry:
    """One job. `name` is its label in the metrics."""

    name: str
    every: timedelta
    run: Callable[[Runtime], Awaitable[None]]


async def _settle_missed_statuses(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        changed = await delivery.settle_missed(session, clock.now())
    for account_id, conversation_id in changed:
        runtime.live.publish(Change(account_id, conversation_id))


async def _wake_snoozed(runtime: Runtime) -> None:
    """Asked first: what only reads keeps nobody from writing."""
    while True:
        async with runtime.database.reading() as session:
            if not await wake_snoozed.anything_due(session, clock.now()):
                return
        async with runtime.database.transaction() as session:
            woken = await wake_snoozed.wake_due(session, clock.now())
        for each in woken:
            runtime.live.publish(Change(*each))
        if len(woken) < wake_snoozed.AT_ONCE:
            return


async def _follow_stays(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        moved = await wake_snoozed.follow_stays(session, clock.now())
    for each in moved:
        runtime.live.publish(Change(*each))


async def _requeue_connected(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        requeued = await store_webhook.requeue_connected(session)
    if requeued:
        runtime.live.wake(Queue.UNDERSTAND)


async def _check_connections(runtime: Runtime) -> None:
    await check_health.check_due(runtime, clock.now())


async def _note_closing_windows(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        await note_closing(session, clock.now())
        await notify_closing(session, clock.now())
    runtime.live.wake(Queue.WEBHOOKS)
    runtime.live.wake(Queue.PUSHES)


async def _prune_webhooks(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.told_webhooks, clock.real_now())


async def _prune_notifications(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.old_notifications, clock.real_now())


async def _read_calendars(runtime: Runtime) -> None:
    await read_due(runtime, clock.now(), clock.real_now())


async def _prune_events(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.understood_events, clock.now())


async def _prune_early_statuses(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.early_statuses, clock.now())


async def _prune_answers(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.idempotent_answers, clock.real_now())


async def _prune_sends(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.finished_sends, clock.now())


async def _prune_withdrawn(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.withdrawn_sends, clock.now())


async def _prune_imports(runtime: Runtime) -> None:
    await _little_by_little(runtime, prune.imports, clock.real_now())


async def _forget_uploads(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        await attach.forget_old_uploads(session, clock.real_now())


async def _forget_files(runtime: Runtime) -> None:
    await forget_files(runtime, clock.real_now())


async def _refresh_statistics(runtime: Runtime) -> None:
    await runtime.database.refresh_statistics()


async def _prune_sessions(runtime: Runtime) -> None:
    async with runtime.database.transaction() as session:
        await sign_in.prune(session, clock.real_now())


async def _little_by_little(
    runtime: Runtime, forget: Callable[[AsyncSession, datetime], Awaitable[int]], now: datetime
) -> None:
    forgotten = prune.AT_ONCE
    while forgotten == prune.AT_ONCE:
        async with runtime.database.transaction() as session:
            forgotten = await forget(session, now)


SCHEDULE = (
    Entry("watch connections", timedelta(seconds=3), publish_connections()),
    Entry("wake snoozed conversations", timedelta(seconds=2), _wake_snoozed),
    Entry("follow the stays that conversations wait for", timedelta(minutes=1), _follow_stays),
    Entry("read templates", timedelta(minutes=5), request_all),
    Entry("look at connections from Meta's side", timedelta(minutes=1), _check_connections),
    Entry("read calendars", timedelta(minutes=1), _read_calendars),
    Entry("settle missed statuses", timedelta(minutes=1), _settle_missed_statuses),
    Entry("requeue events of connected numbers", timedelta(minutes=1), _requeue_connected),
    Entry("count the figures for people", timedelta(seconds=10), count_figures),
    Entry("note windows that close", timedelta(minutes=1), _note_closing_windows),
    Entry("forget what webhooks told", timedelta(hours=1), _prune_webhooks),
    Entry("forget what people were notified of", timedelta(hours=1), _prune_notifications),
    Entry("forget understood events", timedelta(hours=1), _prune_events),
    Entry("forget early statuses", timedelta(hours=1), _prune_early_statuses),
    Entry("forget the API's answers", timedelta(hours=1), _prune_answers),
    Entry("forget finished sends", timedelta(hours=1), _prune_sends),
    Entry("forget what was taken back", timedelta(hours=1), _prune_withdrawn),
    Entry("forget old imports", timedelta(hours=1), _prune_imports),
    Entry("forget attached files", timedelta(hours=1), _forget_uploads),
    Entry("forget what accounts keep no longer", timedelta(hours=6), forget_old),
    Entry("forget files that nothing shows", timedelta(hours=6), _forget_files),
    Entry("refresh the statistics of tables", timedelta(hours=1), _refresh_statistics),
    Entry("forget old sessions", timedelta(hours=1), _prune_sessions),
)
