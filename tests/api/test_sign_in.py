"""Coming in and going out: who may, what the cookie is like, and what no other site can do (X1)."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import httpx
import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from sqlmodel import col, select

from inbox_app import clock, form_flash, sessions, vault
from inbox_app.api import forms
from inbox_app.api.body import BodyReader
from inbox_app.api.sign_in import auth, sign_in_guard
from inbox_app.database import Database
from inbox_app.database import database as database_module
from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.models import Account, Role, Session, User
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import accounts, people, sign_in
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


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's hash costs no more than Marta's: the tests are about who comes in, not how fast."""
    monkeypatch.setattr(vault, "_NOBODYS_HASH", PASSWORD_HASH)


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        await make_account(sqlite)
        yield runtime


@pytest.fixture
async def marta(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(auth.routes()) as marta:
        yield marta


async def enter(who: httpx.AsyncClient, **form: str) -> httpx.Response:
    given = {"email": MARTA, "password": PASSWORD} | form
    return await who.post("/auth/sign-in", data=given)


def cookies(who: httpx.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in who.cookies.items())


async def test_the_right_password_opens_and_leads_on(marta: httpx.AsyncClient) -> None:
    answer = await enter(marta, email=f" {MARTA.upper()}", next="/inbox/7?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox/7?x=1")
    who = await sessions.signed_in(cookies(marta))
    assert who is not None
    assert who.name == "Marta"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    marta: httpx.AsyncClient,
) -> None:
    cookie = (await enter(marta)).headers["set-cookie"]
    assert cookie.startswith("sid=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Domain" not in cookie


async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    sqlite: Database, tmp_path: Path
) -> None:
    async with running(sqlite, tmp_path, public_url="https://inbox.example.com"):
        await make_account(sqlite)
        async with browser(auth.routes(), "https://inbox.example.com") as marta:
            cookie = (await enter(marta)).headers["set-cookie"]
            assert cookie.startswith("__Host-sid=")
            assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split(", ")[0].split("; "))
            assert await sessions.signed_in(cookies(marta)) is not None


@pytest.mark.parametrize("form", [{"password": "wrong"}, {"email": "nobody@example.com"}, {}])
async def test_the_wrong_password_and_nobodys_e_mail_are_answered_alike(
    marta: httpx.AsyncClient, runtime: Runtime, form: dict[str, str]
) -> None:
    answer = await enter(marta, **({"password": ""} | form))
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?error=wrong")
    assert "sid" not in marta.cookies
    assert MARTA not in answer.headers["set-cookie"]
    kept = form_flash.unseal(runtime.vault, marta.cookies[form_flash.COOKIE])
    assert kept == {"email": form.get("email", MARTA)}


async def test_nobodys_e_mail_costs_as_much_hashing(
    marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str | None] = []
    monkeypatch.setattr(sign_in_guard, "is_password", lambda _, known: tried.append(known))
    await enter(marta)
    await enter(marta, email="nobody@example.com")
    assert tried == [PASSWORD_HASH, None]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil", "x", ""]
)
async def test_no_address_leads_to_another_site(marta: httpx.AsyncClient, elsewhere: str) -> None:
    assert (await enter(marta, next=elsewhere)).headers["location"] == "/"


@pytest.mark.parametrize(
    ("page", "target"),
    [
        ("https://inbox.example/login?next=%2Finbox%2F7%3Fx%3D1", "/inbox/7?x=1"),
        ("https://inbox.example/login?next=%2F%2Fevil.example", "/"),
        ("https://inbox.example/login", "/"),
        ("http://[", "/"),
    ],
)
async def test_who_is_quicker_than_the_page_still_comes_to_where_they_were_going(
    marta: httpx.AsyncClient, page: str, target: str
) -> None:
    marta.headers["Referer"] = page
    assert (await enter(marta, next="")).headers["location"] == target
    of_a_visit_before = "/"
    assert (await enter(marta, next=of_a_visit_before)).headers["location"] == target


class Time:
    """The machine's, until it is moved."""

    def __init__(self) -> None:
        self.now = clock.real_now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    monkeypatch.setattr(clock, "real_now", time := Time())
    return time


