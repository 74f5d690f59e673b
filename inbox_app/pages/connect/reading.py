"""What the wizard shows, read once for all of the account's tabs that stand in it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import contract
from inbox_app.pages.session import SignedIn
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Panel, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.connecting.setup_view import SetupView, setup_view
from inbox_app.runtime import current_runtime


async def read(who: SignedIn, token: str, panel: Panel) -> SetupView:
    """Now, and whenever it changes from now on."""
    live_tabs.current().subscribe(Subscription(token, who, panel, None))
    async with current_runtime().database.reading() as session:
        return await setup_view(session, who.account_id, contract.VERSION)


async def refresh(
    subscriptions: Sequence[Subscription],
    changed: Changes,
    bring: Callable[[SetupView, rx.State], Awaitable[None]],
) -> Mapping[str, Patch]:
    """Only what is told of the whole account concerns its connection."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        seen = await setup_view(session, subscriptions[0].who.account_id, contract.VERSION)
    return {subscription.token: partial(bring, seen) for subscription in subscriptions}
