"""What the API tells strangers, other companies, and whoever makes a mistake."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest

from inbox_app import clock
from inbox_app.api.body import BodyReader, InFlight
from inbox_app.api.v1 import app as api_v1
from inbox_app.api.v1.gate.middleware import MAX_BODY, ApiMiddleware
from inbox_app.database import database
from inbox_app.services.accounts import api_keys
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support.patience import PATIENCE
from tests.support.servers.routes_app import browser

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("its statements")
async def test_another_companys_ids_answer_as_if_they_did_not_exist(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    await on_each.pms.put("/actors/g-1", json={"kind": "guest", "name": "Ada"})
    text = {"text": "Ciao"}
    nothing = [
        await on_each.other.get(f"/conversations/{opened}"),
        await on_each.other.get(f"/conversations/{opened}/messages"),
        await on_each.other.post(f"/conversations/{opened}/messages", json=text),
        await on_each.other.get("/actors/g-1"),
        await on_each.other.delete("/actors/g-1"),
    ]
    for answer in nothing:
        assert_problem(answer, 404, "not-found")
    assert (await on_each.other.get("/conversations")).json()["items"] == []
    assert (await on_each.other.get("/actors")).json()["items"] == []
    refused = await on_each.other.post("/conversations", json={"actor": "g-1"})
    assert_problem(refused, 422, "actor")
    assert (await on_each.pms.get("/actors/g-1")).json()["archived"] is False


@pytest.mark.parametrize("id_", ["0", "-1", "abc", "9" * 30, "1e3", "%00", "١"])
async def test_an_id_that_can_be_nobodys_is_not_found(here: Installation, id_: str) -> None:
    assert_problem(await here.pms.get(f"/conversations/{id_}"), 404, "not-found")


@pytest.mark.parametrize("given", [None, "", "Bearer", "Bearer x", "Basic eDp4"])
async def test_without_a_valid_key_nothing_is_told(here: Installation, given: str | None) -> None:
    del here.pms.headers["authorization"]
    headers = {} if given is None else {"authorization": given}
    for path in ("/conversations", "/actors", "/nothing/here"):
        answer = await here.pms.get(path, headers=headers)
        assert_problem(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_revoked_key_opens_nothing(here: Installation) -> None:
    assert (await here.pms.get("/actors")).status_code == 200
    async with here.runtime.database.transaction() as session:
        assert await api_keys.revoke(session, 1, clock.real_now())
    assert_problem(await here.pms.get("/actors"), 401, "unauthorized")
    assert (await here.other.get("/actors")).status_code == 200


async def test_every_error_is_a_problem(here: Installation) -> None:
    pms = here.pms
    assert_problem(await pms.get("/nothing"), 404, "not-found")
    assert_problem(await pms.patch("/conversations"), 405, "method-not-allowed")
    assert_problem(await pms.get("/conversations?limit=101"), 422, "invalid")
    assert_problem(await pms.get("/conversations?cursor=x"), 400, "cursor")
    assert_problem(await pms.post("/conversations", content=b"{"), 422, "invalid")
    assert_problem(
        await pms.post("/conversations", content=b"x" * (MAX_BODY + 1)), 413, "too-large"
    )
    empty = await pms.post("/conversations", json={}, headers={"idempotency-key": " " * 300})
    assert_problem(empty, 400, "idempotency-key")


async def test_what_was_given_is_not_repeated_in_a_refusal(here: Installation) -> None:
    secret = {"kind": "nobody", "name": "Ada", "phones": ["+39 347 1234567"], "secret": "text"}
    answer = await here.pms.put("/actors/g-1", json=secret)
    assert_problem(answer, 422, "invalid")
    assert "347" not in answer.text
    assert '"text"' not in answer.text


async def test_the_description_needs_no_key_and_nothing_from_elsewhere(
    here: Installation,
) -> None:
    del here.pms.headers["authorization"]
    described = (await here.pms.get("/openapi.json")).json()
    assert {"/conversations", "/actors/{external_id}"} <= set(described["paths"])
    page = await here.pms.get("/docs")
    assert "GET /conversations/{id}/messages" in page.text
    assert "<script" not in page.text
    assert "//" not in page.text.replace("http://localhost", "")
    assert (await here.pms.get("/docs.css")).headers["content-type"].startswith("text/css")


async def half_sent() -> AsyncIterator[bytes]:
    yield b"{"
    await asyncio.Event().wait()


async def test_without_a_key_no_body_is_read(here: Installation) -> None:
    del here.pms.headers["authorization"]
    async with asyncio.timeout(PATIENCE):
        answer = await here.pms.post("/conversations", content=half_sent())
    assert_problem(answer, 401, "unauthorized")


async def test_a_body_is_waited_for_and_held_only_within_bounds(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = BodyReader(MAX_BODY, seconds=0.01, in_flight=InFlight(max_bytes=1000))
    monkeypatch.setattr(api_v1, "ApiMiddleware", partial(ApiMiddleware, body=narrow))
    async with browser(api_v1.routes(), "http://localhost:8000") as pms:
        pms.headers["authorization"] = here.pms.headers["authorization"]
        path = "/api/v1/conversations"
        slow = await pms.post(path, content=half_sent())
        assert_problem(slow, 408, "too-slow")
        large = await pms.post(path, content=b" " * 100_000)
        assert_problem(large, 503, "busy")
        assert large.headers["retry-after"] == "5"
        assert_problem(await pms.post(path, json={}), 422, "invalid")


async def test_while_others_write_a_write_is_asked_to_come_again_and_a_read_is_answered(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = {"kind": "guest", "name": "Ada"}
    calls = {"plain": {}, "once": {"idempotency-key": "k"}}
    async with here.runtime.database.transaction():
        with monkeypatch.context() as impatient:
            impatient.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
            for headers in calls.values():
                answer = await here.pms.put("/actors/g-1", json=ada, headers=headers)
                assert_problem(answer, 503, "unavailable")
                assert answer.headers["retry-after"] == "5"
            assert (await here.pms.get("/actors")).status_code == 200
    again = await here.pms.put("/actors/g-1", json=ada, headers=calls["once"])
    assert again.status_code == 201
