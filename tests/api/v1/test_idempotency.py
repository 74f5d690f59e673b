"""The same request twice over the API is done once."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import delete, select

from inbox_app.api.v1 import app as api_v1
from inbox_app.database import Database
from inbox_app.models import IdempotentAnswer, Outbox
from tests.api.two_companies import Installation, ada_writes, assert_problem

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("its statements")
async def test_the_same_idempotency_key_gives_the_same_answer_once_done(
    on_each: Installation,
) -> None:
    opened = await ada_writes(on_each)

    async def send(text: str) -> httpx.Response:
        key = {"idempotency-key": "one"}
        return await on_each.pms.post(
            f"/conversations/{opened}/messages", json={"text": text}, headers=key
        )

    answers = await asyncio.gather(*(send("Benvenuta") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    assert_problem(await send("Altro"), 409, "idempotency-key-reused")
    async with on_each.runtime.database.reading() as session:
        assert len((await session.exec(select(Outbox))).all()) == 1


async def test_an_idempotency_key_that_was_forgotten_still_sends_no_second_text(
    here: Installation,
) -> None:
    opened, key = await ada_writes(here), {"idempotency-key": "one"}
    path = f"/conversations/{opened}/messages"
    first = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    async with here.runtime.database.transaction() as session:
        await session.exec(delete(IdempotentAnswer))

    again = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    async with here.runtime.database.transaction() as session:
        await session.exec(delete(IdempotentAnswer))
    other = await here.pms.post(path, json={"text": "Altro"}, headers=key)
    assert_problem(other, 409, "idempotency-key-reused")


async def test_a_crash_is_a_problem_too_and_is_not_remembered(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, key = await ada_writes(here), {"idempotency-key": "one"}
    path, body = f"/conversations/{opened}/messages", {"text": "Benvenuta"}

    async def stumble(*_: object, **__: object) -> None:
        raise RuntimeError("not foreseen")

    with monkeypatch.context() as patch:
        patch.setattr("inbox_app.api.v1.conversations.messages.queue_text", stumble)
        assert_problem(await here.pms.post(path, json=body, headers=key), 500, "internal")
    assert (await here.pms.post(path, json=body, headers=key)).status_code == 202


async def test_an_answer_that_cannot_be_remembered_is_given_all_the_same(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done was done; done again it is the same."""
    opened, key = await ada_writes(here), {"idempotency-key": "one"}
    path, whole = f"/conversations/{opened}/messages", Database.transaction
    begun: list[Database] = []

    def once(database: Database) -> Any:
        if begun:
            raise OperationalError("", {}, Exception("database is locked"))
        begun.append(database)
        return whole(database)

    with monkeypatch.context() as patch:
        patch.setattr(Database, "transaction", once)
        first = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    again = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]


async def test_a_request_that_breaks_off_is_not_taken_for_a_whole_one(here: Installation) -> None:
    opened, key = await ada_writes(here), {"idempotency-key": "one"}
    request = here.pms.build_request(
        "POST", f"/conversations/{opened}/messages", json={"text": "Benvenuta"}, headers=key
    )
    [mount], heard, told = api_v1.routes(), list[Any](), list[Any]()
    heard += [
        {"type": "http.request", "body": b'{"text":', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        return heard.pop(0)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": request.url.path,
        "root_path": "/api/v1",
        "query_string": b"",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    await mount.app(scope, receive, send)

    assert told[0]["status"] == 400
    assert (await here.pms.send(request)).status_code == 202


async def test_one_companys_idempotency_key_is_nothing_to_another(here: Installation) -> None:
    actor = {"kind": "guest", "name": "Ada"}
    for client in (here.pms, here.other):
        answer = await client.put("/actors/g-1", json=actor, headers={"idempotency-key": "one"})
        assert answer.status_code == 201
