"""The hub: brings open tabs up to date, after the first change at once, then at most every 100 ms.

A tab is watched from its page's ``on_load`` on. A change has the tabs of its account read anew, by
one shared read for each screen, in a task of the hub's own: a handler holds the lock of its tab.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import reflex as rx

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.operating import metrics
from inbox_app.pages.tabs.same_packets import one_round
from inbox_app.pages.tabs.subscriptions import Changes, Panel, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch, TabSockets
from inbox_app.queries.accounts.live_sessions import live_sessions
from inbox_app.runtime import current_runtime

_PAUSE = 0.1
_AFTER_A_FAILURE = 1.0
_PATIENCE = 5.0
_AT_ONCE = 20
"""Tabs that are told before anything else has its turn."""
_SIGN_IN = "/login"
_News = list[tuple[Subscription, Patch]]
_log = logging.getLogger(__name__)


class Hub:
    """The open tabs of this worker."""

    def __init__(self, sockets: TabSockets) -> None:
        self._sockets = sockets
        self._subscriptions: dict[tuple[str, Panel], Subscription] = {}
        self._sessions: dict[str, int] = {}
        self._changed: defaultdict[int, Changes] = defaultdict(Changes)
        self._tasks: dict[int, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen while the application serves; leaves no task behind."""
        stop = current_runtime().live.listen(self.tell)
        metrics.OPEN_PAGES.set_function(lambda: len(self._sockets.open_tokens()))
        try:
            yield
        finally:
            stop()
            metrics.OPEN_PAGES.set_function(lambda: 0)
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def subscribe(self, subscription: Subscription) -> None:
        """The panel of the tab looks at something now. Call it before reading what is to be shown,
        so that what changes in between is told. Tabs that are gone are forgotten here."""
        self._subscriptions[subscription.token, subscription.panel] = subscription
        self.note_session(subscription.token, subscription.who.session_id)
        for token in self._sessions.keys() - self._sockets.open_tokens():
            self.forget(token)

    def unsubscribe(self, token: str, panel: Panel) -> None:
        """The panel shows nothing now."""
        self._subscriptions.pop((token, panel), None)

    def holds(self, subscription: Subscription) -> bool:
        """Whether the panel still looks at it, for the same person, in an open tab."""
        key = subscription.token, subscription.panel
        is_open = subscription.token in self._sockets.open_tokens()
        return is_open and self._subscriptions.get(key) is subscription

    def note_session(self, token: str, session_id: int) -> None:
        """A tab, of whatever screen, belongs to this session."""
        self._sessions[token] = session_id

    def forget(self, token: str) -> None:
        """The tab is gone, or has become somebody else's."""
        self._sessions.pop(token, None)
        for key in [key for key in self._subscriptions if key[0] == token]:
            del self._subscriptions[key]

    def open_sessions(self) -> set[int]:
        """Those whose tabs are open here, or were when somebody looked last."""
        return set(self._sessions.values())

    def accounts(self) -> set[int]:
        """Those that have tabs open here."""
        open_now = self._sockets.open_tokens()
        return {
            subscription.who.account_id
            for subscription in self._subscriptions.values()
            if subscription.token in open_now
        }

    def tell(self, change: Change) -> None:
        """Something changed. Returns at once."""
        account_id = change.account_id
        self._changed[account_id].add(change)
        if account_id not in self._tasks:
            self._tasks[account_id] = asyncio.get_running_loop().create_task(self._run(account_id))

    async def close_sockets(self, session_id: int) -> None:
        """The session has ended: its tabs go to the sign-in page, and hear nothing more."""
        tokens = [token for token, of in self._sessions.items() if of == session_id]
        for token in tokens:
            self.forget(token)
        await asyncio.gather(*(self._sockets.close(token, _SIGN_IN) for token in tokens))

    async def _run(self, account_id: int) -> None:
        loop = asyncio.get_running_loop()
        try:
            while account_id in self._changed:
                changed, began = self._changed.pop(account_id), loop.time()
                pause = _PAUSE if await self._refreshed(account_id, changed) else _AFTER_A_FAILURE
                await asyncio.sleep(max(0.0, began + pause - loop.time()))
        finally:
            del self._tasks[account_id]

    async def _refreshed(self, account_id: int, changed: Changes) -> bool:
        """Whether all went well; if not, the same changes are told again."""
        try:
            await self._refresh(account_id, changed)
        except Exception:
            _log.exception("the tabs of account %s could not be refreshed", account_id)
            again = self._changed[account_id]
            again.everything |= changed.everything
            again.conversations |= changed.conversations
            again.imports |= changed.imports
            return False
        return True

    async def _refresh(self, account_id: int, changed: Changes) -> None:
        panels: defaultdict[Panel, list[Subscription]] = defaultdict(list)
        for subscription in await self._still_signed_in(account_id):
            panels[subscription.panel].append(subscription)
        found = await asyncio.gather(*(panel(each, changed) for panel, each in panels.items()))
        patches: defaultdict[str, _News] = defaultdict(list)
        for subscriptions, news in zip(panels.values(), found, strict=True):
            for subscription in subscriptions:
                if subscription.token in news:
                    patches[subscription.token].append((subscription, news[subscription.token]))
        await self._patch_all(account_id, patches)

    async def _patch_all(self, account_id: int, patches: Mapping[str, _News]) -> None:
        try:
            with one_round():
                async with asyncio.timeout(_PATIENCE), asyncio.TaskGroup() as tabs:
                    for number, (token, news) in enumerate(patches.items(), 1):
                        tabs.create_task(self._patch(token, news))
                        if number % _AT_ONCE == 0:
                            await asyncio.sleep(0)
        except TimeoutError:
            _log.warning("a tab is busy and could not be told of a change; it is told again")
            self.tell(Change(account_id))

    async def _still_signed_in(self, account_id: int) -> list[Subscription]:
        open_now = self._sockets.open_tokens()
        subscriptions = [
            subscription
            for subscription in self._subscriptions.values()
            if subscription.who.account_id == account_id and subscription.token in open_now
        ]
        sessions = {subscription.who.session_id for subscription in subscriptions}
        if not sessions:
            return []
        async with current_runtime().database.reading() as session:
            live = await live_sessions(session, sessions, clock.real_now())
        for ended in sessions - live:
            await self.close_sockets(ended)
        return [
            subscription for subscription in subscriptions if subscription.who.session_id in live
        ]

    async def _patch(self, token: str, news: _News) -> None:
        async def bring(state: rx.State) -> None:
            for subscription, patch in news:
                # A panel that has turned to something else meanwhile has read that for itself.
                if self._subscriptions.get((token, subscription.panel)) is subscription:
                    await patch(state)

        try:
            await self._sockets.patch(token, bring)
        except Exception:
            _log.exception("a tab could not be told of a change")


_hub: Hub | None = None


def use(hub: Hub) -> Hub:
    """Make ``hub`` the one of this worker."""
    global _hub
    _hub = hub
    return hub


def current() -> Hub:
    """The hub of this worker; raises ``RuntimeError`` before there is one."""
    if _hub is None:
        raise RuntimeError("there is no hub")
    return _hub
