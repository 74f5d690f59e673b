"""An authenticator app, and what its person sends."""

from datetime import timedelta
from typing import Any

import httpx
from pyotp.totp import TOTP

from inbox_app import sessions
from inbox_app.api.sign_in import auth, passwords, second_step, two_factor
from inbox_app.api.sign_in.sign_in_guard import SignInGuard
from inbox_app.queries.accounts.signed_in import SignedIn
from tests.support.machine_time import Time
from tests.support.servers.routes_app import MARTA, PASSWORD, browser

CODE_PAGE = "/login?step=code"


def door() -> httpx.AsyncClient:
    """A browser without a session, at a server that has seen no guesses."""
    guard = SignInGuard()
    parts = (auth, passwords, second_step, two_factor)
    return browser([route for part in parts for route in part.routes(guard)])


async def enter(who: httpx.AsyncClient, email: str = MARTA, **form: str) -> str:
    given = {"email": email, "password": PASSWORD} | form
    return (await who.post("/auth/sign-in", data=given)).headers["location"]


async def give_code(who: httpx.AsyncClient, code: str, **form: str) -> str:
    return (await who.post("/auth/code", data={"code": code} | form)).headers["location"]


async def inside(who: httpx.AsyncClient) -> SignedIn | None:
    cookie = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
    return await sessions.signed_in(cookie)


async def ask(who: httpx.AsyncClient, what: str, **form: str) -> dict[str, Any]:
    answer = await who.post(f"/two-factor/{what}", data=form)
    assert answer.status_code == 200
    return answer.json()


class App:
    """An authenticator app, on a phone whose clock may be off."""

    def __init__(self, secret: str, time: Time) -> None:
        self._otp, self._time = TOTP(secret), time

    def code(self, *, seconds_off: int = 0) -> str:
        return self._otp.at(self._time.now + timedelta(seconds=seconds_off))

    def wrong(self) -> str:
        near = {self.code(seconds_off=seconds) for seconds in (-60, -30, 0, 30, 60)}
        return next(f"{n:06}" for n in range(10) if f"{n:06}" not in near)


async def set_up(who: httpx.AsyncClient, time: Time) -> tuple[App, list[str]]:
    """The app, and the recovery codes; half a minute has passed since the first code."""
    app = App((await ask(who, "begin", password=PASSWORD))["secret"], time)
    codes = (await ask(who, "confirm", code=app.code()))["codes"]
    time.now += timedelta(seconds=30)
    return app, codes
