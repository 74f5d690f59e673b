"""E-mail and password open, and lead on; nothing else does (X1)."""

from pathlib import Path

import httpx
import pytest

from inbox_app import form_flash, sessions
from inbox_app.api.sign_in import auth, sign_in_guard
from inbox_app.database import Database
from inbox_app.runtime import Runtime
from tests.api.sign_in.forms import cookies, enter
from tests.support.servers.routes_app import MARTA, PASSWORD_HASH, browser, make_account, running

pytestmark = pytest.mark.anyio


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
