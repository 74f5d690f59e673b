"""A change → all tabs up to date: `python -m bench.live [how many tabs]`.

The demo account gets conversations enough for a full page. So many tabs (200) look at its list over
real sockets; signed webhooks come, each a message in one conversation. The clock of each stops when
the last tab has heard of it; beside it what one tab alone waits, the bytes that a tab hears, and
what the server computed, which other processes on the machine disturb little.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, quantiles
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.long_thread import fill
from bench.paint import SECRET, post
from tests.support.patience import PATIENCE
from tests.support.servers.serving import Served, serving
from tests.support.servers.tab_socket import HYDRATE

TABS, CHANGES, CONVERSATIONS = 200, 30, 60
PAUSE_SECONDS = 0.6
TARGET_MS, TARGET_BYTES = 100, 2000
_EVENT = "/_event"


async def main(count: int) -> None:
    """Print the figures; exit code 1 when one misses its target."""
    sandbox = {"SANDBOX": "1", "META_APP_SECRET": SECRET}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), 0, **sandbox) as served:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        await fill(url, *[1] * CONVERSATIONS)
        cookie = await _sign_in(served)
        alone = await _watch(served, cookie, 1, "one")
        together = await _watch(served, cookie, count, "all")
    print(f"one tab: p50 {median(alone.taken):.1f} ms, computed {alone.computed:.1f} ms a change")
    sizes = together.bytes
    p95, most = quantiles(together.taken, n=20)[-1], max(sizes)
    print(f"the last of {count}: p50 {median(together.taken):.1f} ms, p95 {p95:.1f} ms ({CHANGES})")
    print(f"ratio {median(together.taken) / median(alone.taken):.1f}; target {TARGET_MS} ms")
    each = (together.computed - alone.computed) / max(1, count - 1)
    print(f"computed {together.computed:.1f} ms a change, {each:.3f} ms for each further tab")
    print(f"bytes a change: mean {mean(sizes):.0f}, most {most:.0f}; target {TARGET_BYTES}")
    sys.exit(p95 > TARGET_MS or most > TARGET_BYTES)


@dataclass(frozen=True)
class _Watched:
    """Milliseconds of each change until the last tab had heard, milliseconds of computing that a
    change cost the server, and the bytes that each tab heard a change."""

    taken: list[float]
    computed: float
    bytes: list[float]


async def _sign_in(served: Served) -> str:
    form = {"email": "demo@example.com", "password": "demo-inbox"}
    async with httpx.AsyncClient(base_url=served.url, headers={"Origin": served.url}) as browser:
        await browser.post("/auth/sign-in", data=form)
        ((name, value),) = browser.cookies.items()
    return f"{name}={value}"


async def _watch(served: Served, cookie: str, count: int, name: str) -> _Watched:
    taken: list[float] = []
    async with AsyncExitStack() as stack, httpx.AsyncClient() as meta:
        tabs = [await stack.enter_async_context(_tab(served, cookie)) for _ in range(count)]
        await _tell(meta, served, tabs, f"bench-{name}-first")
        await asyncio.sleep(PAUSE_SECONDS)
        for tab in tabs:
            tab.bytes = 0
        began = _computed_ms(served.process.pid)
        for number in range(CHANGES):
            taken.append(await _tell(meta, served, tabs, f"bench-{name}-{number}."))
            await asyncio.sleep(PAUSE_SECONDS)
        computed = _computed_ms(served.process.pid) - began
        return _Watched(taken, computed / CHANGES, [tab.bytes / CHANGES for tab in tabs])


def _computed_ms(pid: int) -> float:
    """Of a process and all that it started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(_computed_ms(int(child)) for child in children)


async def _tell(meta: httpx.AsyncClient, served: Served, tabs: list["_Tab"], mark: str) -> float:
    """Milliseconds from the sending of a webhook until all tabs have heard of it."""
    heard = [asyncio.create_task(tab.hear(mark)) for tab in tabs]
    began = time.perf_counter()
    await post(meta, served, mark)
    return 1000 * (max(await asyncio.gather(*heard)) - began)


class _Tab:
    """One that looks at the list."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._wanted: tuple[str, asyncio.Future[float]] | None = None
        self.bytes = 0

    async def hear(self, mark: str) -> float:
        """When the frame with this in it had come."""
        self._wanted = mark, asyncio.get_running_loop().create_future()
        async with asyncio.timeout(PATIENCE):
            return await self._wanted[1]

    async def listen(self) -> None:
        """Read what comes, and answer the server that asks whether the tab is there."""
        async for frame in self._socket:
            if frame == "2":
                await self._socket.send("3")
            text = str(frame)
            self.bytes += len(text.encode())
            if self._wanted and self._wanted[0] in text and not self._wanted[1].done():
                self._wanted[1].set_result(time.perf_counter())


@asynccontextmanager
async def _tab(served: Served, cookie: str) -> AsyncIterator[_Tab]:
    address = f"{served.url.replace('http', 'ws')}{_EVENT}/?EIO=4&transport=websocket"
    headers = {"Origin": served.url, "Cookie": cookie}
    async with connect(
        f"{address}&token={uuid4()}", additional_headers=headers, proxy=None, max_size=None
    ) as socket:
        await socket.recv()
        await socket.send(f"40{_EVENT},")
        await socket.recv()
        tab = _Tab(socket)
        listening = asyncio.create_task(tab.listen())
        router_data = {"pathname": "/", "asPath": "/", "query": {}}
        event = {"name": HYDRATE, "payload": {}, "router_data": router_data}
        await socket.send(f"42{_EVENT},{json.dumps(['event', event])}")
        await tab.hear('"is_hydrated_rx_state_":true')
        yield tab
        listening.cancel()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else TABS))
