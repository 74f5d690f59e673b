"""Drains the outbox: claim and commit, deliver with no transaction open, record and commit."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from sqlalchemy.exc import IntegrityError

from inbox_app import clock
from inbox_app.channels.outbound import CredentialsRefused, DeliveryResult, Job, RetryAt, Unknown
from inbox_app.channels.registry import channel_of
from inbox_app.domain.delivery import retries
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.jobs.running_tasks import RunningTasks
from inbox_app.live import Change, Queue
from inbox_app.operating import metrics
from inbox_app.runtime import Runtime
from inbox_app.services.sending.claim_sends import Claimed, abandon, claim, clear_pauses, next_due
from inbox_app.services.sending.record_delivery import record

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Messages on their way at the same time, each of another conversation."""
STRAYS_EVERY = timedelta(minutes=1)
"""How often the leader looks for claims of others: one that led before may have slept through the
end of its lease, and claimed once more."""
_IDLE = 5.0
_GRACE = 3.0


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Send what is due whenever this process leads, until `stopping`; then let what is on its way
    arrive, for a few seconds."""
    sender = OutboxWorker(runtime)
    try:
        await _lead_and_send(sender, runtime, is_leader, stopping)
    finally:
        await sender.finish(_GRACE)


async def _lead_and_send(
    sender: "OutboxWorker", runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event
) -> None:
    led = False
    while not stopping.is_set():
        pause = _IDLE
        try:
            if is_leader():
                if not led:
                    await sender.take_over()
                led = True
                pause = await sender.pass_once()
            else:
                led = False
        except Exception:
            log.exception("the outbox could not be drained; trying again")
        await runtime.live.wait(Queue.SEND, pause)


class OutboxWorker:
    """One process's hands: what it has claimed, how fast it sends, which connections rest."""

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
        self._rate_limit = PairRateLimit()
        self._last_pass: datetime | None = None
        self._strays_at: datetime | None = None
        self._resting: dict[int, datetime] = {}
        self._tasks = RunningTasks(on_end=lambda: runtime.live.wake(Queue.SEND))

    async def take_over(self) -> None:
        """What a sender that is gone had claimed may have left: nobody sends it again."""
        self._strays_at = self._real_now() + STRAYS_EVERY
        async with self._runtime.database.transaction() as session:
            given_up = await abandon(session, self.name, self._now())
        self._tell(given_up)

    async def pass_once(self) -> float:
        """Set what is due on its way; the seconds until there may be more to do."""
        room = AT_ONCE - len(self._tasks)
        if room <= 0:
            return _IDLE
        real_now = self._real_now()
        await self._heed_the_clock(real_now)
        if self._strays_at is not None and self._strays_at <= real_now:
            await self.take_over()
        self._rate_limit.forget_rested(real_now)
        claimed = await self._claim(room, real_now)
        for job in claimed.jobs:
            self._tasks.start(self._send(job))
        self._tell(claimed.changed)
        async with self._runtime.database.reading() as session:
            wait = await next_due(session, real_now)
        return min(_IDLE, wait.total_seconds()) if wait else _IDLE

    async def finish(self, at_most: float | None = None) -> None:
        """Wait for what is on its way. What is still going after `at_most` seconds is cut off, and
        unknown to the next sender."""
        await self._tasks.finish(at_most)

    async def _heed_the_clock(self, real_now: datetime) -> None:
        """Set back, it would lengthen each pause by the step."""
        last, self._last_pass = self._last_pass, real_now
        if last is None or last <= real_now:
            return
        self._resting.clear()
        self._strays_at = self._strays_at and min(self._strays_at, real_now + STRAYS_EVERY)
        async with self._runtime.database.transaction() as session:
            await clear_pauses(session, real_now)

    async def _claim(self, room: int, real_now: datetime) -> Claimed:
        self._resting = {id_: until for id_, until in self._resting.items() if until > real_now}
        async with self._runtime.database.transaction() as session:
            return await claim(
                session,
                owner=self.name,
                limit=room,
                rate_limit=self._rate_limit,
                now=self._now(),
                real_now=real_now,
                resting=self._resting,
            )

    async def _send(self, job: Job) -> None:
        result = await self._deliver(job)
        if isinstance(result, RetryAt) and result.rest:
            self._resting[job.connection_id] = self._real_now() + result.rest
        await self._record(job, result)
        self._tell([(job.account_id, job.conversation_id)])
        if isinstance(result, CredentialsRefused):
            self._runtime.live.publish(Change(job.account_id))
        metrics.SENDS.labels(type(result).__name__.lower()).inc()

    async def _deliver(self, job: Job) -> DeliveryResult:
        try:
            credentials = self._runtime.vault.decrypt(job.credentials_encrypted)
        except InvalidToken:
            words = "The stored token cannot be read: SECRET_KEY has changed."
            return CredentialsRefused(Failure(remedy=Remedy.RECONNECT, words=words))
        try:
            return await channel_of(job.channel).deliver(
                self._runtime.http, credentials, job, self._runtime.storage.read
            )
        except Exception:
            log.exception("message %d went astray", job.message_id)
            return Unknown()

    async def _record(self, job: Job, result: DeliveryResult) -> None:
        """Until it is written: forgetting it would leave a message unknown that is not."""
        attempt = 0
        while True:
            attempt += 1
            try:
                async with self._runtime.database.transaction() as session:
                    now, real_now = self._now(), self._real_now()
                    await record(session, job, result, owner=self.name, now=now, real_now=real_now)
                return
            except IntegrityError:
                log.exception("the outcome of message %d contradicts the database", job.message_id)
                result = Unknown()
            except Exception:
                log.exception("the outcome of message %d is not written yet", job.message_id)
                pause = retries.pause_before(attempt, 1)
                await asyncio.sleep(min(pause, timedelta(seconds=10)).total_seconds())

    def _tell(self, conversations: list[tuple[int, int]]) -> None:
        for account_id, conversation_id in conversations:
            self._runtime.live.publish(Change(account_id, conversation_id))
