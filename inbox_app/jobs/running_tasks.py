"""What one process has claimed and is at work on: tasks that end by themselves."""

import asyncio
from collections.abc import Callable, Coroutine


class RunningTasks:
    """Tasks side by side; each that ends calls `on_end`, and makes room for another."""

    def __init__(self, on_end: Callable[[], None]) -> None:
        self._on_end = on_end
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[None, None, None]) -> None:
        """The task is held here: the event loop would let it be collected half done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, at_most: float | None = None) -> None:
        """Wait for all; what is still at work after `at_most` seconds is cut off."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=at_most)
            for task in late:
                task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._on_end()
