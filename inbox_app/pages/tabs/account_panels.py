"""What pages show of the whole account: read when a tab turns to it, and whenever it changes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.pages.session import SignedIn
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.runtime import current_runtime


@dataclass(frozen=True, slots=True, eq=False)
class AccountPanel:
    """``see`` reads what somebody looks at by a query; the `_show` of ``state`` shows it."""

    state: Any
    see: Callable[[AsyncSession, SignedIn, Any], Awaitable[Any]]

    async def look(self, tab: Any, who: SignedIn, query: Any) -> None:
        """From now on, the ``state`` of this tab shows that."""
        live_tabs.current().subscribe(
            Subscription(tab.router.session.client_token, who, self.refresh, query)
        )
        async with current_runtime().database.reading() as session:
            tab._show(await self.see(session, who, query))

    async def refresh(self, tabs: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
        """Nothing is read for what is told of a conversation or of an import."""
        if not changed.everything:
            return {}
        async with current_runtime().database.reading() as session:
            return {
                tab.token: partial(self._bring, await self.see(session, tab.who, tab.query))
                for tab in tabs
            }

    async def _bring(self, seen: Any, states: rx.State) -> None:
        (await states.get_state(self.state))._show(seen)
