"""The advice on two numbers, on every page that shows it (C5)."""

import reflex as rx

from inbox_app import clock
from inbox_app.pages.session import signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.signed_in import wants_advice
from inbox_app.runtime import current_runtime
from inbox_app.services.connecting import dismissals


class AdviceState(rx.State):
    """It is an admin's, until they put it away."""

    wanted: rx.Field[bool] = rx.field(False)

    @rx.event
    async def load(self) -> None:
        """The tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is not None:
            async with current_runtime().database.reading() as session:
                set_changed(self, wanted=await wants_advice(session, who.account_id, who.user_id))

    @rx.event
    async def dismiss(self) -> None:
        """Put it away, for good."""
        who = await signed_in(self)
        if who is not None:
            async with current_runtime().database.transaction() as session:
                await dismissals.dismiss_advice(session, who.account_id, who.user_id, clock.now())
            self.wanted = False
