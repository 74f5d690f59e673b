"""What the hub needs of Reflex: which tabs are open, changing the states of one, hanging up."""

from collections.abc import Awaitable, Callable

import reflex as rx
from reflex.app import EventNamespace
from reflex.state import StateUpdate
from reflex_base.event import Event

Patch = Callable[[rx.State], Awaitable[None]]
"""Brings one tab up to date; is given the root of its states, under their lock."""


class TabSockets:
    """The sockets of ``app`` that this worker holds, by the token of their tab."""

    def __init__(self, app: rx.App) -> None:
        self._app = app

    def open_tokens(self) -> set[str]:
        """The tabs that are connected now."""
        manager = self._namespace._token_manager
        records = manager.token_to_socket.items()
        return {token for token, record in records if record.instance_id == manager.instance_id}

    async def patch(self, token: str, patch: Patch) -> None:
        """Change the tab's states and send what changed.

        States that had been dropped after idle hours are left alone: the tab rebuilds them with its
        next event, and would lose what it shows if it were sent fresh ones (docs/reflex.md §5.4).
        """
        tab = rx.BaseStateToken(ident=token, cls=rx.State)
        async with self._app.modify_state(tab) as state:
            if state.router_data:
                await patch(state._get_root_state())  # pyright: ignore[reportArgumentType]

    async def close(self, token: str, address: str) -> None:
        """Send the tab to ``address`` and hang up."""
        sid = self._namespace.token_to_sid.get(token)
        if sid is None or self._app.sio is None:
            return
        go = Event.from_event_type(rx.redirect(address, replace=True))
        await self._namespace.emit_update(StateUpdate(events=go), token)
        await self._app.sio.disconnect(sid, namespace=self._namespace.namespace)

    @property
    def _namespace(self) -> EventNamespace:
        if self._app.event_namespace is None:
            raise RuntimeError("the app has no sockets yet")
        return self._app.event_namespace
