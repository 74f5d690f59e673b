"""Keeps a tab's state when its connection drops: the newest socket of a token wins.

Reflex takes the socket that comes back before the old one timed out for a duplicated tab and gives
it a fresh, blank state (its issues 6345 and 6252).
"""

import asyncio
from typing import TYPE_CHECKING

import reflex as rx
from reflex.utils.token_manager import LocalTokenManager, SocketRecord

if TYPE_CHECKING:
    from collections.abc import Coroutine

# A tab duplicated by the browser copies sessionStorage: it must start with a token of its own, or
# it would take the state from the first. A tab that only reloads marks that it left.
DUPLICATED_TAB_SCRIPT = """(() => {
  try {
    const tab = sessionStorage;
    if (tab.getItem("token") && !tab.getItem("tab_left")) tab.removeItem("token");
    tab.removeItem("tab_left");
    addEventListener("pagehide", () => tab.setItem("tab_left", "1"));
    addEventListener("pageshow", () => tab.removeItem("tab_left"));
  } catch {}
})()"""


class StickyTokenManager(LocalTokenManager):
    """Links a token to the socket that came last and closes the one before; for one worker."""

    def __init__(self, app: rx.App) -> None:
        super().__init__()
        self._app = app
        self._closing: set[asyncio.Task[None]] = set()

    async def link_token_to_sid(self, token: str, sid: str) -> None:
        """Let `sid` take over `token`; never answers a new token."""
        before = self.token_to_socket.get(token)
        if before and before.sid != sid:
            self.sid_to_token.pop(before.sid, None)
            self._soon(self._disconnect(before.sid))
        self.token_to_socket[token] = SocketRecord(instance_id=self.instance_id, sid=sid)
        self.sid_to_token[sid] = token

    async def disconnect_token(self, token: str, sid: str) -> None:
        """Forget `sid`; one that comes late must not drop the link of its successor."""
        current = self.token_to_socket.get(token)
        if current and current.sid == sid:
            del self.token_to_socket[token]
        self.sid_to_token.pop(sid, None)

    async def _disconnect(self, sid: str) -> None:
        namespace = self._app.event_namespace
        if self._app.sio is not None and namespace is not None:
            await self._app.sio.disconnect(sid, namespace=namespace.namespace)

    def _soon(self, work: "Coroutine[None, None, None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
