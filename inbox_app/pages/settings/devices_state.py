"""The person's own way in, on the settings page: password, second factor, devices (X1)."""

import reflex as rx
from anyio import to_thread

from inbox_app import clock, sessions
from inbox_app.domain.accounts.devices import device
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.people import devices_of, factor_of
from inbox_app.queries.accounts.rows import NO_FACTOR, DeviceRow, FactorRow
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import sign_in

_OUTCOMES = ("changed", "wrong", "password", "wait", "throttled")


class DevicesState(rx.State):
    """Display rows only."""

    outcome: rx.Field[str] = rx.field("")
    """What became of the password that was just posted: one of `_OUTCOMES`, or ""."""
    devices: rx.Field[list[DeviceRow]] = rx.field(default_factory=list)
    factor: rx.Field[FactorRow] = rx.field(default_factory=NO_FACTOR.copy)

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        told = self.router.url.query_parameters.get("password", "")
        set_changed(self, outcome=told if told in _OUTCOMES else "")
        await self._show(who)

    @rx.event
    async def look(self) -> None:
        """One's second factor has changed, and with it where one is signed in."""
        who = await signed_in(self)
        if who is not None:
            await self._show(who)

    @rx.event
    async def sign_out(self, session_id: str) -> None:
        """End one of one's own sessions, but the one that asks: that is left by «Sign out»."""
        who, id_ = await signed_in(self), untrusted.row_id(session_id)
        if who is None or id_ is None or id_ == who.session_id:
            return
        async with current_runtime().database.transaction() as session:
            await sign_in.end_one(session, who.account_id, who.user_id, id_)
        await self._show_rest(who)

    @rx.event
    async def sign_out_others(self) -> None:
        """End all of one's own sessions but this."""
        who = await signed_in(self)
        if who is None:
            return
        async with current_runtime().database.transaction() as session:
            await sign_in.end_others(session, who.account_id, who.user_id, who.session_id)
        await self._show_rest(who)

    async def _show_rest(self, who: SignedIn) -> None:
        await sessions.drop_ended()
        await self._show(who)

    async def _show(self, who: SignedIn) -> None:
        async with current_runtime().database.reading() as session:
            rows = await devices_of(session, who, clock.real_now())
            factor = await factor_of(session, who)
        set_changed(self, devices=await to_thread.run_sync(_named, rows), factor=factor)


def _named(rows: list[DeviceRow]) -> list[DeviceRow]:
    return [DeviceRow(**{**row, **device(row["browser"])._asdict()}) for row in rows]
