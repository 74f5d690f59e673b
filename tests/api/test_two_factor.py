"""A second factor: set up, asked for, guessed at, lost (X1)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyotp.totp import TOTP
from sqlmodel import col, select

from inbox_app import clock, sessions, vault
from inbox_app.api.sign_in import auth, passwords, second_step, two_factor
from inbox_app.api.sign_in.sign_in_guard import SignInGuard
from inbox_app.database import Database
from inbox_app.models import AuditEntry, RecoveryCode, Role, TwoFactor, User
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import accounts, people
from inbox_app.services.accounts import two_factor as services
from inbox_app.services.accounts.accounts import NewUser
from tests.support.servers.routes_app import (
    MARTA,
    PASSWORD,
    PASSWORD_HASH,
    browser,
    make_account,
    running,
)

pytestmark = pytest.mark.anyio

CODE_PAGE = "/login?step=code"


class Time:
    """The machine's, until it is moved."""

    def __init__(self) -> None:
        self.now = clock.real_now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(vault, "_NOBODYS_HASH", PASSWORD_HASH)
    monkeypatch.setattr(clock, "real_now", time := Time())
    return time


@pytest.fixture
async def account(sqlite: Database, tmp_path: Path) -> AsyncIterator[int]:
    async with running(sqlite, tmp_path):
        account, _ = await make_account(sqlite)
        yield account


def door() -> httpx.AsyncClient:
    """A browser without a session, at a server that has seen no guesses."""
    guard = SignInGuard()
    parts = (auth, passwords, second_step, two_factor)
    return browser([route for part in parts for route in part.routes(guard)])


@pytest.fixture
async def marta(account: int) -> AsyncIterator[httpx.AsyncClient]:
    async with door() as marta:
        await enter(marta)
        yield marta


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


async def test_once_it_is_set_up_the_password_alone_opens_nothing(
    marta: httpx.AsyncClient, time: Time
) -> None:
    app, codes = await set_up(marta, time)
    assert len(set(codes)) == 10
    async with door() as phone:
        assert await enter(phone, next="/inbox/7") == f"{CODE_PAGE}&next=%2Finbox%2F7"
        assert await inside(phone) is None
        spaced = f" {app.code()[:3]} {app.code()[3:]} "
        assert await give_code(phone, spaced, next="/inbox/7") == "/inbox/7"
        assert await inside(phone) is not None
        assert second_step.COOKIE not in phone.cookies


async def test_setting_it_up_leaves_this_device_alone_signed_in(
    marta: httpx.AsyncClient, time: Time
) -> None:
    async with door() as phone:
        await enter(phone)
        await set_up(marta, time)
        assert await inside(phone) is None
    assert await inside(marta) is not None


async def test_a_code_opens_once(marta: httpx.AsyncClient, time: Time) -> None:
    app, _ = await set_up(marta, time)
    code = app.code()
    async with door() as one, door() as other:
        await enter(one)
        await enter(other)
        assert await give_code(one, code) == "/"
        assert await give_code(other, code) == f"{CODE_PAGE}&error=code"
        before = app.code(seconds_off=-30)
        assert await give_code(other, before) == f"{CODE_PAGE}&error=code"
        assert await inside(other) is None


async def test_the_code_that_set_it_up_opens_nothing(marta: httpx.AsyncClient, time: Time) -> None:
    secret = (await ask(marta, "begin", password=PASSWORD))["secret"]
    code = App(secret, time).code()
    await ask(marta, "confirm", code=code)
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, code) == f"{CODE_PAGE}&error=code"


