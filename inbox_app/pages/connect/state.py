"""The wizard that connects a number: what an admin gives, and how far it has come.

Agents are told to ask an admin, and refused by every handler. Tokens and codes come in and never go
out: they are encrypted before anything else happens to them.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock, contract, runtime
from inbox_app.contract import Clause
from inbox_app.live import Change, Queue
from inbox_app.models import Role
from inbox_app.pages.changes import show
from inbox_app.pages.connect import reading
from inbox_app.pages.connect.given import given_again, meta_id, read_given
from inbox_app.pages.connect.reading import Seen
from inbox_app.pages.from_browser import a_text
from inbox_app.pages.number_pin import pin_of
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.queries.moments import millis
from inbox_app.queries.setup_rows import (
    NO_FAILURE,
    NOTHING_YET,
    FailureRow,
    NumberChoice,
    SetupRow,
    StepRow,
)
from inbox_app.services import own_notes, set_up
from inbox_app.services.set_up import Given, Requirement, SetupProblem, SetupRefusedError


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
    advice: rx.Field[bool] = rx.field(False)
    problem: rx.Field[str] = rx.field("")
    """Why nothing was begun: a ``SetupProblem``."""
    renewing: rx.Field[bool] = rx.field(False)
    """An admin wants to renew credentials that hold."""
    pin: rx.Field[str] = rx.field("")
    """The two-step code that we made up, while an admin looks at it."""
    app_id: rx.Field[str] = rx.field("")
    """Of the Meta app with which Embedded Signup works; "" where it does not."""
    config_id: rx.Field[str] = rx.field("")
    sdk: rx.Field[str] = rx.field("")
    graph_version: rx.Field[str] = rx.field("")
    server_now: rx.Field[int] = rx.field(0)
    _contract_language: str = ""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        self._contract_language = who.language
        show(
            self,
            may=who.role is Role.ADMIN,
            renewing=self.router.url.query_parameters.get("renew") == "1",
            problem="",
            pin="",
            clauses=list(contract.clauses(who.language)),
            server_now=millis(clock.now()),
        )
        if self.may:
            self._show_signup()
            self._show(await reading.read(who, self.router.session.client_token, refresh))
        self.ready = True

    @rx.event
    async def check_off(self, requirement: str, held: bool) -> None:
        """Say that one of the first two requirements holds, or does not."""
        known = isinstance(requirement, str) and requirement in tuple(Requirement)
        if known and isinstance(held, bool):
            await self._do(
                lambda session, who: set_up.check_off(
                    session, who.account_id, Requirement(requirement), held, clock.now()
                )
            )

    @rx.event
    async def accept_contract(self) -> None:
        """Accept the text as it was shown."""
        await self._do(
            lambda session, who: set_up.accept_contract(
                session,
                who.account_id,
                who.user_id,
                version=contract.VERSION,
                language=self._contract_language,
                now=clock.now(),
            )
        )

    @rx.event
    async def connect_by_hand(self, form: dict[str, Any]) -> None:
        """Connect the number that was typed."""
        given = read_given(form, renewed=self.setup["mode"] != "fresh")
        if isinstance(given, SetupProblem):
            self.problem = given
            return
        await self._do(
            lambda session, who: set_up.begin_by_hand(
                session, who.account_id, who.user_id, given, clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def connect_by_facebook(self, code: str, waba_id: str, phone_number_id: str) -> None:
        """What Meta's dialog ended with; ids that are none were not told."""
        secret = a_text(code, 4096)
        if not secret:
            return
        given = Given(phone_number_id=meta_id(phone_number_id), waba_id=meta_id(waba_id))
        sealed = runtime.current().vault.encrypt(secret)
        await self._do(
            lambda session, who: set_up.begin_signup(
                session, who.account_id, who.user_id, given, sealed, clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def retry(self, form: dict[str, Any]) -> None:
        """Go on where it stopped, with what was given anew."""
        given = given_again(form)
        if isinstance(given, SetupProblem):
            self.problem = given
            return
        await self._do(
            lambda session, who: set_up.retry(
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
    async def choose_number(self, phone_number_id: str) -> None:
        """One of the numbers that Meta listed."""
        await self._do(
            lambda session, who: set_up.choose_number(
                session, who.account_id, who.user_id, meta_id(phone_number_id), clock.now()
            ),
            begin=True,
        )

    @rx.event
    async def change(self) -> None:
        """Back to what was given, to give something else."""
        await self._do(lambda session, who: set_up.change(session, who.account_id, clock.now()))

    @rx.event
    async def renew(self) -> None:
        """Show the ways in again, though the credentials hold."""
        if await self._admin() is not None:
            self.renewing = True

    @rx.event
    async def look_at_pin(self) -> None:
        """Show the two-step code that was made up for the number."""
        who = await self._admin()
        if who is not None:
            self.pin = await pin_of(who)

    @rx.event
    async def dismiss_advice(self) -> None:
        """Put the advice on two numbers away, for good."""
        who = await signed_in(self)
        if who is not None:
            async with runtime.current().database.transaction() as session:
                await own_notes.dismiss_advice(session, who.user_id, clock.now())
            self.advice = False

    async def _admin(self) -> SignedIn | None:
        who = await signed_in(self)
        return who if who is not None and who.role is Role.ADMIN else None

    async def _do(
        self,
        act: Callable[[AsyncSession, SignedIn], Awaitable[None]],
        *,
        begin: bool = False,
    ) -> None:
        who, held = await self._admin(), runtime.current()
        if who is None:
            return
        self.problem = ""
        try:
            async with held.database.transaction() as session:
                await act(session, who)
        except SetupRefusedError as refused:
            self.problem = refused.problem
        else:
            held.live.publish(Change(who.account_id))
            if begin:
                self.renewing = False
                held.live.wake(Queue.CONNECT)
        self._show(await reading.read(who, self.router.session.client_token, refresh))

    def _show_signup(self) -> None:
        settings = runtime.current().settings
        if settings.signup is not None:
            app_id, config_id, sdk = settings.signup
            version = settings.meta_graph_version
            show(self, app_id=app_id, config_id=config_id, sdk=sdk, graph_version=version)

    def _show(self, seen: Seen) -> None:
        show(
            self,
            setup=seen.seen.setup,
            steps=seen.seen.steps,
            failure=seen.seen.failure,
            numbers=seen.seen.numbers,
            advice=seen.advice,
        )


async def refresh(watches: Any, changed: Any) -> Any:
    """The wizards of the tabs given."""
    return await reading.refresh(watches, changed, _bring)


async def _bring(seen: Seen, state: rx.State) -> None:
    (await state.get_state(ConnectState))._show(seen)
