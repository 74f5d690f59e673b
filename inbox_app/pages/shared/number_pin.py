"""The two-step code of the account's number, for an admin who wants to note it down."""

import reflex as rx
from cryptography.fernet import InvalidToken

from inbox_app.pages.session import SignedIn, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.runtime import current_runtime


class PinState(rx.State):
    """It is there only while an admin looks at it."""

    pin: rx.Field[str] = rx.field("")

    @rx.event
    def load(self) -> None:
        """A page that has just come shows none."""
        set_changed(self, pin="")

    @rx.event
    async def toggle(self) -> None:
        """Show it, or put it away."""
        who = await signed_in_admin(self)
        if who is not None:
            self.pin = "" if self.pin else await _pin_of(who)


async def _pin_of(who: SignedIn) -> str:
    """The number's two-step code; "" when we do not know it."""
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        number = await active_number(session, who.account_id)
    if number is None or not number.pin_encrypted:
        return ""
    try:
        return runtime.vault.decrypt(number.pin_encrypted)
    except InvalidToken:
        return ""
