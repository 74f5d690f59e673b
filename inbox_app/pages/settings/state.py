"""The connected number on the settings page: everybody sees how it fares, admins act on it."""

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs.account_panels import AccountPanel
from inbox_app.queries.accounts.signed_in import tells_reading
from inbox_app.queries.connecting.health_view import HealthView, health_view
from inbox_app.queries.connecting.rows import NO_COSTS, NO_HEALTH, CostsRow, HealthRow, NoticeRow
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import preferences
from inbox_app.services.connecting import connect, dismissals
from inbox_app.services.connecting.connect import ConnectError
from inbox_app.web import millis
from inbox_app.workflows import check_health


class SettingsState(rx.State):
    """Display rows only."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    """Whether the person is an admin."""
    health: rx.Field[HealthRow] = rx.field(default_factory=NO_HEALTH.copy)
    notices: rx.Field[list[NoticeRow]] = rx.field(default_factory=list)
    costs: rx.Field[CostsRow] = rx.field(default_factory=NO_COSTS.copy)
    checking: rx.Field[bool] = rx.field(False)
    asking: rx.Field[bool] = rx.field(False)
    """Whether the question before disconnecting stands."""
    server_now: rx.Field[int] = rx.field(0)
    tells_reading: rx.Field[bool] = rx.field(False)
    """Whether people are told that their messages were read (M12)."""
    reading_refusals: rx.Field[int] = rx.field(0)

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        await _PANEL.look(self, who, None)
        async with current_runtime().database.reading() as session:
            self.tells_reading = await tells_reading(session, who.account_id)
        may, now = who.role is Role.ADMIN, millis(clock.now())
        set_changed(self, may=may, checking=False, asking=False, server_now=now)
        self.ready = True

    @rx.event(background=True)
    async def check_now(self) -> None:
        """Look at the connection from Meta's side; it may take a while."""
        async with self:
            who = await signed_in_admin(self)
            if who is None or self.checking:
                return
            self.checking = True
        try:
            await check_health.check(current_runtime(), who.account_id, clock.now())
        finally:
            async with self:
                self.checking = False

    @rx.event
    async def ask(self, asked: bool) -> None:
        """Put the question before disconnecting, or take it away."""
        self.asking = asked is True and await signed_in_admin(self) is not None

    @rx.event
    async def disconnect(self) -> None:
        """No number from now on; the question stands before this."""
        who, runtime = await signed_in_admin(self), current_runtime()
        self.asking = False
        if who is None:
            return
        try:
            async with runtime.database.transaction() as session:
                await connect.disconnect(session, who.account_id, clock.now(), by=who.user_id)
        except ConnectError:
            pass  # somebody else was quicker
        runtime.live.publish(Change(who.account_id))

    @rx.event
    async def tell_reading(self, tells: bool) -> None:
        """Tell people that their messages were read, or not any more, for all of the account."""
        who = await signed_in_admin(self)
        if who is None:
            self.reading_refusals += 1
            return
        async with current_runtime().database.transaction() as session:
            await preferences.tell_reading(session, who.account_id, tells=tells is True)
        self.tells_reading = tells is True

    @rx.event
    async def dismiss_notice(self, notice_id: str) -> None:
        """Put a notice of Meta's away, for all of the account."""
        who, runtime, id_ = (
            await signed_in_admin(self),
            current_runtime(),
            untrusted.row_id(notice_id),
        )
        if who is not None and id_ is not None:
            async with runtime.database.transaction() as session:
                await dismissals.dismiss_notice(session, who.account_id, id_, clock.now())
            runtime.live.publish(Change(who.account_id))

    def _show(self, seen: HealthView) -> None:
        set_changed(self, health=seen.health, notices=seen.notices, costs=seen.costs)


async def _see(session: AsyncSession, who: SignedIn, _: None) -> HealthView:
    return await health_view(session, who.account_id, clock.now(), who.time_zone)


_PANEL = AccountPanel(SettingsState, _see)
