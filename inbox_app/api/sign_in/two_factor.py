"""Setting up and switching off one's second factor (X1).

Secrets and recovery codes go by the answer to a request, once: never through a page's state.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import segno
from pyotp import random_base32
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inbox_app import clock, sessions
from inbox_app.api import forms
from inbox_app.api.sign_in import second_step
from inbox_app.api.sign_in.sign_in_guard import SignInGuard, too_soon
from inbox_app.domain.accounts.second_factor import (
    RECOVERY_CODES,
    SecondStep,
    setting_up_address,
    shown_recovery_code,
)
from inbox_app.models import User
from inbox_app.queries.accounts.signed_in import Candidate, SignedIn, candidate_of
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import people, sign_in, two_factor
from inbox_app.services.accounts.accounts import AccountRefusedError
from inbox_app.vault import new_short_code

_SECRET = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks for something about their own second factor; `inside` is empty for who must set one
    up before they come in."""

    guard: SignInGuard
    request: Request
    form: dict[str, str]
    who: Candidate
    inside: SignedIn | None

    @property
    def address(self) -> str:
        return forms.client_address(self.request)


class _RefusedError(Exception):
    """Nothing was done, and why, in a word."""


_Deed = Callable[[_Asking], Awaitable[Response]]


def routes(guard: SignInGuard | None = None) -> list[Route]:
    """`/two-factor/…` answer JSON, a refusal as `problem`."""
    guard = guard or SignInGuard()
    deeds: dict[str, _Deed] = {
        "begin": _begin,
        "confirm": _confirm,
        "codes": _renew_recovery_codes,
        "off": _switch_off,
    }
    return [
        Route(f"/two-factor/{name}", partial(_answer, guard, deed), methods=["POST"])
        for name, deed in deeds.items()
    ]


async def _answer(guard: SignInGuard, deed: _Deed, request: Request) -> Response:
    form = await forms.read(request)
    try:
        return await deed(await _asking(guard, request, form))
    except AccountRefusedError as refused:
        return JSONResponse({"problem": refused.problem.value})
    except _RefusedError as refused:
        return JSONResponse({"problem": str(refused)})


async def _asking(guard: SignInGuard, request: Request, form: dict[str, str]) -> _Asking:
    inside = await sessions.signed_in(request.headers.get("cookie", ""))
    who = await _known(inside) if inside else await second_step.on_the_way(request)
    if who is None or not (inside or who.second_step is SecondStep.SET_UP):
        raise _RefusedError("late")
    return _Asking(guard, request, form, who, inside)


async def _known(inside: SignedIn) -> Candidate | None:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        return await candidate_of(
            session,
            inside.account_id,
            inside.user_id,
            demo_allowed=runtime.settings.sandbox_mode,
        )


async def _begin(asking: _Asking) -> Response:
    """A secret for an app to learn, as a QR code too. Who must set one up has just given the
    password."""
    if asking.inside:
        await _require_password(asking)
    secret, vault = random_base32(), current_runtime().vault
    async with current_runtime().database.transaction() as session:
        person = await _person(session, asking)
        await two_factor.begin(session, person, secret, clock.real_now(), vault)
    code = segno.make(setting_up_address(secret, asking.who.email), error="m", micro=False)
    drawn = code.svg_data_uri(scale=5, light="white")
    return JSONResponse({"secret": secret, "qr": drawn}, headers=_SECRET)


async def _confirm(asking: _Asking) -> Response:
    throttle, now = asking.guard.throttle, clock.real_now()
    if wait := throttle.attempt_code(asking.who.email, asking.address, now):
        raise _RefusedError(too_soon(wait))
    codes, vault = _new_recovery_codes(), current_runtime().vault
    async with current_runtime().database.transaction() as session:
        person, code = await _person(session, asking), asking.form.get("code", "")
        await two_factor.confirm(session, person, code, codes, now, vault)
        if asking.inside:
            mine = asking.inside.session_id
            await sign_in.end_others(session, person.account_id, person.id, mine)
    throttle.code_succeeded(asking.who.email, asking.address)
    await sessions.drop_ended()
    return await _let_in(asking, JSONResponse({"codes": codes}, headers=_SECRET))


async def _let_in(asking: _Asking, answer: Response) -> Response:
    """With the cookies of a new session, for who had none yet."""
    if not asking.inside:
        admitted = await second_step.admit(asking.request, asking.who, "/")
        cookies = [header for header in admitted.raw_headers if header[0] == b"set-cookie"]
        answer.raw_headers.extend(cookies)
    return answer


async def _renew_recovery_codes(asking: _Asking) -> Response:
    await _require_password(asking)
    codes, vault = _new_recovery_codes(), current_runtime().vault
    async with current_runtime().database.transaction() as session:
        person = await _person(session, asking)
        await two_factor.renew_recovery_codes(session, person, codes, clock.real_now(), vault)
    return JSONResponse({"codes": codes}, headers=_SECRET)


async def _switch_off(asking: _Asking) -> Response:
    await _require_password(asking)
    async with current_runtime().database.transaction() as session:
        await two_factor.switch_off(session, await _person(session, asking), clock.real_now())
    return JSONResponse({})


async def _require_password(asking: _Asking) -> None:
    """Of who is inside: a device that was left open is nobody's proof. Raises ``_RefusedError``."""
    email, throttle = asking.who.email, asking.guard.throttle
    if asking.inside is None:
        raise _RefusedError("late")
    if wait := throttle.attempt(email, asking.address, clock.real_now()):
        raise _RefusedError(too_soon(wait))
    if not await asking.guard.fits(asking.form.get("password", ""), asking.who.password_hash):
        raise _RefusedError("wrong")
    throttle.succeeded(email, asking.address)


async def _person(session: AsyncSession, asking: _Asking) -> User:
    return await people.by_id(session, asking.who.account_id, asking.who.user_id)


def _new_recovery_codes() -> list[str]:
    return [shown_recovery_code(new_short_code()) for _ in range(RECOVERY_CODES)]
