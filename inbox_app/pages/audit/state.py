"""The audit trail of the company, for its admins (X1)."""

import reflex as rx

from inbox_app.domain.accounts.audit import AuditKind
from inbox_app.domain.ids import read_id
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.accounts.people import people_of
from inbox_app.queries.accounts.rows import PersonRow
from inbox_app.queries.audit.rows import AuditRow
from inbox_app.queries.audit.trail import PAGE, TrailFilter, trail
from inbox_app.runtime import current_runtime


class AuditState(rx.State):
    """Display rows only; empty for who is no admin."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    people: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    rows: rx.Field[list[AuditRow]] = rx.field(default_factory=list)
    person: rx.Field[str] = rx.field("")
    """Whose doings are shown; "" for everybody's."""
    kind: rx.Field[str] = rx.field("")
    """An ``AuditKind``, or ""."""
    older: rx.Field[bool] = rx.field(False)
    """Whether there may be more below."""
    newest: rx.Field[bool] = rx.field(True)
    """Whether this is the first page."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        set_changed(self, may=who.role is Role.ADMIN, ready=True)
        if self.may:
            async with current_runtime().database.reading() as session:
                set_changed(self, people=await people_of(session, who.account_id))
            await self._read(who)

    @rx.event
    async def choose_person(self, person: str) -> None:
        """Show what this one did; "" for everybody."""
        who = await signed_in_admin(self)
        if who is not None and (person == "" or untrusted.row_id(person) is not None):
            self.person = person
            await self._read(who)

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Show what is of this kind; "" for all."""
        who = await signed_in_admin(self)
        if who is not None and kind in {"", *AuditKind}:
            self.kind = kind
            await self._read(who)

    @rx.event
    async def show_older(self) -> None:
        """The page below."""
        who = await signed_in_admin(self)
        if who is not None and self.rows:
            await self._read(who, before=read_id(self.rows[-1]["id"]))

    @rx.event
    async def show_newest(self) -> None:
        """The first page again."""
        who = await signed_in_admin(self)
        if who is not None:
            await self._read(who)

    async def _read(self, who: SignedIn, before: int | None = None) -> None:
        wanted = TrailFilter(read_id(self.person), AuditKind(self.kind) if self.kind else None)
        async with current_runtime().database.reading() as session:
            rows = await trail(session, who.account_id, who.language, wanted, before=before)
        set_changed(self, rows=rows, older=len(rows) == PAGE, newest=before is None)
