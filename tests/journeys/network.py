"""The network between the browsers and the server, which fails as networks do."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Network:
    """Passes bytes on to a port of this machine, until it is lost."""

    def __init__(self, towards: int) -> None:
        self._towards = towards
        self._is_there = True
        self._passing = _set_event()
        self._lost: list[asyncio.Event] = []

    def lose(self) -> None:
        """Nothing passes from now on, and nobody is told: to each side the other still seems to be
        connected, as when a phone leaves its network."""
        self._is_there = False
        self._passing.clear()
        self._lost.append(self._passing)

    def find(self) -> None:
        """New connections pass again; those that were lost stay so."""
        if not self._is_there:
            self._passing = _set_event()
            self._is_there = True

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection to its end."""
        passing = self._passing
        with suppress(OSError, asyncio.CancelledError):
            if self._is_there:
                await self._pass_on(reader, writer, passing)
        writer.transport.abort()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: asyncio.Event
    ) -> None:
        there_reader, there = await asyncio.open_connection("127.0.0.1", self._towards)
        try:
            await asyncio.gather(
                _carry(reader, there, passing), _carry(there_reader, writer, passing)
            )
        finally:
            there.transport.abort()


@contextmanager
def network(port: int, towards: int) -> Iterator[Network]:
    """One that listens on `port`, run by a thread of its own."""
    loop, line = asyncio.new_event_loop(), Network(towards)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listening = asyncio.start_server(line.take, "127.0.0.1", port)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _set_event() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: asyncio.Event
) -> None:
    while received := await reader.read(65536):
        await passing.wait()
        writer.write(received)
        await writer.drain()
    await passing.wait()
    writer.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)
