"""What one wants to be told of (N2)."""

from typing import Any

import reflex as rx

from inbox_app.live import Change
from inbox_app.pages.notifications.form_reading import preferences
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.notifications.preferences import shown, wanted_by
from inbox_app.queries.notifications.rows import PreferencesRow
from inbox_app.runtime import current_runtime
from inbox_app.services.notifications.preferences import prefer

NOTHING_YET = PreferencesRow(
    messages="",
    closing=False,
    connection=False,
    payment=False,
    mention=False,
    assigned=False,
    shows="",
    sound="",
    quiet_from="",
    quiet_to="",
    time_zone="",
)


class NotificationsState(rx.State):
    """Display rows only."""

    ready: rx.Field[bool] = rx.field(False)
    wanted: rx.Field[PreferencesRow] = rx.field(default_factory=NOTHING_YET.copy)
    outcome: rx.Field[str] = rx.field("")
    """"saved", "refused", or "" before anything was saved."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            await self._read(who)
            set_changed(self, ready=True, outcome="")

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """From now on, on all of one's devices."""
        who, runtime = await signed_in(self), current_runtime()
        if who is None:
            return
        wanted = preferences(form, who.time_zone)
        if wanted is None:
            self.outcome = "refused"
            return
        async with runtime.database.transaction() as session:
            await prefer(session, who.account_id, who.user_id, wanted)
        runtime.live.publish(Change(who.account_id))
        self.outcome = "saved"
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        async with current_runtime().database.reading() as session:
            wanted = await wanted_by(session, who.account_id, who.user_id)
        set_changed(self, wanted=shown(wanted))
