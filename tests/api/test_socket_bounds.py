"""How many sockets may be open, and which gives way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from inbox_app import sessions
from inbox_app.api import socket_bounds
from inbox_app.api.socket_bounds import SocketBounds
from inbox_app.database import Database
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio


class Sockets:
    """A server's side of websockets: opens them, notes those that were refused or closed."""

    def __init__(self) -> None:
        self._bounds = SocketBounds(self._inside)
        self.open: list[str] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def connect(
        self, name: str, peer: str = "203.0.113.7", cookie: str = "", query: str = "token=x"
    ) -> None:
        """Open a socket, and see what became of that."""
        scope = {
            "type": "websocket",
            "name": name,
            "client": (peer, 50_000),
            "query_string": query.encode(),
            "headers": [(b"cookie", cookie.encode())],
        }

        async def receive() -> dict[str, Any]:
            await asyncio.Event().wait()
            raise AssertionError("nobody says anything")

        async def send(message: Any) -> None:
            assert message["type"] == "websocket.close"

        served = self._tasks[name] = asyncio.ensure_future(self._bounds(scope, receive, send))
        for _ in range(20):
            await asyncio.sleep(0)
        assert name in self.open or served.done()

    async def leave(self, name: str) -> None:
        """The browser goes."""
        self._tasks[name].cancel()
        await asyncio.gather(self._tasks[name], return_exceptions=True)

    async def close(self) -> None:
        for name in self._tasks:
            await self.leave(name)
        assert not self._bounds._open

    async def _inside(self, scope: Any, receive: Any, _send: Any) -> None:
        self.open.append(scope["name"])
        try:
            await receive()
        finally:
            self.open.remove(scope["name"])


@pytest.fixture
async def sockets(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Sockets]:
    monkeypatch.setattr(socket_bounds, "OF_SESSION", 3)
    monkeypatch.setattr(socket_bounds, "OF_STRANGERS", 2)
    monkeypatch.setattr(socket_bounds, "OF_NETWORK", 5)
    monkeypatch.setattr(sessions, "signed_in", _signed_in)
    sockets = Sockets()
    async with running(sqlite, tmp_path):
        yield sockets
        await sockets.close()


async def _signed_in(cookie: str) -> Any:
    people = {"sid=marta": 7, "sid=luca": 8}
    return SimpleNamespace(session_id=people[cookie]) if cookie in people else None


async def test_a_socket_that_names_no_tab_is_refused(sockets: Sockets) -> None:
    for query in ("", "token=", "EIO=4"):
        await sockets.connect("nobody's", query=query)
        assert sockets.open == []


async def test_the_oldest_of_those_without_a_session_gives_way(sockets: Sockets) -> None:
    for name in ("first", "second", "third"):
        await sockets.connect(name, cookie="sid=made-up")
    assert sockets.open == ["second", "third"]


async def test_strangers_of_one_ipv6_network_count_together(sockets: Sockets) -> None:
    for host in range(1, 5):
        await sockets.connect(f"stranger {host}", peer=f"2001:db8::{host}")
    await sockets.connect("elsewhere", peer="2001:db8:0:1::1")
    assert sockets.open == ["stranger 3", "stranger 4", "elsewhere"]


async def test_strangers_never_make_somebody_signed_in_give_way(sockets: Sockets) -> None:
    await sockets.connect("desk", cookie="sid=marta")
    for number in range(9):
        await sockets.connect(f"stranger {number}")
    assert sockets.open == ["desk", "stranger 7", "stranger 8"]


async def test_of_one_session_the_tab_that_was_opened_first_gives_way(sockets: Sockets) -> None:
    await sockets.connect("luca", cookie="sid=luca")
    for name in ("a", "b", "c", "d"):
        await sockets.connect(name, cookie="sid=marta", peer="198.51.100.1")
    assert sockets.open == ["luca", "b", "c", "d"]


async def test_all_sockets_of_one_network_count_together(sockets: Sockets) -> None:
    for number, cookie in enumerate(["sid=marta"] * 3 + ["sid=luca"] * 3):
        await sockets.connect(str(number), cookie=cookie)
    assert sockets.open == ["1", "2", "3", "4", "5"]


async def test_who_leaves_makes_room(sockets: Sockets) -> None:
    for number in range(9):
        await sockets.connect(str(number), cookie="sid=marta")
        await sockets.leave(str(number))
    assert sockets.open == []
