"""The people of the company, for its admins (X1)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock, sessions
from inbox_app.live import Change, Queue
from inbox_app.models import Role, User
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.people import people_of
from inbox_app.queries.accounts.rows import PersonRow
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import mails, people
from inbox_app.services.accounts.accounts import AccountRefusedError

_LONGEST = 300

Deed = Callable[[AsyncSession, User, datetime], Awaitable[object]]


class PeopleState(rx.State):
    """Display rows only; empty for who is no admin."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    me: rx.Field[str] = rx.field("")
    rows: rx.Field[list[PersonRow]] = rx.field(default_factory=list)
    invited: rx.Field[int] = rx.field(0)
    """How many invitations this tab has made: the form is empty anew after each."""
    mail: rx.Field[bool] = rx.field(False)
    """Whether links go by mail."""
    mailed: rx.Field[str] = rx.field("")
    """To whom one has just been sent."""
    problem: rx.Field[str] = rx.field("")
    """An ``AccountProblem``, or ""."""
    asked_id: rx.Field[str] = rx.field("")
    """Who is about to be deactivated."""
    asked_name: rx.Field[str] = rx.field("")

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        set_changed(self, may=who.role is Role.ADMIN, me=str(who.user_id), problem="", ready=True)
        mail = current_runtime().settings.smtp_address is not None
        set_changed(self, mail=mail, mailed="", asked_id="")
        if self.may:
            live_tabs.current().subscribe(
                Subscription(self.router.session.client_token, who, refresh, None)
            )
            await self._read(who)

    @rx.event
    async def invite(self, form: dict[str, str]) -> None:
        """Add somebody, who comes in by a link."""
        who = await signed_in_admin(self)
        email, name, role = (
            untrusted.form_field(form, field, _LONGEST) for field in ("email", "name", "role")
        )
        if who is None or email is None or name is None or role not in {*Role}:
            return
        try:
            async with current_runtime().database.transaction() as session:
                made = (session, who.account_id, email, name, Role(role), clock.real_now())
                person = await people.invite(*made, by=who.user_id)
                if self.mail:
                    await mails.ask(session, person, clock.real_now(), by=who.user_id)
        except AccountRefusedError as refused:
            self.problem = refused.problem.value
            return
        set_changed(self, invited=self.invited + 1, problem="", mailed=email if self.mail else "")
        current_runtime().live.wake(Queue.MAILS)
        await self._changed(who)

    @rx.event
    async def set_role(self, person: str, role: str) -> None:
        """What a person may do."""
        who = await signed_in_admin(self)
        if who is not None and role in {*Role}:
            await self._do(who, person, partial(_change_role, role=Role(role), by=who.user_id))

    @rx.event
    async def mail_link(self, person: str) -> None:
        """Send somebody a link to come in, or to choose another password."""
        who = await signed_in_admin(self)
        if who is None or not self.mail:
            return
        await self._do(who, person, partial(mails.ask, by=who.user_id))
        row = next((row for row in self.rows if row["id"] == person), None)
        self.mailed = row["email"] if row and not self.problem else ""
        current_runtime().live.wake(Queue.MAILS)

    @rx.event
    async def ask_deactivate(self, person: str) -> None:
        """Ask before; "" when one thinks better of it."""
        found = [row for row in self.rows if row["id"] == person]
        if await signed_in_admin(self) is not None:
            name = found[0]["name"] or found[0]["email"] if found else self.asked_name
            set_changed(self, asked_id=found[0]["id"] if found else "", asked_name=name)

    @rx.event
    async def deactivate(self) -> None:
        """The person who was asked about comes in no more, and is out at once."""
        who, person = await signed_in_admin(self), self.asked_id
        if who is not None and person != str(who.user_id):
            self.asked_id = ""
            await self._do(who, person, partial(people.deactivate, by=who.user_id))

    @rx.event
    async def activate(self, person: str) -> None:
        """The person may come in again."""
        who = await signed_in_admin(self)
        if who is not None:
            await self._do(who, person, partial(people.activate, by=who.user_id))

    @rx.event
    async def uninvite(self, person: str) -> None:
        """Forget an invitation that nobody has used."""
        who = await signed_in_admin(self)
        if who is not None:
            await self._do(who, person, partial(people.uninvite, by=who.user_id))

    async def _do(self, who: SignedIn, person: str, deed: Deed) -> None:
        id_ = untrusted.row_id(person)
        if id_ is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                found = await people.by_id(session, who.account_id, id_)
                await deed(session, found, clock.real_now())
        except AccountRefusedError as refused:
            self.problem = refused.problem.value
            return
        self.problem = ""
        sessions.forget(id_)
        await sessions.drop_ended()
        await self._changed(who)

    async def _changed(self, who: SignedIn) -> None:
        current_runtime().live.publish(Change(who.account_id))
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        async with current_runtime().database.reading() as session:
            set_changed(self, rows=await people_of(session, who.account_id))


async def _change_role(
    session: AsyncSession, person: User, now: datetime, *, role: Role, by: int
) -> None:
    await people.change_role(session, person, role, now, by=by)


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The lists of the tabs given."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        rows = await people_of(session, subscriptions[0].who.account_id)
    return {subscription.token: partial(_bring, rows) for subscription in subscriptions}


async def _bring(rows: list[PersonRow], state: rx.State) -> None:
    own = await state.get_state(PeopleState)
    if await signed_in_admin(own) is not None:
        set_changed(own, rows=rows)
