"""What is asked for between the right password and a session (X1).

A cookie of minutes says who is on the way. It is bound to the password that was given, and proves
nothing but that.
"""

from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from inbox_app import clock, form_flash, web
from inbox_app.api import forms
from inbox_app.api.form_errors import with_way_back
from inbox_app.api.sign_in.session_cookies import begin_session, set_cookie
from inbox_app.api.sign_in.sign_in_guard import SignInGuard, too_soon
from inbox_app.domain.accounts.second_factor import SecondStep
from inbox_app.domain.ids import read_id
from inbox_app.operating import metrics
from inbox_app.queries.accounts.signed_in import Candidate, candidate_of
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import check_code, sign_in

COOKIE = "second-step"
_LASTS = timedelta(minutes=15)
_TOO_LATE = "/login?error=late"


def routes(guard: SignInGuard | None = None) -> list[Route]:
    """`/auth/code`: a form."""
    enter = partial(_enter_code, guard or SignInGuard())
    return [Route("/auth/code", with_way_back("/login", enter), methods=["POST"])]


async def come_in(request: Request, who: Candidate, target: str) -> Response:
    """A session for who gave the right password, or the way to what is asked besides. Raises
    ``sign_in.NotAnyMoreError``."""
    if who.second_step is SecondStep.NONE:
        return await begin_session(request, who, target)
    answer = RedirectResponse(_page(who.second_step, target), 303)
    until = web.millis(clock.real_now() + _LASTS)
    told = f"{who.account_id}.{who.user_id}.{until}"
    signature = current_runtime().vault.sign(told, _purpose(who))
    set_cookie(answer, COOKIE, f"{told}.{signature}", _LASTS)
    answer.delete_cookie(form_flash.COOKIE)
    return answer


async def on_the_way(request: Request) -> Candidate | None:
    """Who has given their password in this browser a while ago, if it is theirs still."""
    told, _, signature = request.cookies.get(COOKIE, "").rpartition(".")
    ids = [read_id(part) for part in told.split(".")]
    if len(ids) != 3 or None in ids:
        return None
    account_id, user_id, until = (id_ or 0 for id_ in ids)
    who = await _candidate(account_id, user_id)
    is_ours = current_runtime().vault.is_signed(told, _purpose(who), signature)
    return who if is_ours and web.millis(clock.real_now()) < until else None


async def admit(request: Request, who: Candidate, target: str) -> Response:
    """The session, once nothing is asked any more."""
    try:
        answer = await begin_session(request, who, target)
    except sign_in.NotAnyMoreError:
        return RedirectResponse(_TOO_LATE, 303)
    answer.delete_cookie(COOKIE)
    metrics.SIGN_INS.labels("admitted").inc()
    return answer


async def _enter_code(guard: SignInGuard, request: Request) -> Response:
    form = await forms.read(request)
    target = web.local_path(form.get("next", ""))
    who = await on_the_way(request)
    if who is None or who.second_step is not SecondStep.CODE:
        return RedirectResponse(_TOO_LATE, 303)
    address = forms.client_address(request)
    if wait := guard.throttle.attempt_code(who.email, address, clock.real_now()):
        return _refused(too_soon(wait), target)
    if not await _fits(who, form.get("code", "")):
        return _refused("code", target)
    guard.throttle.code_succeeded(who.email, address)
    return await admit(request, who, target)


async def _fits(who: Candidate, code: str) -> bool:
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        return await check_code.fits(session, who, code, clock.real_now(), runtime.vault)


def _refused(why: str, target: str) -> Response:
    metrics.SIGN_INS.labels(why).inc()
    return RedirectResponse(_page(SecondStep.CODE, target, error=why), 303)


def _page(step: SecondStep, target: str, **query: str) -> str:
    query |= {"next": target} if target != "/" else {}
    return f"/login?{urlencode({'step': step.value} | query)}"


async def _candidate(account_id: int, user_id: int) -> Candidate | None:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        demo = runtime.settings.sandbox_mode
        return await candidate_of(session, account_id, user_id, demo_allowed=demo)


def _purpose(who: Candidate | None) -> str:
    return f"second step after {who.password_hash if who else ''}"
