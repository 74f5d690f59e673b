"""What a worker does by itself while it serves: scheduled jobs, and loops that drain queues."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from inbox_app.jobs.leadership import Leadership
from inbox_app.jobs.schedule import Entry
from inbox_app.jobs.supervise import Loop, supervise
from inbox_app.live import Queue
from inbox_app.operating import metrics
from inbox_app.runtime import Runtime, current_runtime

_STOP_SECONDS = 4.0
_CALLED_AWAY_SECONDS = 1.0
_log = logging.getLogger(__name__)


class StoppedError(Exception):
    """The jobs are not running, or the database does not say who leads."""


class Jobs:
    """`schedule` runs on the leader alone; `loops` run everywhere and ask whether they lead."""

    def __init__(self, schedule: Sequence[Entry], loops: Mapping[str, Loop]) -> None:
        self._schedule, self._loops = schedule, loops
        self._leadership: Leadership | None = None
        self._runs: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """A lifespan: the runtime must be started before and stopped after."""
        runtime = current_runtime()
        leadership = self._leadership = Leadership(runtime.database)
        await _first_ask(leadership)
        scheduler, stopping = self._scheduler(runtime, leadership), asyncio.Event()
        loops = [asyncio.create_task(work) for work in self._work(runtime, leadership, stopping)]
        scheduler.start()
        try:
            yield
        finally:
            scheduler.pause()
            stopping.set()
            for queue in Queue:
                runtime.live.wake(queue)
            await _finish([*loops, *self._runs])
            scheduler.shutdown(wait=False)
            self._leadership = None
            await leadership.give_up()

    async def check(self) -> None:
        """Raises ``StoppedError`` when nothing would be done by itself now."""
        if self._leadership is None or not self._leadership.is_known():
            raise StoppedError

    def _scheduler(self, runtime: Runtime, leadership: Leadership) -> AsyncIOScheduler:
        scheduler = AsyncIOScheduler(timezone=UTC)
        for entry in self._schedule:
            scheduler.add_job(
                partial(self._run, entry, runtime, leadership),
                "interval",
                seconds=entry.every.total_seconds(),
                name=entry.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        return scheduler

    def _work(
        self, runtime: Runtime, leadership: Leadership, stopping: asyncio.Event
    ) -> list[Coroutine[None, None, None]]:
        loops = (
            supervise(name, partial(loop, runtime, leadership.is_leader, stopping), stopping)
            for name, loop in self._loops.items()
        )
        return [supervise("lease", partial(leadership.keep, stopping), stopping), *loops]

    async def _run(self, entry: Entry, runtime: Runtime, leadership: Leadership) -> None:
        if leadership.is_leader() and (task := asyncio.current_task()):
            self._runs.add(task)
            task.add_done_callback(self._runs.discard)
            await _run(entry, runtime)


async def _first_ask(leadership: Leadership) -> None:
    """Lead from the first moment, if nobody does; a database in trouble must not stop the start."""
    try:
        await leadership.ask()
    except Exception:
        _log.warning("nobody could say who leads", exc_info=True)


async def _run(entry: Entry, runtime: Runtime) -> None:
    try:
        await entry.run(runtime)
    except Exception:
        _log.exception("the job %s failed", entry.name)
        metrics.JOB_RUNS.labels(entry.name, "failed").inc()
    else:
        metrics.JOB_RUNS.labels(entry.name, "done").inc()


async def _finish(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Let what is going on come to its end for a few seconds; what takes longer is called away."""
    _, late = await asyncio.wait(tasks, timeout=_STOP_SECONDS)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late, timeout=_CALLED_AWAY_SECONDS)
