"""The wizard that connects a number: what an admin gives, and how far it has come.

Agents are told to ask an admin, and refused by every handler. Tokens and codes come in and never go
out: they are encrypted before anything else happens to them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import reflex as rx
from reflex.event import EventSpec
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock, contract
from inbox_app.contract import Clause
from inbox_app.domain.connecting import SetupProblem
from inbox_app.live import Change, Queue
from inbox_app.models import Role
from inbox_app.pages import log_errors, untrusted
from inbox_app.pages.connect import reading
from inbox_app.pages.connect.credentials_form import meta_id, read_credentials, read_new_secrets
from inbox_app.pages.session import SignedIn, signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.connecting.rows import (
    NO_FAILURE,
    NOTHING_YET,
    FailureRow,
    NumberChoice,
    SetupRow,
    StepRow,
)
from inbox_app.queries.connecting.setup_view import SetupView
from inbox_app.runtime import current_runtime
from inbox_app.services.connecting import connection_setup, meet_requirements
from inbox_app.services.connecting.connection_setup import Credentials
from inbox_app.services.connecting.idle_setup import SetupRefusedError
from inbox_app.services.connecting.meet_requirements import Requirement
from inbox_app.web import millis

Next = EventSpec | None


class ConnectState(rx.State):
    """Display rows only."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    """Whether the person is an admin."""
    setup: rx.Field[SetupRow] = rx.field(default_factory=NOTHING_YET.copy)
    steps: rx.Field[list[StepRow]] = rx.field(default_factory=list)
    failure: rx.Field[FailureRow] = rx.field(default_factory=NO_FAILURE.copy)
    numbers: rx.Field[list[NumberChoice]] = rx.field(default_factory=list)
    clauses: rx.Field[list[Clause]] = rx.field(default_factory=list)
    problem: rx.Field[str] = rx.field("")
    """Why nothing was begun: a ``SetupProblem``."""
    tick_problem: rx.Field[str] = rx.field("")
    """Why a requirement could not be ticked: a ``SetupProblem``, or that something failed."""
    tick_refusals: rx.Field[int] = rx.field(0)
    """How often what was ticked on the page gave way to what stands here."""
    renewing: rx.Field[bool] = rx.field(False)
    """An admin wants to renew credentials that hold."""
    server_now: rx.Field[int] = rx.field(0)
    _contract_language: str = ""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        self._contract_language = who.language
        set_changed(
            self,
            may=who.role is Role.ADMIN,
            renewing=self.router.url.query_parameters.get("renew") == "1",
            problem="",
            tick_problem="",
            tick_refusals=self.tick_refusals + 1,
            clauses=list(contract.clauses(who.language)),
            server_now=millis(clock.now()),
        )
        if self.may:
            self._show(await reading.read(who, self.router.session.client_token, refresh))
        self.ready = True

    @rx.event
    async def check_off(self, requirement: str, held: bool) -> None:
        """Say that one of the first two requirements holds, or does not."""
        known = isinstance(requirement, str) and requirement in tuple(Requirement)
        if known and isinstance(held, bool):
            await self._tick(
                lambda session, who: meet_requirements.check_off(
                    session, who.account_id, Requirement(requirement), held, clock.now()
                )
            )

    @rx.event
    async def accept_contract(self) -> None:
        """Accept the text as it was shown."""
        await self._tick(
            lambda session, who: meet_requirements.accept_contract(
                session,
                who.account_id,
                who.user_id,
                version=contract.VERSION,
                language=self._contract_language,
                now=clock.now(),
            )
        )

    @rx.event
    async def connect_by_hand(self, form: dict[str, Any]) -> Next:
        """Connect the number that was typed."""
        given = read_credentials(form, renewed=self.setup["mode"] != "fresh")
        if isinstance(given, SetupProblem):
            self.problem = given
            return None
        return await self._do(
            lambda session, who: connection_setup.begin_by_hand(
                session, who.account_id, who.user_id, given, clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def connect_by_facebook(self, code: str, waba_id: str, phone_number_id: str) -> Next:
        """What Meta's dialog ended with; ids that are none were not told."""
        secret = untrusted.text(code, 4096)
        if not secret:
            return None
        given = Credentials(phone_number_id=meta_id(phone_number_id), waba_id=meta_id(waba_id))
        sealed = current_runtime().vault.encrypt(secret)
        return await self._do(
            lambda session, who: connection_setup.begin_signup(
                session, who.account_id, who.user_id, given, sealed, clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def retry(self, form: dict[str, Any]) -> Next:
        """Go on where it stopped, with what was given anew."""
        given = read_new_secrets(form)
        if isinstance(given, SetupProblem):
            self.problem = given
            return None
        return await self._do(
            lambda session, who: connection_setup.retry(
                session,
                who.account_id,
                who.user_id,
                clock.now(),
                token=given.token,
                pin=given.pin,
            ),
            begin=True,
        )

    @rx.event
    async def choose_number(self, phone_number_id: str) -> Next:
        """One of the numbers that Meta listed."""
        return await self._do(
            lambda session, who: connection_setup.choose_number(
                session, who.account_id, who.user_id, meta_id(phone_number_id), clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def change(self) -> None:
        """Back to what was given, to give something else."""
        await self._do(
            lambda session, who: connection_setup.change(session, who.account_id, clock.now())
        )

    @rx.event
    async def renew(self) -> None:
        """Show the ways in again, though the credentials hold."""
        if await signed_in_admin(self) is not None:
            self.renewing = True

    async def _tick(self, act: Callable[[AsyncSession, SignedIn], Awaitable[None]]) -> None:
        """The page shows it as done already: what fails is taken back there."""
        try:
            await self._do(act)
            self.tick_problem, self.problem = self.problem, ""
        except Exception as error:
            log_errors.log_handler_failure(error)
            self.tick_problem = "failed"
        self.tick_refusals += self.tick_problem != ""

    async def _do(
        self,
        act: Callable[[AsyncSession, SignedIn], Awaitable[None]],
        *,
        begin: bool = False,
    ) -> Next:
        who, runtime, then = await signed_in_admin(self), current_runtime(), None
        if who is None:
            return None
        self.problem = ""
        try:
            async with runtime.database.transaction() as session:
                await act(session, who)
        except SetupRefusedError as refused:
            self.problem = refused.problem
        else:
            runtime.live.publish(Change(who.account_id))
            if begin:
                runtime.live.wake(Queue.CONNECT)
                then = self._leave_renewing()
        self._show(await reading.read(who, self.router.session.client_token, refresh))
        return then

    def _leave_renewing(self) -> Next:
        """The address too: a page that is loaded anew shows how it ended."""
        if not self.renewing:
            return None
        self.renewing = False
        return rx.redirect("/connect", replace=True)

    def _show(self, seen: SetupView) -> None:
        set_changed(
            self,
            setup=seen.setup,
            steps=seen.steps,
            failure=seen.failure,
            numbers=seen.numbers,
        )


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The wizards of the tabs given."""
    return await reading.refresh(subscriptions, changed, _bring)


async def _bring(seen: SetupView, state: rx.State) -> None:
    (await state.get_state(ConnectState))._show(seen)
