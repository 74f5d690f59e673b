"""The first account of an installation is made once."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from inbox_app import form_flash, sessions
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.models import Account
from tests.api.sign_in.forms import SETUP, cookies
from tests.support.servers.routes_app import browser, running

pytestmark = pytest.mark.anyio


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
