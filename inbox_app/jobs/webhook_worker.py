"""Tells other systems what happened: at least once, a few at a time, tried for three days (A3)."""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime

import httpx

from inbox_app import clock
from inbox_app.jobs.running_tasks import RunningTasks
from inbox_app.live import Change, Queue
from inbox_app.public_addresses.client import public_client
from inbox_app.runtime import Runtime
from inbox_app.services.webhooks.due_deliveries import DeliveryJob, due_deliveries
from inbox_app.services.webhooks.record_attempt import record_attempt
from inbox_app.services.webhooks.write_deliveries import (
    AT_ONCE,
    is_anything_noted,
    pass_over,
    write_deliveries,
)
from inbox_app.workflows.deliver_webhook import deliver

AT_ONCE_EACH = 4
"""On their way to one address at the same time."""
_IDLE = 5.0
_BREATH = 0.1
"""Seconds between two looks, however much happens."""
_GRACE = 3.0
_log = logging.getLogger(__name__)
MakeClient = Callable[[], httpx.AsyncClient]


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Tell what is due whenever this process leads, until `stopping`. What is cut off then is told
    again by the next."""
    teller = WebhookWorker(runtime, make_client())
    unlisten = runtime.live.listen(teller.hear)
    try:
        while not stopping.is_set():
            pause = _IDLE
            try:
                if is_leader():
                    pause = await teller.pass_once()
            except Exception:
                _log.exception("webhooks could not be told; trying again")
            await asyncio.sleep(_BREATH)
            await runtime.live.wait(Queue.WEBHOOKS, pause)
    finally:
        unlisten()
        await teller.finish(_GRACE)


make_client: MakeClient = public_client
"""Whoever tests puts one here that may reach their own machine."""


class WebhookWorker:
    """One process's hands: what is on its way from it."""

    def __init__(
        self,
        runtime: Runtime,
        client: httpx.AsyncClient,
        *,
        now: Callable[[], datetime] = clock.now,
        real_now: Callable[[], datetime] = clock.real_now,
    ) -> None:
        self._runtime, self._client = runtime, client
        self._now, self._real_now = now, real_now
        self._on_their_way: dict[int, int] = {}
        self._somebody_listens = True
        self._tasks = RunningTasks(on_end=lambda: runtime.live.wake(Queue.WEBHOOKS))

    def hear(self, _change: Change) -> None:
        """Something happened: there may be more to tell, where somebody listens."""
        if self._somebody_listens:
            self._runtime.live.wake(Queue.WEBHOOKS)

    async def pass_once(self) -> float:
        """Set what is due on its way; the seconds until there may be more to do."""
        await self._put_into_words()
        real_now = self._real_now()
        async with self._runtime.database.reading() as session:
            due = await due_deliveries(
                session, real_now, at_once=AT_ONCE_EACH, on_their_way=self._on_their_way
            )
        self._somebody_listens = due.somebody_listens
        for job in due.jobs:
            self._on_their_way[job.delivery_id] = job.endpoint_id
            self._tasks.start(self._tell(job))
        wait = (due.next_at - real_now).total_seconds() if due.next_at else _IDLE
        return min(_IDLE, wait)

    async def finish(self, at_most: float | None = None) -> None:
        """Wait for what is on its way; what is still going after `at_most` seconds is cut off."""
        await self._tasks.finish(at_most)
        await self._client.aclose()

    async def _put_into_words(self) -> None:
        """What was noted. What cannot be is left out, by itself."""
        async with self._runtime.database.reading() as session:
            waits = await is_anything_noted(session)
        while waits:
            try:
                waits = await self._write(AT_ONCE)
            except Exception:
                _log.exception("webhooks could not be put into words together; one by one")
                await self._write_one_by_one()

    async def _write(self, limit: int) -> bool:
        """Whether there may be more."""
        async with self._runtime.database.transaction() as session:
            now, real_now = self._now(), self._real_now()
            return await write_deliveries(session, now, real_now, limit=limit) == limit

    async def _write_one_by_one(self) -> None:
        for _ in range(AT_ONCE):
            try:
                await self._write(1)
            except Exception:
                _log.exception("a webhook could not be put into words, and is left out")
                async with self._runtime.database.transaction() as session:
                    await pass_over(session, self._real_now())

    async def _tell(self, job: DeliveryJob) -> None:
        try:
            attempt = await deliver(self._client, self._runtime.vault, job, self._real_now())
            async with self._runtime.database.transaction() as session:
                off = await record_attempt(
                    session,
                    job,
                    attempt,
                    self._real_now(),
                    jitter=random.random(),  # noqa: S311
                )
            if off is not None:
                _log.warning("webhook endpoint %d is switched off: %s", job.endpoint_id, off.value)
                self._runtime.live.publish(Change(job.account_id))
        except Exception:
            _log.exception("what became of webhook %d is not written down yet", job.delivery_id)
            await asyncio.sleep(_IDLE)
        finally:
            del self._on_their_way[job.delivery_id]
