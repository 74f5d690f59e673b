"""What became of a template that was just made, followed on the page one comes back to."""

from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app.domain.templates import TemplateState
from inbox_app.pages.session import SignedIn
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.runtime import current_runtime
from inbox_app.workflows.templates.submit_template import Submitted


class TemplateNotice(rx.State):
    """Stands until it is put away, and follows what Meta decides meanwhile."""

    at: rx.Field[str] = rx.field("")
    """The path of the page that shows it."""
    name: rx.Field[str] = rx.field("")
    made: rx.Field[str] = rx.field("")
    category: rx.Field[str] = rx.field("")
    """Meta's, when it is another than the one asked for."""

    @rx.event
    def dismiss(self) -> None:
        """It was read."""
        self._forget()

    def _sent(self) -> None:
        """Somebody who has sent a template need not be told that it can be."""
        if self.made == TemplateState.ACCEPTED.value:
            self._forget()

    def _forget(self) -> None:
        live_tabs.current().unsubscribe(self.router.session.client_token, refresh)
        self.reset()

    async def _tell(self, who: SignedIn, at: str, made: Submitted, asked: str) -> None:
        """``asked`` is the category that was asked for."""
        query, token = made.template_id, self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, query))
        async with current_runtime().database.reading() as session:
            row = await templates.one(session, who.account_id, query)
        other = made.category if made.category != asked else ""
        self.at, self.category = at, other
        self._follow(row)

    def _follow(self, row: TemplateRow | None) -> None:
        if row is None:
            self.reset()
        else:
            set_changed(self, name=row["name"], made=row["state"])


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The notices of those tabs of whose template something may have changed."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        return {
            subscription.token: partial(
                _bring,
                await templates.one(session, subscription.who.account_id, subscription.query),
            )
            for subscription in subscriptions
        }


async def _bring(row: TemplateRow | None, state: rx.State) -> None:
    (await state.get_state(TemplateNotice))._follow(row)
