"""A session lasts as long as it should, on its device alone."""

import asyncio
from datetime import timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import httpx
import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from inbox_app import clock, sessions
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.models import Account, Role, Session, User
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import accounts, people, sign_in
from inbox_app.services.accounts.accounts import NewUser
from tests.api.sign_in.forms import change_session, cookies, enter, outcome, seen_at
from tests.support.servers.routes_app import MARTA, browser, make_account, running

pytestmark = pytest.mark.anyio


async def test_signing_out_ends_this_device_only_and_closes_its_sockets(
    runtime: Runtime, marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = AsyncMock()
    monkeypatch.setattr(sessions, "_when_ended", [closed])
    async with browser(auth.routes()) as phone:
        await enter(marta)
        await enter(phone)
        here = await sessions.signed_in(cookies(marta))
        assert here is not None
        stolen = cookies(marta)
        answer = await marta.post("/auth/sign-out", data={"csrf": sessions.csrf_token(here)})
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        assert "sid" not in marta.cookies
        closed.assert_awaited_once_with(here.session_id)
        assert await sessions.signed_in(stolen) is None
        assert await sessions.signed_in(cookies(phone)) is not None


async def test_signing_out_needs_the_sessions_own_token(marta: httpx.AsyncClient) -> None:
    await enter(marta)
    who = await sessions.signed_in(cookies(marta))
    assert who is not None
    for csrf in ("", "x", sessions.csrf_token(who)[:-1] + "!"):
        answer = await marta.post("/auth/sign-out", data={"csrf": csrf})
        assert answer.status_code == 403
    assert await sessions.signed_in(cookies(marta)) is not None


async def test_signing_in_again_leaves_no_session_behind(
    runtime: Runtime, marta: httpx.AsyncClient
) -> None:
    for _ in range(3):
        await enter(marta)
    async with runtime.database.reading() as session:
        assert len((await session.exec(select(Session))).all()) == 1


@pytest.mark.parametrize(
    ("unseen", "age", "open_still"),
    [
        (timedelta(days=29), timedelta(days=29), True),
        (IDLE, IDLE, False),
        (timedelta(0), timedelta(days=89), True),
        (timedelta(0), ABSOLUTE, False),
    ],
)
async def test_a_session_ends_unseen_for_30_days_or_90_days_old(
    runtime: Runtime,
    marta: httpx.AsyncClient,
    unseen: timedelta,
    age: timedelta,
    open_still: bool,
) -> None:
    await enter(marta)
    now = clock.real_now()
    await change_session(runtime, seen_at=now - unseen, created_at=now - age)
    assert (await sessions.signed_in(cookies(marta)) is not None) is open_still
    async with runtime.database.transaction() as session:
        await sign_in.prune(session, now)
        left = (await session.exec(select(Session))).all()
    assert bool(left) is open_still


async def test_a_session_in_use_is_noted_every_few_minutes(
    runtime: Runtime, marta: httpx.AsyncClient
) -> None:
    await enter(marta)
    before = clock.real_now() - timedelta(days=20)
    await change_session(runtime, seen_at=before, created_at=before)
    await sessions.signed_in(cookies(marta))
    assert clock.real_now() - await seen_at(runtime) < timedelta(minutes=1)
    recent = clock.real_now() - timedelta(minutes=4)
    await change_session(runtime, seen_at=recent)
    await sessions.signed_in(cookies(marta))
    assert await seen_at(runtime) == recent


@pytest.mark.parametrize("disabled", ["person", "demo"])
async def test_a_disabled_person_and_the_demos_people_are_out(
    runtime: Runtime, marta: httpx.AsyncClient, disabled: str
) -> None:
    await enter(marta)
    assert await sessions.signed_in(cookies(marta)) is not None
    async with runtime.database.transaction() as session:
        if disabled == "person":
            await session.exec(update(User).values(disabled_at=clock.real_now()))
        else:
            await session.exec(update(Account).values(demo=True))
    sessions._known.clear()
    assert await sessions.signed_in(cookies(marta)) is None
    assert (await enter(marta)).headers["location"] == "/login?error=wrong"


async def test_the_demos_people_come_in_while_the_sandbox_is_on(
    sqlite: Database, tmp_path: Path
) -> None:
    async with running(sqlite, tmp_path, sandbox="1", meta_app_secret=None):
        await make_account(sqlite)
        async with sqlite.transaction() as session:
            await session.exec(update(Account).values(demo=True))
        async with browser(auth.routes()) as marta:
            assert (await enter(marta)).headers["location"] == "/"


async def test_language_and_theme_are_the_persons_on_every_device(
    runtime: Runtime, marta: httpx.AsyncClient
) -> None:
    await enter(marta)
    who = await sessions.signed_in(cookies(marta))
    assert who is not None
    form = {"csrf": sessions.csrf_token(who), "language": "es", "theme": "dark", "next": "/actors"}
    answer = await marta.post("/auth/preferences", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors")
    now = await sessions.signed_in(cookies(marta))
    assert now is not None
    assert (now.language, now.theme) == ("es", "dark")
    assert (await marta.post("/auth/preferences", data=form | {"csrf": ""})).status_code == 403
    await marta.post("/auth/preferences", data=form | {"language": "xx", "theme": "pink"})
    assert await sessions.signed_in(cookies(marta)) == now


@pytest.mark.postgresql("two at once")
async def test_of_two_admins_who_are_kept_out_at_once_one_stays(
    database: Database, tmp_path: Path
) -> None:
    async with running(database, tmp_path):
        account, _ = await make_account(database)
        second = NewUser(email="second@x.it", password_hash="x", role=Role.ADMIN)
        async with database.transaction() as session:
            await accounts.create_user(session, account, second, clock.real_now())

        async def deactivate(email: str) -> None:
            async with database.transaction() as session:
                person = await people.by_email(session, account, email)
                await people.deactivate(session, person, clock.real_now())

        tries = (deactivate(email) for email in (MARTA, "second@x.it"))
        ended = await asyncio.gather(*tries, return_exceptions=True)
        [refused] = [error for error in ended if error is not None]
        assert isinstance(refused, accounts.AccountRefusedError)
        assert refused.problem is AccountProblem.LAST_ADMIN


@pytest.mark.postgresql("rows are locked")
@pytest.mark.parametrize("what", ["password", "person"])
async def test_who_was_put_out_while_their_password_was_compared_is_not_let_in(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    async with running(database, tmp_path), browser(auth.routes()) as marta:
        _, user = await make_account(database)
        found = await auth._candidate(MARTA)
        async with database.transaction() as session:
            values = {"password_hash": "new"} if what == "password" else {}
            values = values or {"disabled_at": clock.real_now()}
            await session.exec(update(User).where(col(User.id) == user).values(**values))
        monkeypatch.setattr(auth, "_candidate", AsyncMock(return_value=found))
        assert await outcome(marta) == "wrong"
        async with database.reading() as session:
            assert (await session.exec(select(Session))).all() == []


async def test_a_session_that_ended_elsewhere_ends_here_and_closes_its_sockets(
    runtime: Runtime, marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = AsyncMock()
    monkeypatch.setattr(sessions, "_when_ended", [closed])
    monkeypatch.setattr(sessions, "_held_open", [lambda: {4711}])
    async with browser(auth.routes()) as phone:
        await enter(marta)
        await enter(phone)
        here = await sessions.signed_in(cookies(marta))
        assert here is not None
        await sessions.signed_in(cookies(phone))
        await sessions.drop_ended()
        closed.assert_awaited_once_with(4711)
        async with runtime.database.transaction() as session:
            await session.exec(delete(Session).where(col(Session.id) == here.session_id))
        assert await sessions.signed_in(cookies(marta)) == here
        await sessions.drop_ended()
        closed.assert_any_await(here.session_id)
        assert await sessions.signed_in(cookies(marta)) is None
        assert await sessions.signed_in(cookies(phone)) is not None
