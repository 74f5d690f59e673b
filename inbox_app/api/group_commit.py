"""One transaction for everything that arrived while the last one was on its way to disk."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice

from inbox_app.services.intake.store_webhook import RawEvent

TIMEOUT_SECONDS = 4.0
"""Meta wants an answer soon and asks again for days: better «later» now than «kept» too late."""
MAX_WAITING_BYTES = 64 * 1024 * 1024
MAX_IN_A_COMMIT = 512

_log = logging.getLogger(__name__)

_Waiting = tuple[RawEvent, asyncio.Future[None]]


class NotKeptError(Exception):
    """The event may not be on disk. Whoever sent it must send it again."""


class GroupCommit:
    """Hands waiting events to ``commit`` together; each ``put`` returns when its own is on disk."""

    def __init__(self, commit: Callable[[Sequence[RawEvent]], Awaitable[None]]) -> None:
        self._commit = commit
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._task: asyncio.Task[None] | None = None

    async def put(self, event: RawEvent) -> None:
        """Returns once the event is on disk; raises ``NotKeptError`` in a few seconds if not."""
        if self._waiting_bytes + len(event.body) > MAX_WAITING_BYTES:
            raise NotKeptError
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((event, kept))
        self._waiting_bytes += len(event.body)
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                await kept
        except TimeoutError:
            raise NotKeptError from None

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self._commit_together(self._next_batch())
        finally:
            self._task = None

    def _next_batch(self) -> list[_Waiting]:
        taken = list(islice(self._waiting, MAX_IN_A_COMMIT))
        for event, _ in taken:
            self._waiting.popleft()
            self._waiting_bytes -= len(event.body)
        return [(event, kept) for event, kept in taken if not kept.done()]

    async def _commit_together(self, batch: list[_Waiting]) -> None:
        if not batch:
            return
        try:
            await self._commit([event for event, _ in batch])
        except Exception as error:
            _log.warning("%d webhooks could not be kept: %s", len(batch), type(error).__name__)
            _tell(batch, NotKeptError())
        else:
            _tell(batch, None)


def _tell(batch: list[_Waiting], error: NotKeptError | None) -> None:
    for _, kept in batch:
        if kept.done():
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)
