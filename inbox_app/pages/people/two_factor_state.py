"""The second factor of the people of a company, for its admins (X1)."""

import reflex as rx

from inbox_app import clock, sessions
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.people.state import PeopleState
from inbox_app.pages.session import signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.people import requires_two_factor
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import people, two_factor
from inbox_app.services.accounts.accounts import AccountRefusedError


class TwoFactorState(rx.State):
    """Display values only; the rows are those of ``PeopleState``."""

    required: rx.Field[bool] = rx.field(False)
    refusals: rx.Field[int] = rx.field(0)
    """How often requiring it was refused: whoever does must have set up their own."""
    asked_id: rx.Field[str] = rx.field("")
    """Whose is about to be reset."""
    asked_name: rx.Field[str] = rx.field("")

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            required = await requires_two_factor(session, who.account_id)
        set_changed(self, required=required, refusals=0, asked_id="")

    @rx.event
    async def require(self, required: bool) -> None:
        """Of everybody, or of nobody any more."""
        who, wanted = await signed_in_admin(self), required is True
        if who is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                await two_factor.require(session, who, required=wanted, now=clock.real_now())
        except AccountRefusedError:
            self.refusals += 1
            return
        set_changed(self, required=wanted, refusals=0)
        await sessions.drop_ended()

    @rx.event
    async def ask_reset(self, person: str) -> None:
        """Ask before; "" when one thinks better of it."""
        rows = (await self.get_state(PeopleState)).rows
        found = [row for row in rows if row["id"] == person]
        if await signed_in_admin(self) is not None:
            name = found[0]["name"] or found[0]["email"] if found else self.asked_name
            set_changed(self, asked_id=found[0]["id"] if found else "", asked_name=name)

    @rx.event
    async def reset_factor(self) -> None:
        """The person who was asked about has none any more; one's own is switched off in the
        settings, with the password."""
        who, person = await signed_in_admin(self), untrusted.row_id(self.asked_id)
        self.asked_id = ""
        if who is None or person is None or person == who.user_id:
            return
        try:
            async with current_runtime().database.transaction() as session:
                found = await people.by_id(session, who.account_id, person)
                await two_factor.reset(session, found, clock.real_now(), by=who.user_id)
        except AccountRefusedError:
            pass  # somebody else was quicker
        await sessions.drop_ended()
        current_runtime().live.publish(Change(who.account_id))
        await (await self.get_state(PeopleState))._read(who)
