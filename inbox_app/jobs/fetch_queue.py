"""Drains the files that wait at their channels: a few at a time, beside all that is quicker."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from inbox_app import clock
from inbox_app.jobs.running_tasks import RunningTasks
from inbox_app.live import Queue
from inbox_app.runtime import Runtime
from inbox_app.services.media.claim_fetches import FetchJob, claim, is_due, next_due
from inbox_app.workflows.fetch_media import fetch

AT_ONCE = 4
_IDLE = 5.0
_GRACE = 3.0
_log = logging.getLogger(__name__)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Fetch what is due whenever this process leads, until `stopping`. What is cut off then is
    fetched again by the next."""
    fetcher = Fetcher(runtime)
    try:
        while not stopping.is_set():
            pause = _IDLE
            try:
                if is_leader():
                    pause = await fetcher.pass_once()
            except Exception:
                _log.exception("the files could not be asked for; trying again")
            await runtime.live.wait(Queue.FILES, pause)
    finally:
        await fetcher.finish(_GRACE)


class Fetcher:
    """One process's hands: what it has claimed and is fetching."""

    def __init__(
        self,
        runtime: Runtime,
        *,
        now: Callable[[], datetime] = clock.now,
        real_now: Callable[[], datetime] = clock.real_now,
    ) -> None:
        self.name = uuid.uuid4().hex
        self._runtime = runtime
        self._now, self._real_now = now, real_now
        self._tasks = RunningTasks(on_end=lambda: runtime.live.wake(Queue.FILES))

    async def pass_once(self) -> float:
        """Set what is due on its way; the seconds until there may be more to do."""
        room, real_now = AT_ONCE - len(self._tasks), self._real_now()
        if room <= 0:
            return _IDLE
        async with self._runtime.database.reading() as session:
            due = await is_due(session, owner=self.name, real_now=real_now)
            wait = await next_due(session, real_now)
        if due:
            async with self._runtime.database.transaction() as session:
                jobs = await claim(session, owner=self.name, limit=room, real_now=real_now)
            for job in jobs:
                self._tasks.start(self._fetch(job))
        return min(_IDLE, wait.total_seconds()) if wait else _IDLE

    async def finish(self, at_most: float | None = None) -> None:
        """Wait for what is on its way; what is still going after `at_most` seconds is cut off."""
        await self._tasks.finish(at_most)

    async def _fetch(self, job: FetchJob) -> None:
        try:
            await fetch(self._runtime, job, self._now, self._real_now)
        except Exception:
            _log.exception("what became of file %d is not written down yet", job.media_id)
