"""What it costs that people see each other: `python -m bench.presence [how many people]`.

So many people (50) have the list and a conversation open, five the same one, over real sockets, and
say as pages do that they look, every twelve seconds; two of each five write an answer, rest, and
send it, again and again. The processor time that the server takes for it in a minute stands beside
a minute of the same tabs in silence, and beside one in which all of them are at one conversation.
"""

import asyncio
import itertools
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import uuid4

from sqlmodel import col, select
from websockets.asyncio.client import ClientConnection, connect

from bench.long_thread import fill
from inbox_app import clock
from inbox_app.database import Database
from inbox_app.models import Connection, Session
from inbox_app.vault import fingerprint
from tests.support.factories import add, make_user
from tests.support.patience import PATIENCE
from tests.support.servers.serving import Served, serving
from tests.support.servers.tab_socket import HYDRATE

PEOPLE, TOGETHER, SECONDS = 50, 5, 60
TARGET_PER_CENT = 5.0
HERE = (
    "reflex___state____state.inbox_app___pages___inbox___foot___presence_state____presence_state"
    ".here"
)
LOOKS = ((12.0, "looking"),)
WRITES = ((4.0, "typing"), (4.0, "typing"), (4.0, "typing"), (12.0, "writing"), (12.0, "looking"))
"""Pauses, each with what is said after it, over and over."""
_EVENT = "/_event"


async def main(count: int) -> None:
    """Print the figures; exit code 1 when the target is missed."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), SANDBOX="1") as served:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        threads = await fill(url, *[1] * -(-count // TOGETHER))
        cookies = await _sign_in(url, count)
        spread = [threads[number // TOGETHER] for number in range(count)]
        silent, _ = await _measure(served, cookies, spread, says=False)
        saying, told = await _measure(served, cookies, spread, says=True)
        crowd, _ = await _measure(served, cookies, threads[:1] * count, says=True)
    cost, worst = saying - silent, crowd - silent
    print(
        f"{count} tabs for {SECONDS} s: {silent:.1f} % of a core in silence, {saying:.1f} % saying"
    )
    print(f"ratio {saying / silent:.1f}; of the others each heard {told / count:.0f} times")
    print(f"all of them at one conversation: {worst:.1f} % of a core")
    reached = "reached" if cost < TARGET_PER_CENT else "MISSED"
    print(f"presence costs {cost:.1f} % of a core, target under {TARGET_PER_CENT:.0f} %: {reached}")
    sys.exit(cost >= TARGET_PER_CENT)


async def _sign_in(url: str, count: int) -> list[str]:
    """So many people in the demo account, each with a device; their cookies."""
    database, now = Database(url), clock.real_now()
    async with database.transaction() as session:
        connected = select(Connection.account_id).where(col(Connection.external_id) != "")
        account_id = (await session.exec(connected)).first()
        assert account_id is not None  # noqa: S101
        for number in range(count):
            user = await make_user(session, account_id, now, f"{number}@example.com")
            user.name = f"Person {number}"
            ours = {"account_id": account_id, "user_id": user.id, "created_at": now}
            device = Session(**ours, seen_at=now, token_hash=fingerprint(f"bench-{number}"))
            await add(session, device)
    await database.close()
    return [f"sid=bench-{number}" for number in range(count)]


async def _measure(
    served: Served, cookies: list[str], threads: list[int], *, says: bool
) -> tuple[float, int]:
    """Per cent of a core that the server takes in a minute, and how often tabs heard of others."""
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(_tab(served, cookie, thread))
            for cookie, thread in zip(cookies, threads, strict=True)
        ]
        tasks = [asyncio.create_task(tab.listen()) for tab in tabs]
        if says:
            tasks += [asyncio.create_task(_live(tab, at)) for at, tab in enumerate(tabs)]
        await asyncio.sleep(SECONDS / 4)
        for tab in tabs:
            tab.heard = 0
        before = _processor_seconds(served)
        await asyncio.sleep(SECONDS)
        taken, heard = _processor_seconds(served) - before, sum(tab.heard for tab in tabs)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return 100 * taken / SECONDS, heard


def _processor_seconds(served: Served) -> float:
    """Of the worker, the one child of the process that was started."""
    pid = served.process.pid
    (worker,) = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[:1]
    fields = Path(f"/proc/{worker}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _live(tab: "_Tab", number: int) -> None:
    """Two of each five write; nobody in step with the others."""
    habit = WRITES if number % TOGETHER < 2 else LOOKS
    await tab.say("looking")
    await asyncio.sleep(number * 0.37 % 12)
    for pause, doing in itertools.cycle(habit):
        await asyncio.sleep(pause)
        await tab.say(doing)


class _Tab:
    """One that shows a conversation."""

    def __init__(self, socket: ClientConnection, thread: int) -> None:
        self._socket, self._thread = socket, str(thread)
        self.heard = 0
        """How often of others, there or at a row of the list."""

    async def load(self) -> None:
        await self._fire(HYDRATE, {})
        async with asyncio.timeout(PATIENCE):
            while '"is_hydrated_rx_state_":true' not in await self._hear():
                pass

    async def say(self, doing: str) -> None:
        await self._fire(HERE, {"thread": self._thread, "doing": doing})

    async def listen(self) -> None:
        while True:
            told = await self._hear()
            self.heard += '"others_rx_state_"' in told or '"people_rx_state_":{' in told

    async def _hear(self) -> str:
        frame = str(await self._socket.recv())
        if frame == "2":
            await self._socket.send("3")
        return frame

    async def _fire(self, name: str, payload: dict[str, str]) -> None:
        query, path = {"conversation_id": self._thread}, f"/inbox/{self._thread}"
        router_data = {"pathname": "/inbox/[conversation_id]", "asPath": path, "query": query}
        event = {"name": name, "payload": payload, "router_data": router_data}
        await self._socket.send(f"42{_EVENT},{json.dumps(['event', event])}")


@asynccontextmanager
async def _tab(served: Served, cookie: str, thread: int) -> AsyncIterator[_Tab]:
    address = f"{served.url.replace('http', 'ws')}{_EVENT}/?EIO=4&transport=websocket"
    headers = {"Origin": served.url, "Cookie": cookie}
    async with connect(
        f"{address}&token={uuid4()}", additional_headers=headers, proxy=None, max_size=None
    ) as socket:
        await socket.recv()
        await socket.send(f"40{_EVENT},")
        await socket.recv()
        tab = _Tab(socket, thread)
        await tab.load()
        yield tab


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
