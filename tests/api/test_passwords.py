"""People are invited, come in again and change their password (X1)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select, update

from inbox_app import clock, sessions
from inbox_app.api.sign_in import auth, passwords
from inbox_app.database import Database
from inbox_app.models import AuditEntry, PasswordLink, Role, Session, User
from inbox_app.services.accounts import people
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio

LUCA = "luca@example.com"
NEW = "a password of Luca's"
ROUTES = [*auth.routes(), *passwords.routes()]


@pytest.fixture
async def account(sqlite: Database, tmp_path: Path) -> AsyncIterator[int]:
    async with running(sqlite, tmp_path):
        account, _ = await make_account(sqlite)
        yield account


@pytest.fixture
async def marta(account: int) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(ROUTES) as marta:
        await enter(marta)
        yield marta


@pytest.fixture
async def luca(account: int) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(ROUTES) as luca:
        yield luca


async def enter(who: httpx.AsyncClient, email: str = MARTA, password: str = PASSWORD) -> str:
    form = {"email": email, "password": password}
    return (await who.post("/auth/sign-in", data=form)).headers["location"]


async def inside(who: httpx.AsyncClient) -> sessions.SignedIn | None:
    cookie = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
    return await sessions.signed_in(cookie)


async def invited(database: Database, account: int, role: Role = Role.AGENT) -> int:
    async with database.transaction() as session:
        admin = await people.by_email(session, account, MARTA)
        now = clock.real_now()
        return (await people.invite(session, account, LUCA, "", role, now, by=admin.id)).id


async def link_for(admin: httpx.AsyncClient, user: int) -> str:
    """The secret of a new link."""
    answer = await admin.post(f"/people/{user}/link")
    assert answer.status_code == 200
    page, _, token = answer.json()["link"].partition("#")
    assert page == "http://localhost:8000/join"
    return token


async def join(who: httpx.AsyncClient, token: str, password: str = NEW) -> str:
    form = {"token": token, "name": " Luca  Bianchi ", "password": password}
    return (await who.post("/auth/join", data=form)).headers["location"]


async def test_who_is_invited_comes_in_by_the_link_once(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    token = await link_for(marta, await invited(sqlite, account))
    assert await enter(luca, LUCA, "") == "/login?error=wrong"
    assert await join(luca, token) == "/"
    who = await inside(luca)
    assert who is not None
    assert (who.name, who.role, who.account_id) == ("Luca Bianchi", Role.AGENT, account)
    assert await enter(luca, LUCA, NEW) == "/"
    assert await join(luca, token) == f"/join?error=link#{token}"


async def test_a_new_link_makes_the_one_before_useless(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    user = await invited(sqlite, account)
    first, second = await link_for(marta, user), await link_for(marta, user)
    assert await join(luca, first) == f"/join?error=link#{first}"
    assert await join(luca, second) == "/"


async def test_a_password_that_is_too_short_leaves_the_link_and_the_name_as_they_were(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    token = await link_for(marta, await invited(sqlite, account))
    assert await join(luca, token, "short") == f"/join?error=password#{token}"
    assert "form" in luca.cookies
    assert await join(luca, token) == "/"


@pytest.mark.parametrize("what", ["old", "deactivated", "withdrawn", "made up", "empty"])
async def test_a_link_that_serves_no_more_says_so(
    sqlite: Database,
    account: int,
    marta: httpx.AsyncClient,
    luca: httpx.AsyncClient,
    what: str,
) -> None:
    user = await invited(sqlite, account)
    token = {"made up": "x" * 43, "empty": ""}.get(what) or await link_for(marta, user)
    token = "" if what == "empty" else token
    async with sqlite.transaction() as session:
        now, person = clock.real_now(), await people.by_id(session, account, user)
        if what == "old":
            await session.exec(update(PasswordLink).values(expires_at=now - timedelta(seconds=1)))
        elif what == "deactivated":
            await people.deactivate(session, person, now)
        elif what == "withdrawn":
            await people.uninvite(session, person, now, by=1)
    assert await join(luca, token) == f"/join?error=link#{token}"
    assert await inside(luca) is None


async def test_a_reset_puts_out_whoever_is_inside_with_the_old_password(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    user = await invited(sqlite, account)
    await join(luca, await link_for(marta, user))
    async with browser(ROUTES) as elsewhere:
        assert await join(elsewhere, await link_for(marta, user), "another password") == "/"
        assert await inside(elsewhere) is not None
    assert await inside(luca) is None
    assert await enter(luca, LUCA, NEW) == "/login?error=wrong"


async def test_the_secret_of_a_link_is_kept_nowhere(
    sqlite: Database, account: int, marta: httpx.AsyncClient
) -> None:
    user = await invited(sqlite, account)
    token = await link_for(marta, user)
    async with sqlite.reading() as session:
        [link] = (await session.exec(select(PasswordLink))).all()
        noted = (await session.exec(select(AuditEntry))).all()
    assert token not in repr(link)
    assert [(entry.what, entry.details["user"]) for entry in noted] == [
        ("user.invited", user),
        ("user.password_link_made", user),
    ]


async def test_links_are_made_by_admins_for_people_of_their_own(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    _, stranger = await make_account(sqlite, "Another company", "other@example.com")
    agent = await invited(sqlite, account)
    assert (await luca.post(f"/people/{agent}/link")).status_code == 404
    for nobody in (stranger, 10**9, "x", "-1"):
        assert (await marta.post(f"/people/{nobody}/link")).status_code == 404
    await join(luca, await link_for(marta, agent))
    assert (await luca.post(f"/people/{agent}/link")).status_code == 404
    elsewhere = {"origin": "https://evil.example"}
    assert (await marta.post(f"/people/{agent}/link", headers=elsewhere)).status_code == 403


@pytest.mark.postgresql("rows are locked")
async def test_of_two_who_use_a_link_at_once_one_comes_in(
    database: Database, tmp_path: Path
) -> None:
    async with running(database, tmp_path), browser(ROUTES) as marta:
        account, _ = await make_account(database)
        await enter(marta)
        token = await link_for(marta, await invited(database, account))
        async with browser(ROUTES) as one, browser(ROUTES) as other:
            ends = await asyncio.gather(join(one, token), join(other, token, "another password"))
        assert sorted(ends) == ["/", f"/join?error=link#{token}"]


async def change(who: httpx.AsyncClient, current: str, password: str) -> str:
    person = await inside(who)
    csrf = sessions.csrf_token(person) if person else ""
    form = {"csrf": csrf, "current": current, "password": password}
    return (await who.post("/auth/password", data=form)).headers["location"]


async def test_who_changes_their_password_stays_inside_on_this_device_alone(
    sqlite: Database, marta: httpx.AsyncClient
) -> None:
    async with browser(ROUTES) as phone:
        await enter(phone)
        assert await change(marta, PASSWORD, NEW) == "/settings?password=changed#sign-in"
        assert await inside(phone) is None
    assert await inside(marta) is not None
    assert await enter(marta, MARTA, NEW) == "/"


@pytest.mark.parametrize(
    ("current", "password", "why"), [("no", NEW, "wrong"), (PASSWORD, "short", "password")]
)
async def test_a_password_is_not_changed_without_the_one_before_or_to_a_short_one(
    marta: httpx.AsyncClient, current: str, password: str, why: str
) -> None:
    assert await change(marta, current, password) == f"/settings?password={why}#sign-in"
    assert await enter(marta) == "/"


async def test_guessing_the_current_password_is_slowed_down_like_signing_in(
    marta: httpx.AsyncClient,
) -> None:
    """A device that was left open gives nobody the password."""
    outcomes = [await change(marta, f"guess {n}", NEW) for n in range(12)]
    assert "/settings?password=wait#sign-in" in outcomes


async def test_a_password_is_changed_from_our_pages_only(marta: httpx.AsyncClient) -> None:
    form = {"csrf": "", "current": PASSWORD, "password": NEW}
    assert (await marta.post("/auth/password", data=form)).status_code == 403
    marta.cookies.clear()
    answer = await marta.post("/auth/password", data=form)
    assert answer.headers["location"].startswith("/login")


async def test_the_last_who_can_administer_keeps_the_role_whoever_is_invited(
    sqlite: Database, account: int
) -> None:
    await invited(sqlite, account, Role.ADMIN)
    async with sqlite.transaction() as session:
        marta = await people.by_email(session, account, MARTA)
        with pytest.raises(people.AccountRefusedError):
            await people.change_role(session, marta, Role.AGENT, clock.real_now(), by=marta.id)


async def test_who_has_come_in_is_not_uninvited(
    sqlite: Database, account: int, marta: httpx.AsyncClient, luca: httpx.AsyncClient
) -> None:
    user = await invited(sqlite, account)
    await join(luca, await link_for(marta, user))
    async with sqlite.transaction() as session:
        person = await people.by_id(session, account, user)
        with pytest.raises(people.AccountRefusedError):
            await people.uninvite(session, person, clock.real_now(), by=1)
    async with sqlite.reading() as session:
        assert (await session.exec(select(User).where(col(User.id) == user))).one()
        assert (await session.exec(select(Session))).all()
