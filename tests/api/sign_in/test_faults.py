"""A form that meets a fault is answered by a sentence and the way back."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as SQLAlchemyTimeoutError
from sqlmodel import select

from inbox_app import clock, form_flash, sessions
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.database import database as database_module
from inbox_app.models import Account, User
from inbox_app.runtime import Runtime
from tests.api.sign_in.forms import SETUP, change_session, cookies, enter, outcome, seen_at
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio


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
    await change_session(runtime, seen_at=long_ago)
    monkeypatch.setattr(sessions, "_NOTING_SECONDS", 0.01)
    async with runtime.database.transaction():
        assert await sessions.signed_in(cookies(marta)) is not None
    assert await seen_at(runtime) == long_ago


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
