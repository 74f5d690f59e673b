"""What a worker does by itself while it serves: scheduled jobs, and loops that drain queues."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from inbox_app import metrics, runtime
from inbox_app.jobs.leadership import Leadership
from inbox_app.jobs.schedule import Entry
from inbox_app.jobs.supervise import Loop, supervise
from inbox_app.runtime import Runtime

_STOP_SECONDS = 4.0
_log = logging.getLogger(__name__)


class StoppedError(Exception):
    """The jobs are not running, or the database does not say who leads."""


class Jobs:
    """`schedule` runs on the leader alone; `loops` run everywhere and ask whether they lead."""

    def __init__(self, schedule: Sequence[Entry], loops: Mapping[str, Loop]) -> None:
        self._schedule, self._loops = schedule, loops
        self._leadership: Leadership | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """A lifespan: the runtime must be started before and stopped after."""
        held = runtime.current()
        leadership = self._leadership = Leadership(held.database)
        await _first_ask(leadership)
        scheduler = self._scheduler(held, leadership)
        tasks = [asyncio.create_task(work) for work in self._work(held, leadership)]
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            await _stop(tasks)
            self._leadership = None
            await leadership.give_up()

    async def check(self) -> None:
        """Raises ``StoppedError`` when nothing would be done by itself now."""
        if self._leadership is None or not self._leadership.is_known():
            raise StoppedError

    def _scheduler(self, held: Runtime, leadership: Leadership) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=UTC)
        for entry in self._schedule:
            scheduler.add_job(
                partial(_run, entry, held, leadership),
                "interval",
                seconds=entry.every.total_seconds(),
                name=entry.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        return scheduler

    def _work(self, held: Runtime, leadership: Leadership) -> list[Coroutine[None, None, None]]:
        loops = (
            supervise(name, partial(loop, held, leadership.is_leader))
            for name, loop in self._loops.items()
        )
        return [supervise("lease", leadership.keep), *loops]


async def _first_ask(leadership: Leadership) -> None:
    """Lead from the first moment, if nobody does; a database in trouble must not stop the start."""
    try:
        await leadership.ask()
    except Exception:
        _log.warning("nobody could say who leads", exc_info=True)


async def _run(entry: Entry, held: Runtime, leadership: Leadership) -> None:
    if not leadership.is_leader():
        return
    try:
        await entry.run(held)
    except Exception:
        _log.exception("the job %s failed", entry.name)
        metrics.JOB_RUNS.labels(entry.name, "failed").inc()
    else:
        metrics.JOB_RUNS.labels(entry.name, "done").inc()


async def _stop(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Have the loops put down what they hold; they have a few seconds for it."""
    for task in tasks:
        task.cancel()
    with suppress(TimeoutError):
        async with asyncio.timeout(_STOP_SECONDS):
            await asyncio.gather(*tasks, return_exceptions=True)
