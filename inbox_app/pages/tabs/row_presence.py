"""Tells open lists at which of the conversations in them colleagues are (X1).

A list hears of it every few seconds at most, and only when that has changed for a row it shows:
what it costs follows the rows on screens, never how many conversations there are.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

import reflex as rx

from inbox_app.domain.conversations.presence import Person, Place
from inbox_app.pages.tabs.subscriptions import Subscription
from inbox_app.pages.tabs.tab_sockets import TabSockets

_EVERY = 3.0
_PATIENCE = 5.0
_log = logging.getLogger(__name__)

Names = dict[str, list[str]]
"""Of the colleagues at each conversation that has any, by its id."""
Show = Callable[[rx.State, Names], Awaitable[None]]
"""Puts them into the states of a tab, under their lock."""


class RowPresence:
    """The lists of this worker's tabs.

    ``there`` are the people at all conversations, ``holds`` whether a tab still shows its list.
    """

    def __init__(
        self,
        sockets: TabSockets,
        there: Callable[[], Mapping[Place, Sequence[Person]]],
        holds: Callable[[Subscription], bool],
        show: Show,
    ) -> None:
        self._sockets, self._there, self._holds, self._show = sockets, there, holds, show
        self._at: defaultdict[int, dict[str, list[Person]]] = defaultdict(dict)
        """By account and conversation, as of the last look."""
        self._rows: dict[Subscription, frozenset[str]] = {}
        self._told: dict[Subscription, Names] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look while the application serves; leaves no task behind."""
        looking = asyncio.create_task(self._keep_looking())
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    def see(self, subscription: Subscription, rows: Iterable[str]) -> Names:
        """The list shows these rows from now on; answers who is at them."""
        self._rows[subscription] = frozenset(rows)
        self._told[subscription] = names = self._names(subscription)
        return names

    async def look(self) -> None:
        """Tell the lists that show something else of it now."""
        self._at = defaultdict(dict)
        for place, people in self._there().items():
            self._at[place.account_id][str(place.conversation_id)] = list(people)
        for subscription in [each for each in self._rows if not self._holds(each)]:
            del self._rows[subscription], self._told[subscription]
        news = [each for each in self._rows if self._names(each) != self._told[each]]
        await asyncio.gather(*map(self._tell, news))

    def _names(self, subscription: Subscription) -> Names:
        at, who = self._at[subscription.who.account_id], subscription.who
        found: Names = {}
        for id_ in at.keys() & self._rows[subscription]:
            others = (person.name for person in at[id_] if person.user_id != who.user_id)
            if names := sorted(others):
                found[id_] = names
        return found

    async def _tell(self, subscription: Subscription) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._sockets.patch(subscription.token, partial(self._bring, subscription))
        except Exception:
            _log.exception("a list could not be told who else is there; it is told again")

    async def _bring(self, subscription: Subscription, state: rx.State) -> None:
        # It may have turned to another list meanwhile, or to another person.
        if subscription in self._rows and self._holds(subscription):
            self._told[subscription] = names = self._names(subscription)
            await self._show(state, names)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await self.look()
            except Exception:
                _log.exception("who is at which conversation could not be looked up")


_row_presence: RowPresence | None = None


def use(row_presence: RowPresence) -> RowPresence:
    """Make ``row_presence`` the one of this worker."""
    global _row_presence
    _row_presence = row_presence
    return row_presence


def current() -> RowPresence:
    """The one of this worker; raises ``RuntimeError`` before there is one."""
    if _row_presence is None:
        raise RuntimeError("nobody tells lists who is where")
    return _row_presence
