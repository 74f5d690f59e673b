"""A tab keeps its token, and with it its state, through drops, reloads and late goodbyes."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from inbox_app.pages.tabs.sticky_tabs import StickyTokenManager

pytestmark = pytest.mark.anyio


class Sockets:
    """Stands in for the socket server: remembers whom it was told to disconnect."""

    def __init__(self) -> None:
        self.closed: list[tuple[str, str]] = []

    async def disconnect(self, sid: str, namespace: str) -> None:
        self.closed.append((sid, namespace))


@pytest.fixture
def sockets() -> Sockets:
    return Sockets()


@pytest.fixture
def manager(sockets: Sockets) -> StickyTokenManager:
    app: Any = SimpleNamespace(sio=sockets, event_namespace=SimpleNamespace(namespace="/_event"))
    return StickyTokenManager(app)


async def test_a_socket_that_comes_back_before_the_old_one_timed_out_keeps_the_token(
    manager: StickyTokenManager, sockets: Sockets
) -> None:
    assert await manager.link_token_to_sid("tab", "before") is None
    assert await manager.link_token_to_sid("tab", "after") is None
    await asyncio.sleep(0)
    assert manager.token_to_sid == {"tab": "after"}
    assert manager.sid_to_token == {"after": "tab"}
    assert sockets.closed == [("before", "/_event")]


async def test_the_old_socket_saying_goodbye_late_does_not_disconnect_the_tab(
    manager: StickyTokenManager,
) -> None:
    await manager.link_token_to_sid("tab", "before")
    await manager.link_token_to_sid("tab", "after")
    await manager.disconnect_token("tab", "before")
    assert manager.token_to_sid == {"tab": "after"}


async def test_a_tab_that_closes_is_forgotten(manager: StickyTokenManager) -> None:
    await manager.link_token_to_sid("tab", "socket")
    await manager.disconnect_token("tab", "socket")
    assert not manager.token_to_sid
    assert not manager.sid_to_token


async def test_the_same_socket_linking_twice_is_not_closed(
    manager: StickyTokenManager, sockets: Sockets
) -> None:
    await manager.link_token_to_sid("tab", "socket")
    await manager.link_token_to_sid("tab", "socket")
    await asyncio.sleep(0)
    assert sockets.closed == []


async def test_two_tabs_do_not_touch_each_other(
    manager: StickyTokenManager, sockets: Sockets
) -> None:
    await manager.link_token_to_sid("first", "a")
    await manager.link_token_to_sid("second", "b")
    await manager.disconnect_token("first", "a")
    await asyncio.sleep(0)
    assert manager.token_to_sid == {"second": "b"}
    assert sockets.closed == []