async def outcome(who: httpx.AsyncClient, **form: str) -> str:
    """`inside`, or why not."""
    location = (await enter(who, **form)).headers["location"]
    return location.removeprefix("/login?error=") if "error" in location else "inside"


async def test_guessing_one_persons_password_is_slowed_down_and_the_right_one_still_opens(
    marta: httpx.AsyncClient, time: Time
) -> None:
    assert [await outcome(marta, password="x") for _ in range(6)] == [*["wrong"] * 5, "wait"]
    assert await outcome(marta) == "wait"
    assert await outcome(marta, email="other@example.com") == "wrong"
    time.now += timedelta(seconds=5)
    assert await outcome(marta) == "inside"


async def test_a_stranger_who_guesses_does_not_keep_the_person_out(
    marta: httpx.AsyncClient, time: Time
) -> None:
    routes = auth.routes()
    async with browser(routes, peer="10.0.0.9") as stranger, browser(routes) as marta:
        for _ in range(12):
            time.now += timedelta(minutes=15)
            await enter(stranger, password="x")
        assert await outcome(stranger) == "throttled"
        assert await outcome(marta) == "inside"


async def test_an_e_mail_that_nobody_has_is_slowed_down_alike(
    marta: httpx.AsyncClient, time: Time
) -> None:
    answers = [await outcome(marta, email="nobody@example.com") for _ in range(6)]
    assert answers == [*["wrong"] * 5, "wait"]


async def test_spraying_from_one_network_is_slowed_down_whatever_else_is_done_there(
    runtime: Runtime, time: Time
) -> None:
    routes = auth.routes()
    async with (
        browser(routes, peer="2001:db8::1") as one,
        browser(routes, peer="2001:db8::2") as same,
        browser(routes, peer="2001:db8:0:1::1") as other,
    ):
        for number in range(30):
            assert await outcome(one, email=f"{number}@x.it") == "wrong"
            assert number == 29 or await outcome(one) == "inside"
        assert await outcome(one, email="last@x.it") == "wait"
        assert await outcome(same, email="last@x.it") == "wait"
        assert await outcome(other, email="last@x.it") == "wrong"


async def test_what_a_client_says_of_its_address_counts_only_behind_a_proxy_of_ours(
    sqlite: Database, tmp_path: Path, time: Time
) -> None:
    async with running(sqlite, tmp_path, trusted_proxy_hops=1), browser(auth.routes()) as marta:
        for number in range(30):
            marta.headers["x-forwarded-for"] = f"10.9.8.{number}, 192.0.2.7"
            await enter(marta, email=f"{number}@x.it")
        assert await outcome(marta, email="a@x.it") == "wait"
        marta.headers["x-forwarded-for"] = "192.0.2.7, 192.0.2.8"
        assert await outcome(marta, email="a@x.it") == "wrong"


async def test_the_right_password_clears_the_count(marta: httpx.AsyncClient, time: Time) -> None:
    for _ in range(3):
        assert [await outcome(marta, password="x") for _ in range(4)] == ["wrong"] * 4
        assert await outcome(marta) == "inside"


@pytest.mark.parametrize("path", ["sign-in", "sign-out", "setup", "preferences"])
async def test_a_form_of_another_site_is_refused(marta: httpx.AsyncClient, path: str) -> None:
    await enter(marta)
    for origin in ("https://evil.example", "null", "http://localhost:8001"):
        answer = await marta.post(f"/auth/{path}", headers={"origin": origin}, data={})
        assert answer.status_code == 403
    assert await sessions.signed_in(cookies(marta)) is not None


async def test_a_browser_that_hides_the_origin_is_believed_only_about_its_own_site(
    marta: httpx.AsyncClient,
) -> None:
    del marta.headers["origin"]
    marta.headers["sec-fetch-site"] = "cross-site"
    assert (await enter(marta)).status_code == 403
    marta.headers["sec-fetch-site"] = "same-origin"
    assert (await enter(marta)).status_code == 303


async def test_a_form_too_large_is_refused(marta: httpx.AsyncClient) -> None:
    assert (await enter(marta, password="x" * 40_000)).status_code == 413


