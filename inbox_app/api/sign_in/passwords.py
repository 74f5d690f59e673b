"""Choosing a password: by a link from an admin or by mail, or in one's settings (X1).

The secret of a link stands behind the ``#`` of its address, which browsers tell no server: only the
form that the page makes of it does.
"""

import logging
from functools import partial
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from inbox_app import clock, sessions
from inbox_app.api import form_errors, forms
from inbox_app.api.form_errors import with_way_back
from inbox_app.api.sign_in.second_step import come_in
from inbox_app.api.sign_in.session_cookies import require_csrf
from inbox_app.api.sign_in.sign_in_guard import SignInGuard, too_soon
from inbox_app.domain.ids import read_id
from inbox_app.live import Change, Queue
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn, candidate, own_sign_in
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import accounts, mails, passwords, people
from inbox_app.services.accounts.accounts import AccountRefusedError
from inbox_app.vault import fingerprint, new_token
from inbox_app.web import millis

_LONGEST_TOKEN = 100
_log = logging.getLogger(__name__)


def routes(guard: SignInGuard | None = None) -> list[Route]:
    """`/auth/…` are forms, `/people/{id}/link` answers JSON."""
    guard = guard or SignInGuard()
    return [
        Route("/auth/join", with_way_back("/join", partial(_join, guard)), methods=["POST"]),
        Route(
            "/auth/password",
            with_way_back("/settings", partial(_change, guard)),
            methods=["POST"],
        ),
        Route("/auth/forgot", with_way_back("/login", partial(_forgot, guard)), methods=["POST"]),
        Route("/people/{id}/link", _make_link, methods=["POST"]),
    ]


async def _join(guard: SignInGuard, request: Request) -> Response:
    form = await forms.read(request)
    token, name = form.get("token", "")[:_LONGEST_TOKEN], form.get("name", "")
    request.state.kept = {"name": name}
    if wait := guard.throttle.attempt_unnamed(forms.client_address(request), clock.real_now()):
        return _refused_join(too_soon(wait), token, name)
    try:
        hashed = await guard.hashed(form.get("password", ""))
        async with current_runtime().database.transaction() as session:
            now = clock.real_now()
            who = await passwords.use_link(session, fingerprint(token), hashed, name, now)
    except AccountRefusedError as refused:
        return _refused_join(refused.problem, token, name)
    await sessions.drop_ended()
    current_runtime().live.publish(Change(who.account_id))
    return await come_in(request, who, "/")


def _refused_join(why: str, token: str, name: str) -> Response:
    answer = RedirectResponse(f"/join?{urlencode({'error': why})}#{token}", 303)
    form_errors.keep(answer, {"name": name})
    return answer


async def _forgot(guard: SignInGuard, request: Request) -> Response:
    """Answered before anybody is looked for: neither the words nor the time tell who is there."""
    form = await forms.read(request)
    if wait := guard.throttle.attempt_unnamed(forms.client_address(request), clock.real_now()):
        return RedirectResponse(f"/login?step=forgot&error={too_soon(wait)}", 303)
    looked_for = BackgroundTask(_send_link, accounts.clean_email(form.get("email", "")))
    return RedirectResponse("/login?step=sent", 303, background=looked_for)


async def _send_link(email: str) -> None:
    runtime = current_runtime()
    if runtime.settings.smtp_address is None or not accounts.is_email(email):
        return
    try:
        async with runtime.database.transaction() as session:
            demo = runtime.settings.sandbox_mode
            who = await candidate(session, email, demo_allowed=demo)
            if who is not None:
                person = await people.by_id(session, who.account_id, who.user_id)
                await mails.ask_for_oneself(session, person, clock.real_now())
    except Exception:
        _log.exception("a link that somebody asked for could not be noted")
    runtime.live.wake(Queue.MAILS)


async def _change(guard: SignInGuard, request: Request) -> Response:
    form = await forms.read(request)
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    if who is None:
        return RedirectResponse("/login?next=%2Fsettings", 303)
    require_csrf(who, form)
    return _settings(await _changed(guard, who, form, forms.client_address(request)))


def _settings(outcome: str) -> Response:
    return RedirectResponse(f"/settings?{urlencode({'password': outcome})}#sign-in", 303)


async def _changed(guard: SignInGuard, who: SignedIn, form: dict[str, str], address: str) -> str:
    """ "changed", or why not."""
    async with current_runtime().database.reading() as session:
        email, known = await own_sign_in(session, who.account_id, who.user_id)
    if wait := guard.throttle.attempt(email, address, clock.real_now()):
        return too_soon(wait)
    if not await guard.fits(form.get("current", ""), known):
        return "wrong"
    guard.throttle.succeeded(email, address)
    try:
        hashed = await guard.hashed(form.get("password", ""))
    except AccountRefusedError as refused:
        return refused.problem
    async with current_runtime().database.transaction() as session:
        await passwords.change_password(session, who, hashed, clock.real_now())
    await sessions.drop_ended()
    return "changed"


async def _make_link(request: Request) -> Response:
    """A new link for one of the account's people; shown to the admin who asks, once, and kept
    nowhere."""
    forms.refuse_other_sites(request)
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    user_id = read_id(request.path_params["id"])
    if who is None or who.role is not Role.ADMIN or user_id is None:
        return JSONResponse({"problem": "not_found"}, 404)
    token, now = new_token(), clock.real_now()
    try:
        async with current_runtime().database.transaction() as session:
            person = await people.by_id(session, who.account_id, user_id)
            expires_at = await passwords.make_link(
                session, person, fingerprint(token), now, by=who.user_id
            )
    except AccountRefusedError:
        return JSONResponse({"problem": "not_found"}, 404)
    link = f"{current_runtime().settings.public_url}/join#{token}"
    return JSONResponse({"link": link, "expires_at": millis(expires_at)})
