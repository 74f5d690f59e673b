"""In which language the pages speak to whom (X2, N3)."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from inbox_app import catalogues
from inbox_app.api import i18n, offline
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.models import Account, User
from inbox_app.runtime import Runtime
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as runtime:
        yield runtime


@pytest.fixture
async def marta(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with browser([*i18n.routes(), *auth.routes()]) as marta:
        yield marta


async def language(who: httpx.AsyncClient, accepted: str = "") -> str:
    answer = await who.get("/i18n/current.js", headers={"accept-language": accepted})
    assert answer.headers["content-type"].startswith("text/javascript")
    source = answer.text.removeprefix("window.inboxTexts = ").removesuffix(";\n")
    return json.loads(source)["language"]


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [
        ("", "it"),
        ("es", "es"),
        ("en-GB,en;q=0.9", "en"),
        ("de, fr;q=0.9, es;q=0.5", "es"),
        ("en;q=0.2, es;q=0.8", "es"),
        ("de", "it"),
        (";;q=x,,*", "it"),
    ],
)
async def test_strangers_are_spoken_to_as_their_browser_asks(
    marta: httpx.AsyncClient, accepted: str, spoken: str
) -> None:
    assert await language(marta, accepted) == spoken


async def test_the_company_comes_before_the_browser_when_it_is_the_only_one(
    runtime: Runtime, marta: httpx.AsyncClient
) -> None:
    await make_account(runtime.database)
    assert await language(marta, "en") == "it"
    await make_account(runtime.database, "Otra", "otra@example.com")
    assert await language(marta, "en") == "it"
    async with runtime.database.transaction() as session:
        other = Account.__table__.c.name == "Otra"  # pyright: ignore[reportAttributeAccessIssue]
        await session.exec(update(Account).where(other).values(language="es"))
    assert await language(marta, "en") == "en"


async def test_the_devices_choice_comes_before_the_company_and_the_persons_before_all(
    runtime: Runtime, marta: httpx.AsyncClient
) -> None:
    await make_account(runtime.database)
    await marta.post("/auth/preferences", data={"language": "en"})
    assert await language(marta) == "en"
    async with runtime.database.transaction() as session:
        await session.exec(update(User).values(language="es"))
    await marta.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
    assert await language(marta) == "es"


async def test_a_browser_asks_again_and_is_told_when_nothing_changed(
    marta: httpx.AsyncClient,
) -> None:
    first = await marta.get("/i18n/current.js")
    assert first.headers["cache-control"] == "private, no-cache"
    again = {"if-none-match": first.headers["etag"]}
    assert (await marta.get("/i18n/current.js", headers=again)).status_code == 304
    other = again | {"accept-language": "es"}
    assert (await marta.get("/i18n/current.js", headers=other)).status_code == 200


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_language_has_its_catalogue(language: str) -> None:
    assert catalogues.script(language).source.startswith("window.inboxTexts = {")


async def test_while_the_database_is_away_the_browser_still_decides(
    runtime: Runtime, marta: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "reading", Mock(side_effect=OperationalError("", {}, OSError())))
    assert await language(marta, "es") == "es"
    marta.cookies["sid"] = "somebody's"
    assert await language(marta, "en") == "en"


@pytest.mark.parametrize(
    ("accepted", "name"),
    [("it-IT", "Posta unificata"), ("en-GB", "Unified inbox"), ("es", "Bandeja unificada")],
)
async def test_the_name_on_a_home_screen_is_in_the_person_s_language(
    marta: httpx.AsyncClient, accepted: str, name: str
) -> None:
    answer = await marta.get("/manifest.webmanifest", headers={"accept-language": accepted})
    assert answer.headers["content-type"].startswith("application/manifest+json")
    assert answer.json()["name"] == name
    assert answer.json()["lang"] == await language(marta, accepted)
    assert answer.json()["start_url"] == "/"


async def test_what_is_shared_where_no_service_worker_takes_it_leads_to_the_inbox_that_says_so(
    marta: httpx.AsyncClient,
) -> None:
    """X1"""
    target = (await marta.get("/manifest.webmanifest")).json()["share_target"]
    async with browser(offline.routes()) as device:
        answer = await device.post(target["action"], files={"files": ("a.jpg", b"x")})
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?shared=1")
