"""Signing in and out, the first account, what a person prefers: plain forms, answered by 303
(X1)."""

import logging
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inbox_app import clock, sessions, web
from inbox_app.api import form_errors, forms
from inbox_app.api.form_errors import with_way_back
from inbox_app.api.sign_in.second_step import come_in
from inbox_app.api.sign_in.session_cookies import begin_session, require_csrf, set_cookie
from inbox_app.api.sign_in.sign_in_guard import SignInGuard, too_soon
from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.domain.accounts.second_factor import SecondStep
from inbox_app.models import Role
from inbox_app.operating import metrics
from inbox_app.queries.accounts.signed_in import Candidate, candidate
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import accounts, preferences, sign_in
from inbox_app.services.accounts.accounts import NewAccount, NewUser

_log = logging.getLogger(__name__)


def routes(guard: SignInGuard | None = None) -> list[Route]:
    """`/auth/…`."""
    guard = guard or SignInGuard()
    forms_of_pages = {
        "sign-in": ("/login", partial(_sign_in, guard)),
        "sign-out": ("/", _sign_out),
        "setup": ("/setup", partial(_set_up, guard)),
        "preferences": ("/", _prefer),
    }
    return [
        Route(f"/auth/{name}", with_way_back(page, endpoint), methods=["POST"])
        for name, (page, endpoint) in forms_of_pages.items()
    ]


async def _sign_in(guard: SignInGuard, request: Request) -> Response:
    form = await forms.read(request)
    email, address = accounts.clean_email(form.get("email", "")), forms.client_address(request)
    target = web.local_path(_next_of_page(request) or form.get("next", ""))
    request.state.back, request.state.kept = _login_page(target), {"email": email}
    if wait := guard.throttle.attempt(email, address, clock.real_now()):
        return _refused_sign_in(too_soon(wait), email, target)
    who = await _who_fits(guard, email, form.get("password", ""))
    if who is None:
        return _refused_sign_in("wrong", email, target)
    try:
        answer = await come_in(request, who, target)
    except sign_in.NotAnyMoreError:
        return _refused_sign_in("wrong", email, target)
    if who.second_step is SecondStep.NONE:
        guard.throttle.succeeded(email, address)
        metrics.SIGN_INS.labels("admitted").inc()
    return answer


def _next_of_page(request: Request) -> str:
    """What the page's address says: who signs in before the page has heard from the server posts
    no `next` in the form, or the one of a visit before."""
    try:
        query = urlsplit(request.headers.get("referer", "")).query
    except ValueError:
        return ""
    return parse_qs(query).get("next", [""])[0]


async def _who_fits(guard: SignInGuard, email: str, password: str) -> Candidate | None:
    """Takes as long for an e-mail that nobody has."""
    found = await _candidate(email)
    known = found.password_hash if found else None
    return found if await guard.fits(password, known) else None


async def _candidate(email: str) -> Candidate | None:
    """Nobody for what can be nobody's: databases refuse to look for some of it."""
    if not accounts.is_email(email):
        return None
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        return await candidate(session, email, demo_allowed=runtime.settings.sandbox_mode)


def _refused_sign_in(why: str, email: str, target: str) -> Response:
    metrics.SIGN_INS.labels(why).inc()
    answer = RedirectResponse(_login_page(target, error=why), 303)
    form_errors.keep(answer, {"email": email})
    return answer


def _login_page(target: str, **query: str) -> str:
    query |= {"next": target} if target != "/" else {}
    return f"/login?{urlencode(query)}" if query else "/login"


async def _sign_out(request: Request) -> Response:
    form = await forms.read(request)
    cookie = request.headers.get("cookie", "")
    if who := await sessions.signed_in(cookie):
        require_csrf(who, form)
        await sessions.end(sessions.token_in(cookie))
    answer = RedirectResponse("/login", 303)
    set_cookie(answer, sessions.cookie_name(), "", timedelta())
    return answer


async def _set_up(guard: SignInGuard, request: Request) -> Response:
    form = await forms.read(request)
    request.state.kept = _kept_of_setup(form)
    if wait := guard.throttle.attempt_unnamed(forms.client_address(request), clock.real_now()):
        return _refused_setup(too_soon(wait), form)
    try:
        who = await _first_admin(guard, form)
    except accounts.AccountRefusedError as refused:
        return _refused_setup(refused.problem, form)
    _log.info("the first account was made")
    return await begin_session(request, who, "/")


async def _first_admin(guard: SignInGuard, form: dict[str, str]) -> Candidate:
    hashed = await guard.hashed(form.get("password", ""))
    admin = NewUser(
        email=form.get("email", ""),
        name=form.get("name", ""),
        password_hash=hashed,
        role=Role.ADMIN,
    )
    account = NewAccount(
        name=form.get("account", ""),
        timezone=form.get("timezone", "Europe/Rome"),
        language=form.get("language", "it"),
        country=form.get("country", "IT"),
    )
    async with current_runtime().database.transaction() as session:
        user = await accounts.create_first_account(session, account, admin, clock.real_now())
    return Candidate(user.id, user.account_id, hashed)


def _refused_setup(why: str, form: dict[str, str]) -> Response:
    if why == AccountProblem.SETUP_CLOSED:
        return RedirectResponse("/login", 303)
    answer = RedirectResponse(f"/setup?{urlencode({'error': why})}", 303)
    form_errors.keep(answer, _kept_of_setup(form))
    return answer


def _kept_of_setup(form: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in form.items() if name in _KEPT_OF_SETUP}


_KEPT_OF_SETUP = ("account", "name", "email", "timezone", "language", "country")


async def _prefer(request: Request) -> Response:
    """Of the person who is signed in; the language without one is this browser's."""
    form = await forms.read(request)
    request.state.back = web.local_path(form.get("next", ""))
    answer = RedirectResponse(request.state.back, 303)
    chosen = preferences.checked(form.get("language"), form.get("theme"), form.get("undo"))
    if chosen.language:
        set_cookie(answer, preferences.LANGUAGE_COOKIE, chosen.language, timedelta(days=365))
    if who := await sessions.signed_in(request.headers.get("cookie", "")):
        require_csrf(who, form)
        async with current_runtime().database.transaction() as session:
            await preferences.prefer(session, who.account_id, who.user_id, chosen)
        sessions.forget(who.user_id)
    return answer
