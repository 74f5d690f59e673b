"""How long the account keeps what it has: chosen by an admin who has been told what goes (A6)."""

from datetime import datetime
from typing import TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.accounts import retention
from inbox_app.domain.accounts.retention import Retention
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.retention import retention_of, would_go
from inbox_app.queries.accounts.rows import WouldGo
from inbox_app.runtime import current_runtime
from inbox_app.services.personal_data.set_retention import set_retention

_LONGEST = 4


class RetentionRow(TypedDict):
    """In days; empty for no limit."""

    messages: str
    files: str
    events: str


_FOREVER = RetentionRow(messages="", files="", events="")
_NOTHING = WouldGo(messages=0, files=0, most=0)


class RetentionState(rx.State):
    """What holds, and what was chosen and is not confirmed yet."""

    kept: rx.Field[RetentionRow] = rx.field(default_factory=_FOREVER.copy)
    wanted: rx.Field[RetentionRow] = rx.field(default_factory=_FOREVER.copy)
    goes: rx.Field[WouldGo] = rx.field(default_factory=_NOTHING.copy)
    """At once, if what is wanted held."""
    asking: rx.Field[bool] = rx.field(False)
    saved: rx.Field[bool] = rx.field(False)

    @rx.event
    async def load(self) -> None:
        """Read what holds: an admin's tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            kept = await retention_of(session, who.account_id)
        set_changed(self, kept=_row(kept), asking=False, saved=False)

    @rx.event
    async def choose(self, form: dict[str, str]) -> None:
        """Count what would go, and ask; what keeps more than before is so at once."""
        who, wanted = await signed_in_admin(self), _chosen(form)
        if who is None or wanted is None:
            return
        async with current_runtime().database.reading() as session:
            goes = await would_go(session, who.account_id, wanted, clock.now())
        set_changed(self, wanted=_row(wanted), goes=goes, asking=wanted.forgets, saved=False)
        if not wanted.forgets:
            await self._save(who, wanted)

    @rx.event
    async def confirm(self) -> None:
        """It holds from now on."""
        who, wanted = await signed_in_admin(self), _chosen(self.wanted)
        if who is not None and wanted is not None and self.asking:
            await self._save(who, wanted)

    @rx.event
    async def cancel(self) -> None:
        """All stays as it was."""
        self.asking = False

    async def _save(self, who: SignedIn, wanted: Retention) -> None:
        async with current_runtime().database.transaction() as session:
            await _set(session, who, wanted, clock.now())
        set_changed(self, kept=_row(wanted), asking=False, saved=True)


async def _set(session: AsyncSession, who: SignedIn, wanted: Retention, now: datetime) -> None:
    await set_retention(session, who.account_id, who.user_id, wanted, now)


def _chosen(form: object) -> Retention | None:
    return retention.chosen(
        *(untrusted.form_field(form, name, _LONGEST) for name in ("messages", "files", "events"))
    )


def _row(kept: Retention) -> RetentionRow:
    return RetentionRow(
        messages=str(kept.messages or ""),
        files=str(kept.files or ""),
        events=str(kept.events or ""),
    )
