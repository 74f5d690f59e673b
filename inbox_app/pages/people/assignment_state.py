"""The rules by which conversations are assigned, for the company's admins (X1)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.assignment import assignment
from inbox_app.queries.accounts.rows import AssignmentRows
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations import write_rules
from inbox_app.services.conversations.write_rules import By

_LONGEST = 40
NO_RULES = AssignmentRows(people=[], kinds=[], homes=[], free_homes=[], turns=[])

Writing = Callable[[AsyncSession, By], Awaitable[None]]


class AssignmentState(rx.State):
    """Display rows only; empty for who is no admin."""

    rules: rx.Field[AssignmentRows] = rx.field(default_factory=NO_RULES.copy)
    added: rx.Field[int] = rx.field(0)
    """How many rules this tab has made: the form is empty anew after each."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is None:
            self.reset()
            return
        token = self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, None))
        await self._read(who)

    @rx.event
    async def set_kind(self, kind: str, person: str) -> None:
        """Whose are those with this kind of person; "" for nobody's."""
        if kind in {*PartnerKind} and (person == "" or untrusted.row_id(person)):
            whose = {"kind": PartnerKind(kind), "person_id": untrusted.row_id(person)}
            await self._write(partial(write_rules.set_kind, **whose))

    @rx.event
    async def set_home(self, home: str, person: str) -> None:
        """Whose are those of who stays there; "" for nobody's."""
        home_id = untrusted.row_id(home)
        if home_id and (person == "" or untrusted.row_id(person)):
            whose = {"home_id": home_id, "person_id": untrusted.row_id(person)}
            await self._write(partial(write_rules.set_home, **whose))

    @rx.event
    async def add_home(self, form: dict[str, str]) -> None:
        """One more home with somebody of its own."""
        given = (untrusted.form_field(form, name, _LONGEST) for name in ("home", "person"))
        home, person = (untrusted.row_id(each) for each in given)
        if home and person:
            await self._write(partial(write_rules.set_home, home_id=home, person_id=person))
            self.added += 1

    @rx.event
    async def set_turns(self, person: str, takes: bool) -> None:
        """Whether what no rule names somebody for goes to them too."""
        person_id = untrusted.row_id(person)
        if person_id and isinstance(takes, bool):
            await self._write(partial(write_rules.set_turns, person_id=person_id, takes=takes))

    async def _write(self, write: Writing) -> None:
        who = await signed_in_admin(self)
        if who is None:
            return
        by = By(who.account_id, who.user_id, clock.real_now())
        try:
            async with current_runtime().database.transaction() as session:
                await write(session, by)
        except NotFoundError:
            return
        current_runtime().live.publish(Change(who.account_id))
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        async with current_runtime().database.reading() as session:
            set_changed(self, rules=await assignment(session, who.account_id))


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The rules in the tabs given."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        rules = await assignment(session, subscriptions[0].who.account_id)
    return {subscription.token: partial(_bring, rules) for subscription in subscriptions}


async def _bring(rules: AssignmentRows, state: rx.State) -> None:
    own = await state.get_state(AssignmentState)
    if await signed_in_admin(own) is not None:
        set_changed(own, rules=rules)
