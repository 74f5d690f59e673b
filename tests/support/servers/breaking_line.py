"""A line to a service on this machine, which breaks in the middle of what passes, or drags."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

from tests.support.servers.serving import free_port

_PIECE = 64 * 1024


class BreakingLine:
    """Passes bytes on to ``towards``; its methods may be called from any thread."""

    def __init__(self, towards: int) -> None:
        self.port, self._towards = free_port(), towards
        self._left: float = float("inf")
        self._drags = 0.0
        self._ends: set[asyncio.StreamWriter] = set()
        self._silent = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def break_after(self, count: int) -> None:
        """When so many bytes more have passed, both ways together, all connections end, and nobody
        comes through until ``mend``."""
        self._left, self._silent = count, False

    def fall_silent_after(self, count: int) -> None:
        """The same, but nobody is told: connections stay, and nothing passes."""
        self._left, self._silent = count, True

    def drag(self, seconds: float) -> None:
        """Every 64 KB takes so long."""
        self._drags = seconds

    def mend(self) -> None:
        self._left, self._drags = float("inf"), 0.0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to its end."""
        self._ends.add(writer)
        try:
            with suppress(OSError, asyncio.CancelledError):
                if self._left > 0:
                    await self._pass_on(reader, writer)
                elif self._silent:
                    await reader.read()
        finally:
            writer.transport.abort()
            self._ends.discard(writer)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there = await asyncio.open_connection("127.0.0.1", self._towards)
        self._ends.add(there)
        try:
            await asyncio.gather(self._carry(reader, there), self._carry(there_reader, writer))
        finally:
            there.transport.abort()
            self._ends.discard(there)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while received := await reader.read(_PIECE):
            await asyncio.sleep(self._drags)
            self._left -= len(received)
            if self._left <= 0:
                await self._break()
                return
            writer.write(received)
            await writer.drain()
        writer.close()

    async def _break(self) -> None:
        if self._silent:
            await asyncio.Event().wait()
        for end in self._ends:
            end.transport.abort()


@contextmanager
def breaking_line(towards: int) -> Iterator[BreakingLine]:
    """Run by a thread of its own."""
    loop, line = asyncio.new_event_loop(), BreakingLine(towards)
    thread = Thread(target=loop.run_forever)
    thread.start()
    listening = asyncio.start_server(line.take, "127.0.0.1", line.port)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)