@pytest.mark.parametrize("path", ["sign-in", "sign-out", "setup", "preferences"])
async def test_a_form_that_stays_half_sent_is_given_up(
    marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    async def half_sent() -> AsyncIterator[bytes]:
        yield b"email="
        await asyncio.Event().wait()

    monkeypatch.setattr(forms, "_BODY", BodyReader(100, seconds=0.01))
    assert (await marta.post(f"/auth/{path}", content=half_sent())).status_code == 408


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
    await _change_session(runtime, seen_at=now - unseen, created_at=now - age)
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
    await _change_session(runtime, seen_at=before, created_at=before)
    await sessions.signed_in(cookies(marta))
    assert clock.real_now() - await _seen_at(runtime) < timedelta(minutes=1)
    recent = clock.real_now() - timedelta(minutes=4)
    await _change_session(runtime, seen_at=recent)
    await sessions.signed_in(cookies(marta))
    assert await _seen_at(runtime) == recent


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


async def _change_session(runtime: Runtime, **columns: datetime) -> None:
    async with runtime.database.transaction() as session:
        await session.exec(update(Session).where(col(Session.id) > 0).values(**columns))
    sessions._known.clear()


async def _seen_at(runtime: Runtime) -> datetime:
    async with runtime.database.reading() as session:
        return (await session.exec(select(Session.seen_at))).one()


SETUP = {
    "account": "Case del Sole",
    "name": "Marta",
    "email": MARTA,
    "password": PASSWORD,
    "timezone": "Europe/Rome",
    "language": "it",
    "country": "IT",
}


async def test_the_first_account_is_made_once_and_its_admin_is_inside(
    sqlite: Database, tmp_path: Path
) -> None:
    async with running(sqlite, tmp_path) as runtime, browser(auth.routes()) as marta:
        answer = await marta.post("/auth/setup", data=SETUP)
        assert answer.headers["location"] == "/"
        who = await sessions.signed_in(cookies(marta))
        assert who is not None
        assert who.role == "admin"
        second = await marta.post("/auth/setup", data=SETUP | {"email": "other@example.com"})
        assert second.headers["location"] == "/login"
        async with runtime.database.reading() as session:
            assert len((await session.exec(select(Account))).all()) == 1


@pytest.mark.postgresql("many at once")
async def test_of_many_first_accounts_at_once_one_is_made(
    database: Database, tmp_path: Path
) -> None:
    async with running(database, tmp_path) as runtime, browser(auth.routes()) as marta:
        answers = await asyncio.gather(
            *(marta.post("/auth/setup", data=SETUP | {"email": f"{n}@x.it"}) for n in range(4))
        )
        assert sorted(one.headers["location"] for one in answers) == ["/", *["/login"] * 3]
        async with runtime.database.reading() as session:
            assert len((await session.exec(select(Account))).all()) == 1


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"account": " "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"password": "short"}, "password"),
        ({"timezone": "Europe/Nowhere"}, "timezone"),
        ({"language": "!!"}, "language"),
        ({"country": "XX"}, "country"),
    ],
)
async def test_a_first_account_with_a_mistake_is_refused_and_keeps_what_was_typed(
    sqlite: Database, tmp_path: Path, wrong: dict[str, str], error: str
) -> None:
    async with running(sqlite, tmp_path) as runtime, browser(auth.routes()) as marta:
        answer = await marta.post("/auth/setup", data=SETUP | wrong)
        assert answer.headers["location"] == f"/setup?error={error}"
        kept = form_flash.unseal(runtime.vault, marta.cookies[form_flash.COOKIE])
        assert kept == {name: (SETUP | wrong)[name] for name in SETUP if name != "password"}


