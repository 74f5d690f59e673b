"""Stands before every event handler: who is signed out gets nowhere, who is in a hurry waits."""

import time
from collections import OrderedDict
from collections.abc import Collection
from typing import cast

import reflex as rx
from reflex.event import EventHandler
from reflex.state import BaseState, OnLoadInternalState, State, StateUpdate
from reflex_base.event import Event
from reflex_base.utils.format import format_event_handler

from inbox_app.pages.session import sign_in_address, signed_in
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.tab_owner import TabOwner
from inbox_app.runtime import current_runtime

_PUBLIC_NAMES = ("hydrate", "hydrate_and_load", "set_is_hydrated")
_FOLLOW_UPS = (".on_load_internal", ".set_is_hydrated")
"""Reflex fires these itself around the others: lost, they would leave a page half loaded."""


class EventGuard(rx.Middleware):
    """Lets an event pass to its handler, or sends the browser to the sign-in page.

    ``public`` are the handlers that somebody signed out may reach besides Reflex's own, which show
    the states of the tab: so these are emptied first when the session is not the one they are of.
    ``sandbox_only`` are open to everybody too, and to nobody outside the sandbox.
    """

    def __init__(
        self, public: Collection[EventHandler] = (), sandbox_only: Collection[EventHandler] = ()
    ) -> None:
        reflexs_own = [State.event_handlers[name] for name in _PUBLIC_NAMES]
        on_load = OnLoadInternalState.event_handlers.values()
        self._public = {format_event_handler(each) for each in (*reflexs_own, *on_load, *public)}
        self._sandbox_only = {format_event_handler(each) for each in sandbox_only}
        self._rate_limit = EventRateLimit()

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Nothing, to go on; an update, to stop here."""
        root = cast("rx.State", state._get_root_state())
        token = root.router.session.client_token
        if _is_nonsense(event) or self._is_withheld(event) or not self._admits(token, event):
            return StateUpdate()
        who = await signed_in(root)
        owner = await root.get_state(TabOwner)
        if await owner._is_now(who.session_id if who else 0):
            live_tabs.current().forget(token)
        if who is not None:
            live_tabs.current().note_session(token, who.session_id)
            return None
        if event.name in self._public or event.name in self._sandbox_only:
            return None
        address = sign_in_address(root.router.url)
        return StateUpdate(events=Event.from_event_type(rx.redirect(address)))

    def _is_withheld(self, event: Event) -> bool:
        return event.name in self._sandbox_only and not current_runtime().settings.sandbox_mode

    def _admits(self, token: str, event: Event) -> bool:
        return event.name.endswith(_FOLLOW_UPS) or self._rate_limit.admits(token)


def _is_nonsense(event: Event) -> bool:
    """Reflex sends this itself, with True; a browser may make it echo anything."""
    return event.name.endswith(".set_is_hydrated") and event.payload != {"value": True}


class EventRateLimit:
    """How many events a tab may send: a burst, then so many a second."""

    _BURST = 120.0
    _A_SECOND = 30.0
    _TABS = 10_000

    def __init__(self) -> None:
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admits(self, token: str) -> bool:
        """Whether this tab may send one more now."""
        now = time.monotonic()
        left, at = self._left.pop(token, (self._BURST, now))
        left = min(self._BURST, left + (now - at) * self._A_SECOND)
        self._left[token] = (max(left - 1, 0.0), now)
        while len(self._left) > self._TABS:
            self._left.popitem(last=False)
        return left >= 1
