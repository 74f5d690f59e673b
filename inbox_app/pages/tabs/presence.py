"""Tells open tabs who else is at the conversation that they show, and what they do there (X1).

Apart from the hub: nothing is read for it, and only the tabs at the same conversation are told,
when what they show of each other changes. Each worker hears of all tabs, and tells those it holds.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import reflex as rx

from inbox_app.domain.conversations.presence import (
    Doing,
    Person,
    Place,
    Sign,
    Tab,
    doing,
    heard,
    people,
)
from inbox_app.live import Live
from inbox_app.pages.tabs.tab_sockets import TabSockets
from inbox_app.runtime import current_runtime

_PAUSE = 0.2
_LOOK_EVERY = 1.0
_PATIENCE = 5.0
_log = logging.getLogger(__name__)

Show = Callable[[rx.State, Place, Sequence[Person]], Awaitable[None]]
"""Puts who is there into the states of a tab, under their lock."""


class Presence:
    """Who is where, as this worker has heard it."""

    def __init__(
        self, sockets: TabSockets, show: Show, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._sockets, self._show, self._now = sockets, show, now
        self._tabs: dict[str, Tab] = {}
        self._at: defaultdict[Place, set[str]] = defaultdict(set)
        self._mine: dict[str, Sign] = {}
        """The tabs that this worker holds, and what they said last."""
        self._told: dict[str, list[Person]] = {}
        self._doing: dict[str, Doing] = {}
        self._changed: set[Place] = set()
        self._telling: asyncio.Task[None] | None = None
        self._bringing: set[asyncio.Task[None]] = set()
        self._due: set[str] = set()
        """Tabs that are about to be told; one whose states are busy keeps no other waiting."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch while the application serves; leaves no task behind."""
        stop = current_runtime().live.watch(self.hear)
        looking = asyncio.create_task(self._keep_looking())
        try:
            yield
        finally:
            stop()
            tasks = [task for task in (looking, self._telling, *self._bringing) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def say(self, live: Live, sign: Sign) -> list[Person]:
        """A tab of this worker says what its person does; answers who else is there."""
        if sign.doing is Doing.AWAY:
            self._forget(sign.tab)
        else:
            self._mine[sign.tab] = sign
        live.signal(sign)
        known = self._tabs.get(sign.tab)
        if known is None:
            return []
        self._told[sign.tab] = told = _but(sign.user_id, self._people(known.place))
        return told

    def there(self) -> dict[Place, list[Person]]:
        """The people at all conversations that have any."""
        return {place: self._people(place) for place, tabs in list(self._at.items()) if tabs}

    def hear(self, sign: Sign) -> None:
        """A tab of any worker said so. Returns at once."""
        self._put(sign.tab, heard(self._tabs.get(sign.tab), sign, self._now()))

    def look(self, live: Live) -> None:
        """Notice what time alone has changed, and which tabs are not connected any more."""
        for tab in self._mine.keys() - self._sockets.open_tokens():
            if last := self._forget(tab):
                live.signal(replace(last, doing=Doing.GONE))
        now = self._now()
        for tab, known in list(self._tabs.items()):
            self._put(tab, known if now < known.until else None)

    def _forget(self, tab: str) -> Sign | None:
        self._told.pop(tab, None)
        return self._mine.pop(tab, None)

    def _put(self, tab: str, known: Tab | None) -> None:
        before, was = self._tabs.pop(tab, None), self._doing.pop(tab, Doing.AWAY)
        is_ = Doing.AWAY if known is None else doing(known, self._now())
        if known is not None:
            self._tabs[tab], self._doing[tab] = known, is_
            self._at[known.place].add(tab)
        left = before.place if before and (known is None or known.place != before.place) else None
        if left:
            self._at[left].discard(tab)
            self._tell(left)
        if known and (left or was is not is_):
            self._tell(known.place)

    def _people(self, place: Place) -> list[Person]:
        return people((self._tabs[tab] for tab in self._at[place]), self._now())

    def _tell(self, place: Place) -> None:
        self._changed.add(place)
        if self._telling is None:
            self._telling = asyncio.create_task(self._keep_telling())

    async def _keep_telling(self) -> None:
        try:
            while self._changed:
                await asyncio.sleep(_PAUSE)
                places, self._changed = self._changed, set()
                for tab in self._to_tell(places):
                    self._due.add(tab)
                    task = asyncio.create_task(self._bring(tab))
                    self._bringing.add(task)
                    task.add_done_callback(self._bringing.discard)
        finally:
            self._telling = None

    def _to_tell(self, places: Collection[Place]) -> list[str]:
        """The tabs of this worker that show something else of who is there."""
        found: list[str] = []
        for place in places:
            there = self._people(place)
            found += (
                tab
                for tab in self._at[place] & self._mine.keys() - self._due
                if self._told.get(tab) != _but(self._tabs[tab].user_id, there)
            )
            if not self._at[place]:
                del self._at[place]
        return found

    async def _bring(self, tab: str) -> None:
        async def bring(state: rx.State) -> None:
            self._due.discard(tab)
            # What it says itself meanwhile has told it more.
            known = self._tabs.get(tab)
            if known is not None and tab in self._mine:
                self._told[tab] = there = _but(known.user_id, self._people(known.place))
                await self._show(state, known.place, there)

        try:
            async with asyncio.timeout(_PATIENCE):
                await self._sockets.patch(tab, bring)
        except Exception:
            self._told.pop(tab, None)
            _log.exception("a tab could not be told who else is there; it asks within seconds")
        finally:
            self._due.discard(tab)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                self.look(current_runtime().live)
            except Exception:
                _log.exception("who has left could not be looked up")


def _but(user_id: int, there: Sequence[Person]) -> list[Person]:
    return [person for person in there if person.user_id != user_id]


_presence: Presence | None = None


def use(presence: Presence) -> Presence:
    """Make ``presence`` the one of this worker."""
    global _presence
    _presence = presence
    return presence


def current() -> Presence:
    """The one of this worker; raises ``RuntimeError`` before there is one."""
    if _presence is None:
        raise RuntimeError("nobody keeps who is where")
    return _presence
