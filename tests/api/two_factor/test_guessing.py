"""Guessing codes is slowed down, and nothing goes around the code (X1)."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.api.sign_in import auth, second_step
from inbox_app.api.sign_in.sign_in_guard import SignInGuard
from inbox_app.database import Database
from inbox_app.models import Role, User
from inbox_app.services.accounts import accounts, people
from inbox_app.services.accounts.accounts import NewUser
from tests.api.two_factor.codes import CODE_PAGE, door, enter, give_code, inside, set_up
from tests.support.machine_time import Time
from tests.support.servers.routes_app import MARTA, PASSWORD_HASH, browser

pytestmark = pytest.mark.anyio


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