class Away:
    """A database that cannot be reached."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        raise self._error
        yield

    transaction = reading


FAULTS = {
    "locked": OperationalError("", {}, Exception("database is locked")),
    "full": OperationalError("", {}, Exception("database or disk is full")),
    "busy": SQLAlchemyTimeoutError("no connection was free"),
    "slow": TimeoutError(),
    "disk": OSError(28, "No space left on device"),
}


@contextmanager
def away(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, error: Exception) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr("inbox_app.runtime._current", replace(runtime, database=Away(error)))
        yield


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("form", ["sign-in", "setup", "sign-out", "preferences"])
async def test_a_form_that_meets_a_fault_is_answered_by_a_sentence_and_the_way_back(
    runtime: Runtime,
    marta: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    fault: str,
) -> None:
    await enter(marta)
    sessions._known.clear()
    given = SETUP | {"next": "/templates", "csrf": "x"}
    with away(runtime, monkeypatch, FAULTS[fault]):
        marta.headers["accept-language"] = "es"
        answer = await marta.post(f"/auth/{form}", data=given)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.headers["content-type"].startswith("text/html")
    assert "El servidor tiene un problema. Inténtalo de nuevo en un minuto." in answer.text
    assert '<html lang="es">' in answer.text
    back = {"sign-in": "/login?next=%2Ftemplates", "setup": "/setup", "preferences": "/templates"}
    assert f'href="{back.get(form, "/")}"' in answer.text
    assert PASSWORD not in answer.text
    if form in {"sign-in", "setup"}:
        kept = form_flash.unseal(runtime.vault, marta.cookies[form_flash.COOKIE])
        assert kept["email"] == MARTA
        assert "password" not in kept


async def test_while_others_write_nobody_waits_long_to_sign_in(
    runtime: Runtime, marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as impatient:
        async with runtime.database.transaction():
            impatient.setattr(database_module, "LOCK_TIMEOUT_SECONDS", 0.05)
            answer = await enter(marta)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert await outcome(marta) == "inside"


async def test_while_others_write_who_is_inside_stays_inside(
    runtime: Runtime, marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enter(marta)
    long_ago = clock.real_now() - timedelta(days=1)
    await _change_session(runtime, seen_at=long_ago)
    monkeypatch.setattr(sessions, "_NOTING_SECONDS", 0.01)
    async with runtime.database.transaction():
        assert await sessions.signed_in(cookies(marta)) is not None
    assert await _seen_at(runtime) == long_ago


async def test_a_form_that_crashes_is_answered_by_a_sentence_too(
    runtime: Runtime,
    marta: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with away(runtime, monkeypatch, ZeroDivisionError("on purpose")):
        answer = await enter(marta)
    assert answer.status_code == 500
    assert "Il server ha un problema. Riprova fra un minuto." in answer.text
    assert "on purpose" in caplog.text
    assert "on purpose" not in answer.text


async def test_a_form_out_of_date_says_how_to_go_on_in_the_persons_language(
    marta: httpx.AsyncClient,
) -> None:
    await enter(marta)
    answer = await marta.post("/auth/sign-out", data={"csrf": "x"})
    assert answer.status_code == 403
    assert "Torna indietro, ricarica la pagina e riprova." in answer.text


UNSTORABLE = [
    "\0",
    "m\0@x.it",
    "a\u2028b@x.it",
    "é" * 400 + "@x.it",
    "\ud800".encode("utf-8", "replace").decode(),
]


@pytest.mark.postgresql("what a text may hold")
@pytest.mark.parametrize("email", UNSTORABLE)
async def test_an_e_mail_that_can_be_nobodys_is_wrong_like_any_other(
    database: Database, tmp_path: Path, email: str
) -> None:
    async with running(database, tmp_path), browser(auth.routes()) as marta:
        await make_account(database)
        assert await outcome(marta, email=email) == "wrong"


@pytest.mark.postgresql("what a text may hold")
async def test_names_lose_what_no_database_keeps(database: Database, tmp_path: Path) -> None:
    async with running(database, tmp_path) as runtime, browser(auth.routes()) as marta:
        named = SETUP | {"account": "Case\0 del\tSole", "name": "Mar\0ta", "password": "\0" * 8}
        assert (await marta.post("/auth/setup", data=named)).headers["location"] == "/"
        async with runtime.database.reading() as session:
            assert (await session.exec(select(Account.name))).one() == "Case del Sole"
            assert (await session.exec(select(User.name))).one() == "Marta"
