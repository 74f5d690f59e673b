"""The door to the event handlers: which sockets are a tab's, which tab's, what may be an event, and
what a tab is sent of what changed.

Reflex takes the token in a socket's address for the tab: whoever knows one would hear what the tab
is sent, silently and without a session. Here the token counts only together with the cookie that
came with it: the same token under another cookie, or none, is another tab, which is empty.
"""

import asyncio
import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode

import reflex as rx
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet
from reflex.app import EventNamespace
from reflex.constants import SocketEvent
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import StateUpdate
from reflex_base.registry import RegistrationContext
from socketio.packet import EVENT

from inbox_app import sessions
from inbox_app.pages.tabs import same_packets
from inbox_app.pages.tabs.row_patches import SentRows, SharedPatches
from inbox_app.pages.tabs.sticky_tabs import DUPLICATED_TAB_SCRIPT, StickyTokenManager
from inbox_app.vault import fingerprint

_LONGEST_TOKEN = 64
_log = logging.getLogger(__name__)


class TabNamespace(EventNamespace):
    """Reflex's events by socket."""

    def __init__(self, namespace: str, app: rx.App) -> None:
        super().__init__(namespace, app)
        self._token_manager = StickyTokenManager(app)
        self._sent = defaultdict[str, SentRows](partial(SentRows, SharedPatches()))

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Link the socket to the tab of its token and cookie.

        Raises:
            ConnectionRefusedError: it names no tab, so that its events could be nobody's.
        """
        (token,) = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])[:1]
        if not 0 < len(token) <= _LONGEST_TOKEN:
            raise ConnectionRefusedError("a tab has a token")
        tab = tab_key(token, environ.get("HTTP_COOKIE", ""))
        await super().on_connect(sid, environ | {"QUERY_STRING": urlencode({"token": tab})}, auth)

    async def link_token_to_sid(self, sid: str, token: str, *, update_state: bool = True) -> None:
        """Link them; a tab of which nothing is known yet gets states with its first event only."""
        known = update_state and self._has_states(token)
        await super().link_token_to_sid(sid, token, update_state=known)

    async def on_event(self, sid: str, data: Any) -> None:
        """Hand an event to its handler. What is none is dropped, and none of it is written down:
        it may be anything, and of any length."""
        if sid not in self.sid_to_token:
            _log.warning("an event came from a socket that is no tab's")
        elif not _is_event(data):
            _log.warning("a tab sent what is no event of ours")
        else:
            try:
                await super().on_event(sid, data)
            except Exception as error:
                _log.warning("an event could not be read: %s", type(error).__name__)

    async def emit_update(self, update: StateUpdate, token: str) -> None:
        """Send what changed: of lists of rows that the socket was sent before, only that."""
        socket = self._token_manager.token_to_socket.get(token)
        if socket is not None and update.delta:
            update = replace(update, delta=self._sent[socket.sid].patched(update.delta))
            round_ = same_packets.current()
            if round_ is not None and not update.events:
                told = round_.packet(update.delta, partial(self._packet, update))
                await self._send(told, socket.sid)
                return
        await super().emit_update(update, token)

    async def _send(self, packet: Packet, sid: str) -> None:
        """As Reflex does, without a task for each."""
        server: Any = self.server
        socket = server.manager.eio_sid_from_sid(sid, self.namespace)
        if socket is not None:
            with suppress(SocketIsClosedError):
                await server.eio.send_packet(socket, packet)

    def _packet(self, update: StateUpdate) -> Packet:
        server: Any = self.server
        said = [str(SocketEvent.EVENT), update]
        event = server.packet_class(EVENT, namespace=self.namespace, data=said)
        return Packet(MESSAGE, event.encode())

    def on_disconnect(self, sid: str) -> asyncio.Task[None] | None:
        """Forget the socket: the next one of its tab is told all anew."""
        self._sent.pop(sid, None)
        return super().on_disconnect(sid)

    def _has_states(self, token: str) -> bool:
        manager = self.app.state_manager
        if not isinstance(manager, StateManagerMemory):
            return True
        return BaseStateToken(ident=token, cls=rx.State).cache_key in manager.states


def _is_event(data: Any) -> bool:
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        return False
    parts = (data.get("payload", {}), data.get("router_data", {}))
    known = data["name"] in RegistrationContext.get().event_handlers
    return known and all(isinstance(part, dict) for part in parts)


def tab_key(token: str, cookie_header: str) -> str:
    """What a tab's states and pushes go by: its token under its session's secret."""
    return fingerprint(f"{token} {sessions.token_in(cookie_header)}")


def install(app: rx.App) -> None:
    """Put the door into `app`, in the place of Reflex's."""
    before = app.event_namespace
    if before is not None and app.sio is not None:
        app._event_namespace = TabNamespace(before.namespace, app)
        app.sio.register_namespace(app._event_namespace)
    app.head_components.append(rx.el.script(DUPLICATED_TAB_SCRIPT))
