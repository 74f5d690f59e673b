"""A change → all tabs up to date: `python -m bench.live [how many tabs]`.

The demo account gets conversations enough for a full page. So many tabs (200) look at its list over
real sockets; signed webhooks come, each a message in one conversation. The clock of each stops when
the last tab has heard of it; beside it what one tab alone waits, and the bytes that a tab hears.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import mean, median, quantiles
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.long_thread import fill
from bench.paint import SECRET, post
from tests.support.patience import PATIENCE
from tests.support.serving import Served, serving
from tests.support.tab_socket import HYDRATE

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
        alone, _ = await _watch(served, cookie, 1, "one")
        together, sizes = await _watch(served, cookie, count, "all")
    print(f"one tab: p50 {median(alone):.1f} ms")
    p95 = quantiles(together, n=20)[-1]
    print(f"the last of {count}: p50 {median(together):.1f} ms, p95 {p95:.1f} ms ({CHANGES})")
    print(f"ratio {median(together) / median(alone):.1f}; target {TARGET_MS} ms")
    print(f"bytes a change: mean {mean(sizes):.0f}, most {max(sizes):.0f}; target {TARGET_BYTES}")
    sys.exit(p95 > TARGET_MS or max(sizes) > TARGET_BYTES)


async def _sign_in(served: Served) -> str:
    form = {"email": "demo@example.com", "password": "demo-inbox"}
    async with httpx.AsyncClient(base_url=served.url, headers={"Origin": served.url}) as browser:
        await browser.post("/auth/sign-in", data=form)
        ((name, value),) = browser.cookies.items()
    return f"{name}={value}"


async def _watch(
    served: Served, cookie: str, count: int, name: str
) -> tuple[list[float], list[float]]:
    """Of each change, how long until the last of so many tabs had heard; of each tab, the bytes
    that it heard a change."""
    taken: list[float] = []
    async with AsyncExitStack() as stack, httpx.AsyncClient() as meta:
        tabs = [await stack.enter_async_context(_tab(served, cookie)) for _ in range(count)]
        await _tell(meta, served, tabs, f"bench-{name}-first")
        for tab in tabs:
            tab.bytes = 0
        for number in range(CHANGES):
            await asyncio.sleep(PAUSE_SECONDS)
            taken.append(await _tell(meta, served, tabs, f"bench-{name}-{number}."))
        await asyncio.sleep(PAUSE_SECONDS)
        return taken, [tab.bytes / CHANGES for tab in tabs]


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
        self.bytes = 0

    async def hear(self, mark: str) -> float:
        """When the frame with this in it had come."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = str(await self._socket.recv())
                self.bytes += len(frame.encode())
                if frame == "2":
                    await self._socket.send("3")
                if mark in frame:
                    return time.perf_counter()


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
        router_data = {"pathname": "/", "asPath": "/", "query": {}}
        event = {"name": HYDRATE, "payload": {}, "router_data": router_data}
        await socket.send(f"42{_EVENT},{json.dumps(['event', event])}")
        tab = _Tab(socket)
        await tab.hear('"is_hydrated_rx_state_":true')
        yield tab


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else TABS))
