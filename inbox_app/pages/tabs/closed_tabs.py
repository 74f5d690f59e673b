"""Forgets the states of tabs that are closed, which Reflex would keep for a day.

Nothing is lost with them: what a tab shows is in its address, the cookie and the database, and
a phone that slept longer reads it anew when it comes back. Tabs that are open keep theirs.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory

from inbox_app.pages.tabs.tab_owner import TabOwner
from inbox_app.pages.tabs.tab_sockets import TabSockets

KEPT_SECONDS = 120.0
"""A lift, a tunnel, a look at another app: whoever is back by then finds the tab as it was."""
KEPT_AT_MOST = 200
"""The newest of them, when more close within that time: 70 kB each, and memory once taken in many
small pieces is never all given back."""
_EVERY_SECONDS = 5.0
_log = logging.getLogger(__name__)


class ClosedTabs:
    """The tabs of `app` that have states and no socket, and since when."""

    def __init__(self, app: rx.App) -> None:
        self._app, self._sockets = app, TabSockets(app)
        self._since: dict[str, float] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Forget while the application serves."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def forget(self, now: float) -> None:
        """Drop what has been closed for long, and at once what nobody was signed in to; `now` in
        seconds of any clock that only goes forward."""
        manager, open_now = self._app.state_manager, self._sockets.open_tokens()
        if not isinstance(manager, StateManagerMemory):
            return
        closed = {key for key in manager._token_expires_at if key not in open_now}
        waiting = {key: since for key, since in self._since.items() if key in closed}
        self._since = waiting | dict.fromkeys(closed - waiting.keys(), now)
        too_many = len(self._since) - KEPT_AT_MOST
        for place, (key, since) in enumerate(list(self._since.items())):
            too_old = now - since >= KEPT_SECONDS or place < too_many
            if too_old or _is_nobodys(manager.states.get(key)):
                self._drop(manager, key)

    def _drop(self, manager: StateManagerMemory, key: str) -> None:
        token = manager._token_expires_at[key][1]
        lock = manager._states_locks.get(token.lock_key)
        if lock is None or not lock.locked():
            manager._purge_token(token)
            del self._since[key]

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            try:
                self.forget(time.monotonic())
            except Exception:
                _log.exception("the states of closed tabs could not be dropped")


def _is_nobodys(state: Any) -> bool:
    return state is None or not state.substates[TabOwner.get_name()]._session_id
