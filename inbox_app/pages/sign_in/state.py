"""What `/login`, `/setup` and `/join` have to know before they show themselves."""

import reflex as rx
from reflex.event import EventSpec
from sqlalchemy.exc import SQLAlchemyError

from inbox_app import form_flash, web
from inbox_app.domain.accounts.second_factor import SecondStep
from inbox_app.pages.session import signed_in
from inbox_app.queries.accounts.signed_in import is_empty
from inbox_app.runtime import current_runtime


class SignInState(rx.State):
    """`error` is "" or one of `_SIGN_IN_ERRORS`; the form posts `email`, `password`, `next` to
    `/auth/sign-in`, that of the second step `code`, `next` to `/auth/code`, that
    of who forgot the password `email` to `/auth/forgot`."""

    step: str = ""
    """A ``SecondStep`` once the password was right; "forgot" or "sent", about a link by mail."""
    mail: bool = False
    """Whether links go by mail."""
    error: str = ""
    email: str = ""
    next: str = ""
    sandbox: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Show the form, unless there is nobody yet or the person is inside already."""
        query = self.router.url.query_parameters
        self.next = web.local_path(query.get("next", ""))
        self.error = query.get("error", "") if query.get("error") in _SIGN_IN_ERRORS else ""
        self.email = _kept(self).get("email", "")
        self.mail = current_runtime().settings.smtp_address is not None
        steps = _STEPS + _BY_MAIL if self.mail else _STEPS
        self.step = query.get("step", "") if query.get("step") in steps else ""
        self.sandbox = current_runtime().settings.sandbox_mode
        if await signed_in(self) is not None:
            return rx.redirect(self.next)
        if await _setup_open(if_away=False):
            return rx.redirect("/setup")
        return None


class SetupState(rx.State):
    """`error` is "", "wait", "throttled" or a `domain.accounts.AccountProblem`; the form posts
    `account`, `name`, `email`, `password`, `timezone`, `language`, `country` to `/auth/setup`."""

    open: bool = False
    error: str = ""
    account: str = ""
    name: str = ""
    email: str = ""
    timezone: str = ""
    language: str = ""
    country: str = ""

    @rx.event
    async def load(self) -> EventSpec | None:
        """Show the form while there is no account at all."""
        self.open = await _setup_open(if_away=True)
        if not self.open:
            return rx.redirect("/login")
        kept = _kept(self)
        self.error = self.router.url.query_parameters.get("error", "")[:40]
        self.account, self.name = kept.get("account", ""), kept.get("name", "")
        self.email = kept.get("email", "")
        self.timezone = kept.get("timezone", "Europe/Rome")
        self.language, self.country = kept.get("language", "it"), kept.get("country", "IT")
        return None


class JoinState(rx.State):
    """`error` is "", "wait", "throttled" or a `domain.accounts.AccountProblem`; the form posts
    `token`, `name`, `password` to `/auth/join`."""

    error: str = ""
    name: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the form again as it was refused."""
        self.error = self.router.url.query_parameters.get("error", "")[:40]
        self.name = _kept(self).get("name", "")


_STEPS = tuple(step.value for step in SecondStep)
_BY_MAIL = ("forgot", "sent")
_SIGN_IN_ERRORS = ("wrong", "code", "late", "wait", "throttled")


async def _setup_open(*, if_away: bool) -> bool:
    """While the database is away each page shows its form: posting that says what is wrong."""
    try:
        async with current_runtime().database.reading() as session:
            return await is_empty(session)
    except (SQLAlchemyError, OSError):
        return if_away


def _kept(state: rx.State) -> dict[str, str]:
    sealed = web.cookies(state.router.headers.cookie).get(form_flash.COOKIE, "")
    return form_flash.unseal(current_runtime().vault, sealed)
