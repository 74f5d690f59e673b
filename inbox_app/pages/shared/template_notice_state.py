"""What became of a template that was just made, followed on the page one comes back to."""

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.templates import TemplateState
from inbox_app.pages.session import SignedIn
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.account_panels import AccountPanel
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
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
        live_tabs.current().unsubscribe(self.router.session.client_token, _PANEL.refresh)
        self.reset()

    async def _tell(self, who: SignedIn, at: str, made: Submitted, asked: str) -> None:
        """``asked`` is the category that was asked for."""
        other = made.category if made.category != asked else ""
        self.at, self.category = at, other
        await _PANEL.look(self, who, made.template_id)

    def _show(self, row: TemplateRow | None) -> None:
        if row is None:
            self.reset()
        else:
            set_changed(self, name=row["name"], made=row["state"])


async def _see(session: AsyncSession, who: SignedIn, template_id: int) -> TemplateRow | None:
    return await templates.one(session, who.account_id, template_id)


_PANEL = AccountPanel(TemplateNotice, _see)
