"""Forms of other sites, too large ones and half sent ones are not read."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from inbox_app import sessions
from inbox_app.api import forms
from inbox_app.api.body import BodyReader
from tests.api.sign_in.forms import cookies, enter

pytestmark = pytest.mark.anyio


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
