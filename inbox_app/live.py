"""Tells open pages and waiting loops that something changed, within this process.

Publish after the commit, never before: who is told looks at once.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from inbox_app.domain.conversations.presence import Sign


@dataclass(frozen=True, slots=True)
class Change:
    """What changed. Without a conversation: something of the whole account, its connection say."""

    account_id: int
    conversation_id: int | None = None
    import_id: int | None = None
    """How far an import is, and nothing else."""


class Queue(StrEnum):
    """The loops that can be woken."""

    UNDERSTAND = "understand"
    SEND = "send"
    CONNECT = "connect"
    """Numbers whose connecting goes on."""
    FILES = "files"
    """Files that wait at their channels."""
    WEBHOOKS = "webhooks"
    """What other systems are to be told."""
    TEMPLATES = "templates"
    """Accounts whose templates are to be read from Meta."""
    PUSHES = "pushes"
    """What people's devices are to be told."""
    MAILS = "mails"
    """Mail of the installation's own."""
    IMPORTS = "imports"
    """Tables whose lines are to be checked, imported or taken back."""


Listener = Callable[[Change], None]
"""Called in the event loop; must not block."""

Watcher = Callable[[Sign], None]
"""The same, of who is where."""


class Live(Protocol):
    """The seam: what services' callers, pages and loops need, whatever carries it."""

    def publish(self, change: Change) -> None:
        """Tell every listener of every worker."""
        ...

    def listen(self, listener: Listener) -> Callable[[], None]:
        """From now on ``listener`` is told; the function returned ends that."""
        ...

    def signal(self, sign: Sign) -> None:
        """Tell every watcher of every worker where somebody is. Written down nowhere: each worker
        keeps what it heard, for as long as it counts."""
        ...

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """From now on ``watcher`` is told; the function returned ends that."""
        ...

    def wake(self, queue: Queue) -> None:
        """There is work in ``queue``."""
        ...

    async def wait(self, queue: Queue, at_most: float) -> None:
        """Sleep until woken, or ``at_most`` seconds."""
        ...


class InProcess:
    """``Live`` for one worker."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._watchers: list[Watcher] = []
        self._bells = {queue: asyncio.Event() for queue in Queue}

    def publish(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def signal(self, sign: Sign) -> None:
        for watcher in tuple(self._watchers):
            watcher(sign)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def wake(self, queue: Queue) -> None:
        self._bells[queue].set()

    async def wait(self, queue: Queue, at_most: float) -> None:
        bell = self._bells[queue]
        # Not wait_for: in Python 3.11 it forgets that it was cancelled if the bell rings just then.
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await bell.wait()
        bell.clear()
