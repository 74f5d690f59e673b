"""Tells devices what was noted for their people: spread, sent, taken back when it was read (N2)."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.jobs.running_tasks import RunningTasks
from inbox_app.live import Change, Queue
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.runtime import Runtime
from inbox_app.services.notifications.due_pushes import PushJob, due_pushes
from inbox_app.services.notifications.record_push import PushAttempt, record_push
from inbox_app.services.notifications.spread import (
    AT_ONCE,
    clear,
    clear_read,
    is_anything_noted,
    pass_over,
    spread,
)
from inbox_app.web_push.vapid import sender_key
from inbox_app.workflows.send_push import send_push

MOST_AT_ONCE = 16
"""More would keep open pages waiting: each is a connection of its own, with its certificate."""
_IDLE = 5.0
_UNFORESEEN = "unforeseen"
_BREATH = 0.05
"""Seconds between two looks, however much happens."""
_GRACE = 3.0
_log = logging.getLogger(__name__)
Step = Callable[[AsyncSession, datetime], Awaitable[int]]


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Send what is due whenever this process leads, until `stopping`. What is cut off then is sent
    again by the next: a device knows it by its id."""
    worker = PushWorker(runtime)
    unlisten = runtime.live.listen(worker.hear)
    try:
        while not stopping.is_set():
            pause = _IDLE
            try:
                if is_leader():
                    pause = await worker.pass_once()
            except Exception:
                _log.exception("notifications could not be sent; trying again")
            await asyncio.sleep(_BREATH)
            await runtime.live.wait(Queue.PUSHES, pause)
    finally:
        unlisten()
        await worker.finish(_GRACE)


class PushWorker:
    """One process's hands: what is on its way from it."""

    def __init__(self, runtime: Runtime, *, now: Callable[[], datetime] = clock.real_now) -> None:
        self._runtime, self._now = runtime, now
        self._key = sender_key(runtime.settings.data_dir)
        self._by_mail = runtime.settings.smtp_address is not None
        self._on_their_way: set[int] = set()
        self._tasks = RunningTasks(on_end=lambda: runtime.live.wake(Queue.PUSHES))

    def hear(self, _change: Change) -> None:
        """Something happened: there may be more to tell."""
        self._runtime.live.wake(Queue.PUSHES)

    async def pass_once(self) -> float:
        """Set what is due on its way; the seconds until there may be more to do."""
        await self._spread()
        now, room = self._now(), MOST_AT_ONCE - len(self._tasks)
        if room <= 0:
            return _IDLE
        async with self._runtime.database.reading() as session:
            due = await due_pushes(session, now, limit=room, on_their_way=self._on_their_way)
        for job in due.jobs:
            self._on_their_way.add(job.push_id)
            self._tasks.start(self._send(job))
        wait = (due.next_at - now).total_seconds() if due.next_at else _IDLE
        return min(_IDLE, wait)

    async def finish(self, at_most: float | None = None) -> None:
        """Wait for what is on its way; what is still going after `at_most` seconds is cut off."""
        await self._tasks.finish(at_most)

    async def _spread(self) -> None:
        """What was noted, and what was read. What cannot be spread is left out, by itself."""
        async with self._runtime.database.reading() as session:
            if not await is_anything_noted(session):
                return
        try:
            await self._all(partial(spread, by_mail=self._by_mail))
            self._runtime.live.wake(Queue.MAILS)
        except Exception:
            _log.exception("notifications could not be spread together; one is left out")
            await self._leave_one_out()
        await self._all(clear)
        await self._all(clear_read)

    async def _all(self, step: Step) -> None:
        done = AT_ONCE
        while done == AT_ONCE:
            async with self._runtime.database.transaction() as session:
                done = await step(session, self._now())

    async def _leave_one_out(self) -> None:
        try:
            async with self._runtime.database.transaction() as session:
                await spread(session, self._now(), limit=1, by_mail=self._by_mail)
        except Exception:
            async with self._runtime.database.transaction() as session:
                await pass_over(session, self._now())

    async def _send(self, job: PushJob) -> None:
        runtime = self._runtime
        try:
            attempt = job.notice and await self._try(job, job.notice)
            async with runtime.database.transaction() as session:
                await record_push(session, job, attempt, self._now(), jitter=random.random())  # noqa: S311
        except Exception:
            _log.exception("what became of push %d is not written down yet", job.push_id)
            await asyncio.sleep(_IDLE)
        finally:
            self._on_their_way.discard(job.push_id)

    async def _try(self, job: PushJob, notice: NoticeRow) -> PushAttempt:
        """What nobody foresaw is a failed attempt like others: tried again later, then given up."""
        runtime = self._runtime
        subject = runtime.settings.push_subject
        of = runtime.public, runtime.vault, self._key, subject, job, notice
        try:
            return await send_push(*of, self._now())
        except Exception:
            _log.exception("push %d could not be sent", job.push_id)
            return PushAttempt(problem=_UNFORESEEN)
