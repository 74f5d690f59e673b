"""Who reads, so that one can wait for a moment when nobody does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class ReadersLock:
    """Shared by those who read; ``seconds`` is how long they are waited for."""

    def __init__(self) -> None:
        self._going = 0
        self._open, self._over = asyncio.Event(), asyncio.Event()
        self._open.set()

    @asynccontextmanager
    async def shared(self) -> AsyncIterator[None]:
        await self._open.wait()
        self._going += 1
        try:
            yield
        finally:
            self._going -= 1
            if not self._going:
                self._over.set()

    @asynccontextmanager
    async def exclusive(self, seconds: float) -> AsyncIterator[None]:
        """Nobody begins to read now; who reads for very long is not waited for."""
        self._open.clear()
        self._over.clear()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds if self._going else 0):
                    await self._over.wait()
            yield
        finally:
            self._open.set()