@pytest.mark.parametrize(
    ("seconds_off", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
async def test_a_phones_clock_may_be_half_a_minute_off(
    marta: httpx.AsyncClient, time: Time, seconds_off: int, opens: bool
) -> None:
    app, _ = await set_up(marta, time)
    time.now += timedelta(minutes=5)
    async with door() as phone:
        await enter(phone)
        await give_code(phone, app.code(seconds_off=seconds_off))
        assert (await inside(phone) is not None) is opens


async def test_a_recovery_code_opens_once_however_it_is_typed(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    _, codes = await set_up(marta, time)
    async with door() as one, door() as other:
        await enter(one)
        await enter(other)
        assert await give_code(one, codes[0].upper().replace("-", " ")) == "/"
        assert await give_code(other, codes[0]) == f"{CODE_PAGE}&error=code"
        assert await give_code(other, codes[1]) == "/"
    async with sqlite.reading() as session:
        noted = [entry.what for entry in (await session.exec(select(AuditEntry))).all()]
    assert noted == ["user.two_factor_on", "user.recovery_code_used", "user.recovery_code_used"]


@pytest.mark.postgresql("a race of two updates")
async def test_of_two_who_come_with_one_code_at_once_one_is_let_in(
    database: Database, tmp_path: Path, time: Time
) -> None:
    async with running(database, tmp_path), door() as marta:
        await make_account(database)
        await enter(marta)
        app, codes = await set_up(marta, time)
        for code in (app.code(), codes[0]):
            async with door() as one, door() as other:
                await enter(one)
                await enter(other)
                ends = await asyncio.gather(give_code(one, code), give_code(other, code))
            assert sorted(ends) == ["/", f"{CODE_PAGE}&error=code"]


async def test_neither_secret_nor_recovery_codes_can_be_read_in_the_database(
    sqlite: Database, marta: httpx.AsyncClient
) -> None:
    begun = await marta.post("/two-factor/begin", data={"password": PASSWORD})
    secret = begun.json()["secret"]
    assert begun.headers["cache-control"] == "no-store"
    assert begun.json()["qr"].startswith("data:image/svg+xml")
    codes = (await ask(marta, "confirm", code=TOTP(secret).at(clock.real_now())))["codes"]
    async with sqlite.reading() as session:
        kept = [
            *(await session.exec(select(TwoFactor))).all(),
            *(await session.exec(select(RecoveryCode))).all(),
            *(await session.exec(select(AuditEntry))).all(),
        ]
    assert len(kept) == 12
    for told in (secret, *codes, *(code.replace("-", "") for code in codes)):
        assert told not in repr(kept)


@pytest.mark.parametrize("what", ["begin", "codes", "off"])
async def test_it_is_changed_with_the_password_alone_and_guessing_that_is_slowed_down(
    marta: httpx.AsyncClient, time: Time, what: str
) -> None:
    if what != "begin":
        await set_up(marta, time)
    assert await ask(marta, what) == {"problem": "wrong"}
    guesses = [await ask(marta, what, password=f"guess {n}") for n in range(6)]
    assert guesses[-1] == {"problem": "wait"}


async def test_nobody_sets_up_anything_from_outside_or_from_another_site(
    account: int, marta: httpx.AsyncClient
) -> None:
    async with door() as stranger:
        for what in ("begin", "confirm", "codes", "off"):
            assert await ask(stranger, what, password=PASSWORD) == {"problem": "late"}
    elsewhere = {"origin": "https://evil.example"}
    answer = await marta.post("/two-factor/begin", data={"password": PASSWORD}, headers=elsewhere)
    assert answer.status_code == 403


async def test_what_was_begun_long_ago_is_begun_again(marta: httpx.AsyncClient, time: Time) -> None:
    app = App((await ask(marta, "begin", password=PASSWORD))["secret"], time)
    assert await ask(marta, "confirm", code=app.wrong()) == {"problem": "code"}
    time.now += timedelta(minutes=16)
    assert await ask(marta, "confirm", code=app.code()) == {"problem": "code"}
    await set_up(marta, time)


async def test_an_app_that_is_there_is_not_replaced_by_beginning_again(
    marta: httpx.AsyncClient, time: Time
) -> None:
    app, _ = await set_up(marta, time)
    assert await ask(marta, "begin", password=PASSWORD) == {"problem": "code"}
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, app.code()) == "/"


async def test_switched_off_the_password_opens_again(marta: httpx.AsyncClient, time: Time) -> None:
    _, codes = await set_up(marta, time)
    assert await ask(marta, "off", password=PASSWORD) == {}
    async with door() as phone:
        assert await enter(phone) == "/"
        assert await give_code(phone, codes[0]) == "/login?error=late"


async def test_new_recovery_codes_put_an_end_to_those_from_before(
    marta: httpx.AsyncClient, time: Time
) -> None:
    _, old = await set_up(marta, time)
    new = (await ask(marta, "codes", password=PASSWORD))["codes"]
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, old[0]) == f"{CODE_PAGE}&error=code"
        assert await give_code(phone, new[0]) == "/"


async def test_guessing_codes_is_slowed_down_wherever_it_comes_from(
    marta: httpx.AsyncClient, time: Time
) -> None:
    """Also for who gives the password again after each guess."""
    app, _ = await set_up(marta, time)
    guard = SignInGuard()
    routes = [*auth.routes(guard), *second_step.routes(guard)]
    ends = []
    for n in range(12):
        async with browser(routes, peer=f"10.0.{n}.1") as guesser:
            await enter(guesser)
            ends.append(await give_code(guesser, app.wrong()))
    assert ends == [*[f"{CODE_PAGE}&error=code"] * 10, *[f"{CODE_PAGE}&error=wait"] * 2]
    async with browser(routes, peer="10.9.9.9") as late:
        await enter(late)
        assert await give_code(late, app.code()) == f"{CODE_PAGE}&error=wait"
        time.now += timedelta(seconds=30)
        assert await give_code(late, app.code()) == "/"


async def test_giving_the_password_again_forgives_no_guess_at_the_code(
    marta: httpx.AsyncClient, time: Time
) -> None:
    app, _ = await set_up(marta, time)
    async with door() as guesser:
        ends = [await enter(guesser) for _ in range(6)]
        assert ends[-1] == "/login?error=wait"
        assert await give_code(guesser, app.code()) == "/"


@pytest.mark.parametrize(
    "form", [{"password": "wrong"}, {"email": "nobody@example.com"}, {"email": "other@example.com"}]
)
async def test_who_has_no_password_does_not_hear_of_whom_a_code_is_asked(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time, form: dict[str, str]
) -> None:
    await set_up(marta, time)
    async with sqlite.transaction() as session:
        other = NewUser(email="other@example.com", password_hash=PASSWORD_HASH, role=Role.AGENT)
        await accounts.create_user(session, account, other, clock.real_now())
    async with door() as guesser:
        answer = await guesser.post(
            "/auth/sign-in", data={"email": MARTA, "password": "wrong"} | form
        )
        assert answer.headers["location"] == "/login?error=wrong"
        assert second_step.COOKIE not in guesser.cookies


@pytest.mark.parametrize("what", ["made up", "too old", "new password", "deactivated", "nonsense"])
async def test_the_way_in_after_the_password_is_open_for_minutes_and_for_who_gave_it(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time, what: str
) -> None:
    app, _ = await set_up(marta, time)
    async with door() as phone:
        await enter(phone)
        told, _, signature = phone.cookies[second_step.COOKIE].rpartition(".")
        if what == "made up":
            later = f"{told.rpartition('.')[0]}.9999999999999.{signature}"
            phone.cookies.set(second_step.COOKIE, later, domain="localhost.local", path="/")
        elif what == "nonsense":
            phone.cookies.set(second_step.COOKIE, "0.x..1", domain="localhost.local", path="/")
        elif what == "too old":
            time.now += timedelta(minutes=15)
        async with sqlite.transaction() as session:
            person = await people.by_email(session, account, MARTA)
            if what == "new password":
                await people.reset_password(session, person, "another hash", time.now)
            elif what == "deactivated":
                person.disabled_at = time.now
        assert await give_code(phone, app.code()) == "/login?error=late"
        assert await inside(phone) is None


async def test_a_link_for_a_new_password_does_not_stand_in_for_the_code(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time
) -> None:
    app, _ = await set_up(marta, time)
    async with sqlite.reading() as session:
        user = (await session.exec(select(User.id).where(col(User.email) == MARTA))).one()
    token = (await marta.post(f"/people/{user}/link")).json()["link"].partition("#")[2]
    async with door() as phone:
        form = {"token": token, "password": "another password"}
        assert (await phone.post("/auth/join", data=form)).headers["location"] == CODE_PAGE
        assert await inside(phone) is None
        assert await give_code(phone, app.code()) == "/"


async def test_who_must_have_one_sets_it_up_before_coming_in(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time
) -> None:
    async with sqlite.transaction() as session:
        luca = NewUser(email="luca@example.com", password_hash=PASSWORD_HASH, role=Role.AGENT)
        await accounts.create_user(session, account, luca, clock.real_now())
    async with door() as luca:
        assert await enter(luca, "luca@example.com") == "/"
        await set_up(marta, time)
        await require(sqlite, marta, required=True)
        assert await inside(luca) is None
        assert await enter(luca, "luca@example.com") == "/login?step=set_up"
        assert await inside(luca) is None
        assert await ask(luca, "off", password=PASSWORD) == {"problem": "late"}
        app = App((await ask(luca, "begin"))["secret"], time)
        assert await ask(luca, "confirm", code=app.wrong()) == {"problem": "code"}
        assert len((await ask(luca, "confirm", code=app.code()))["codes"]) == 10
        assert await inside(luca) is not None
        assert await ask(luca, "off", password=PASSWORD) == {"problem": "two_factor_required"}
    assert await inside(marta) is not None


async def require(database: Database, who: httpx.AsyncClient, *, required: bool) -> None:
    admin = await inside(who)
    assert admin is not None
    async with database.transaction() as session:
        await services.require(session, admin, required=required, now=clock.real_now())
    await sessions.drop_ended()


async def test_an_admin_requires_of_others_only_what_they_have_themselves(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    with pytest.raises(services.AccountRefusedError):
        await require(sqlite, marta, required=True)
    await set_up(marta, time)
    await require(sqlite, marta, required=True)
    await require(sqlite, marta, required=False)
    assert await ask(marta, "off", password=PASSWORD) == {}


async def test_a_colleague_who_lost_the_phone_is_out_and_comes_in_with_the_password(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time
) -> None:
    await set_up(marta, time)
    async with sqlite.transaction() as session:
        person = await people.by_email(session, account, MARTA)
        assert await services.reset(session, person, time.now) == 1
    await sessions.drop_ended()
    assert await inside(marta) is None
    async with door() as phone:
        assert await enter(phone) == "/"
    async with sqlite.transaction() as session:
        person = await people.by_email(session, account, MARTA)
        with pytest.raises(services.AccountRefusedError):
            await services.reset(session, person, time.now)
        assert (await session.exec(select(RecoveryCode))).all() == []


async def test_with_another_secret_key_no_code_fits_and_nothing_crashes(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    app, codes = await set_up(marta, time)
    async with door() as phone:
        await enter(phone)
        async with sqlite.transaction() as session:
            row = (await session.exec(select(TwoFactor))).one()
            row.secret = vault.Vault("another key").encrypt("JBSWY3DPEHPK3PXP")
        assert await give_code(phone, app.code()) == f"{CODE_PAGE}&error=code"
        assert await give_code(phone, codes[0]) == "/"
    assert current_runtime().vault.decrypt_or_none("x") is None
