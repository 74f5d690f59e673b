"""A tab of the pages as the server sees one: Reflex's events over a real websocket."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from websockets.sync.client import ClientConnection, connect

from tests.support.patience import PATIENCE

_EVENT = "/_event"
HYDRATE = "reflex___state____state.hydrate_and_load"


class WireTab:
    """Says what it is told to, and remembers all that it hears."""

    def __init__(self, socket: ClientConnection, path: str) -> None:
        self._socket, self.path = socket, path
        self.heard = ""

    def load(self) -> str:
        """Come to the page; answers what is heard until its ``on_load`` is done."""
        return self.ask(HYDRATE, {}, until='"is_hydrated_rx_state_":true')

    def ask(self, name: str, payload: dict[str, Any], *, until: str) -> str:
        """Fire an event; answers what is heard up to, and with, the frame that holds ``until``."""
        self.fire(name, payload)
        return self.listen(until)

    def settle(self) -> str:
        """Answers what is heard until all that was fired has run: a tab's handlers run in turn.

        Raises:
            TimeoutError: the gate took no more events of this tab, so some have not run.
        """
        mark = str(uuid4())
        self.fire(HYDRATE, {}, path=f"/settled/{mark}")
        return self.listen(mark)

    def fire(self, name: str, payload: dict[str, Any], *, path: str | None = None) -> None:
        """Fire an event, on this page or another, and wait for nothing."""
        router_data = _router_data(path or self.path)
        self.send({"name": name, "payload": payload, "router_data": router_data})

    def send(self, event: object) -> None:
        """Send as an event whatever it may be."""
        self._socket.send(f"42{_EVENT},{json.dumps(['event', event])}")

    def close(self) -> None:
        """Close the tab."""
        self._socket.close()

    def listen(self, until: str, *, patience: float = PATIENCE) -> str:
        """What is heard from now on, up to and with the frame that holds ``until``.

        Raises:
            TimeoutError: nothing was heard for so many seconds.
        """
        heard: list[str] = []
        while not heard or until not in heard[-1]:
            frame = str(self._socket.recv(timeout=patience))
            if frame == "2":
                self._socket.send("3")
            else:
                heard.append(frame)
                self.heard += frame
        return "".join(heard)


@contextmanager
def wire_tab(
    url: str, *, path: str = "/", cookie: str = "", token: str | None = None
) -> Iterator[WireTab]:
    """A tab on the page of ``path``; without a cookie nobody is signed in."""
    address = f"{url.replace('http', 'ws')}{_EVENT}/?EIO=4&transport=websocket"
    headers = {"Origin": url} | ({"Cookie": cookie} if cookie else {})
    with connect(
        f"{address}&token={uuid4() if token is None else token}",
        additional_headers=headers,
        proxy=None,
        max_size=None,
        max_queue=None,
    ) as socket:
        socket.recv(timeout=PATIENCE)
        socket.send(f"40{_EVENT},")
        socket.recv(timeout=PATIENCE)
        yield WireTab(socket, path)


def _router_data(path: str) -> dict[str, Any]:
    if not path.startswith("/inbox/"):
        return {"pathname": path.partition("?")[0], "asPath": path, "query": {}}
    query = {"conversation_id": path.removeprefix("/inbox/")}
    return {"pathname": "/inbox/[conversation_id]", "asPath": path, "query": query}
