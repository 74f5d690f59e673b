"""The HTTP API as a property-management system uses it, and as a stranger might."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import delete, select

from inbox_app import clock
from inbox_app.api.v1 import app as api_v1
from inbox_app.api.v1.gate import MAX_BODY
from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.live import Change
from inbox_app.models import Conversation, CustomerWindow, IdempotentAnswer, Message, Outbox
from inbox_app.runtime import Runtime
from inbox_app.services import api_keys
from tests.at_the_door import browser, running
from tests.factories import (
    ADA_PHONE,
    PHONE_NUMBER_ID,
    World,
    add,
    make_account,
    make_world,
)

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True)
class Installation:
    """Two companies' systems, at one installation."""

    held: Runtime
    world: World
    pms: httpx.AsyncClient
    other: httpx.AsyncClient


@pytest.fixture
async def here(sqlite: Database, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(sqlite, tmp_path) as here:
        yield here


@pytest.fixture
async def on_each(database: Database, tmp_path: Path) -> AsyncIterator[Installation]:
    """The same on each kind of database: for what depends on it."""
    async with installation(database, tmp_path) as here:
        yield here


@asynccontextmanager
async def installation(database: Database, tmp_path: Path) -> AsyncIterator[Installation]:
    now = clock.now()
    async with running(database, tmp_path) as held:
        async with database.transaction() as session:
            world = await make_world(session, now)
            keys = [
                await _key(session, account)
                for account in (world.account_id, await make_account(session, now))
            ]
        routes = api_v1.routes()
        async with browser(routes) as pms, browser(routes) as other:
            for client, key in zip((pms, other), keys, strict=True):
                client.base_url = "http://localhost:8000/api/v1"
                client.headers["authorization"] = f"Bearer {key}"
            yield Installation(held, world, pms, other)


async def _key(session: Any, account_id: int) -> str:
    made = await api_keys.create(session, account_id, "PMS", clock.real_now())
    assert made is not None
    return made[1]


async def ada_writes(here: Installation, hours_ago: float = 1, text: str = "Ciao") -> str:
    """Ada's conversation, with one more message of hers; its id."""
    opened = (await here.pms.post("/conversations", json={"phone": ADA_PHONE})).json()["id"]
    at = (clock.now() - timedelta(hours=hours_ago)).replace(microsecond=0)
    async with here.held.database.transaction() as session:
        conversation = await session.get_one(Conversation, int(opened))
        message = await add(
            session,
            Message(
                account_id=here.world.account_id,
                conversation_id=conversation.id,
                connection_id=here.world.connection_id,
                provider_id=f"wamid.{text}",
                direction=Direction.IN,
                kind=MessageKind.TEXT,
                text=text,
                sent_at=at,
                created_at=clock.now(),
            ),
        )
        conversation.last_message_id, conversation.unread = message.id, conversation.unread + 1
        conversation.arrived_at = clock.now()
        session.add(conversation)
        await _open_window(session, here.world.account_id, conversation, at)
    return opened


async def _open_window(
    session: Any, account_id: int, conversation: Conversation, at: datetime
) -> None:
    assert conversation.address_id is not None
    found = (await session.exec(select(CustomerWindow))).first()
    window = found or CustomerWindow(
        account_id=account_id,
        phone_number_id=PHONE_NUMBER_ID,
        address_id=conversation.address_id,
        last_inbound_at=at,
    )
    window.last_inbound_at = at
    session.add(window)


def assert_problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"] == f"/api/v1/docs#{kind}"
    assert body["title"]
    assert body["detail"]
    return body


async def test_a_conversation_says_all_that_the_contract_promises(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    shown = (await on_each.pms.get(f"/conversations/{opened}")).json()
    last, closes = shown.pop("last_message_at"), shown["window"].pop("closes_at")
    assert datetime.fromisoformat(closes) - datetime.fromisoformat(last) == timedelta(hours=24)
    assert shown == {
        "id": opened,
        "channel": "whatsapp",
        "address": {
            "phone": ADA_PHONE,
            "wa_id": ADA_PHONE.removeprefix("+"),
            "user_id": None,
            "username": None,
        },
        "profile_name": None,
        "actor": {"external_id": None, "kind": "guest", "name": "Ada Bianchi"},
        "reservation": None,
        "unread": 1,
        "preview": "Ciao",
        "window": {"state": "open"},
        "control": "composer",
        "assigned_to": None,
        "archived": False,
        "group": False,
    }
    listed = (await on_each.pms.get("/conversations")).json()
    assert [one["id"] for one in listed["items"]] == [opened]


async def test_a_message_says_all_that_the_contract_promises(here: Installation) -> None:
    opened = await ada_writes(here)
    (message,) = (await here.pms.get(f"/conversations/{opened}/messages")).json()["items"]
    assert message.pop("id")
    assert message.pop("sent_at").endswith("Z")
    assert message.pop("created_at").endswith("Z")
    empty = ("media", "location", "contacts", "template", "reply_to", "unsupported", "status")
    assert message == {
        "conversation_id": opened,
        "direction": "in",
        "kind": "text",
        "text": "Ciao",
        "provider_id": "wamid.Ciao",
        "error": None,
        "origin": None,
    } | dict.fromkeys(empty)


async def test_a_text_is_queued_and_the_queue_woken(on_each: Installation) -> None:
    opened = await ada_writes(on_each)
    heard: list[Change] = []
    on_each.held.live.listen(heard.append)
    answer = await on_each.pms.post(f"/conversations/{opened}/messages", json={"text": "Benvenuta"})
    assert answer.status_code == 202
    queued = answer.json()
    assert (queued["text"], queued["status"], queued["origin"]) == ("Benvenuta", "queued", "api")
    assert heard == [Change(on_each.world.account_id, int(opened))]
    async with on_each.held.database.reading() as session:
        rows = (await session.exec(select(Outbox))).all()
    assert [str(row.message_id) for row in rows] == [queued["id"]]


async def test_a_text_after_the_window_closed_is_refused_with_the_control(
    here: Installation,
) -> None:
    opened = await ada_writes(here, hours_ago=25)
    answer = await here.pms.post(f"/conversations/{opened}/messages", json={"text": "Ancora?"})
    problem = assert_problem(answer, 409, "refused")
    assert (problem["control"], problem["reason"]) == ("send_template", "window_expired")
    async with here.held.database.reading() as session:
        assert (await session.exec(select(Outbox))).all() == []


@pytest.mark.parametrize(
    "body", [{"text": ""}, {"text": "  "}, {"text": "x" * 4097}, {}, {"template": "1"}, []]
)
async def test_what_is_no_text_is_refused(here: Installation, body: Any) -> None:
    opened = await ada_writes(here)
    answer = await here.pms.post(f"/conversations/{opened}/messages", json=body)
    assert_problem(answer, 422, "invalid")


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
    async with on_each.held.database.reading() as session:
        assert len((await session.exec(select(Outbox))).all()) == 1


async def test_an_idempotency_key_that_was_forgotten_still_sends_no_second_text(
    here: Installation,
) -> None:
    opened, key = await ada_writes(here), {"idempotency-key": "one"}
    path = f"/conversations/{opened}/messages"
    first = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    async with here.held.database.transaction() as session:
        await session.exec(delete(IdempotentAnswer))

    again = await here.pms.post(path, json={"text": "Benvenuta"}, headers=key)
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    async with here.held.database.transaction() as session:
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
        patch.setattr("inbox_app.services.send.queue_text", stumble)
        assert_problem(await here.pms.post(path, json=body, headers=key), 500, "internal")
    assert (await here.pms.post(path, json=body, headers=key)).status_code == 202


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
    async with here.held.database.transaction() as session:
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


@pytest.mark.parametrize(
    "place",
    ['["2026-01-01T00:00:00+00:00", true]', '["2026-01-01T00:00:00", 1]', "[1, 2]", 20_000 * "["],
    ids=["truth", "no zone", "numbers", "deep"],
)
async def test_a_cursor_that_is_not_ours_is_refused(on_each: Installation, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode()
    for path in ("/conversations", "/actors"):
        answer = await on_each.pms.get(path, params={"cursor": cursor})
        assert_problem(answer, 400, "cursor")


async def test_an_actor_that_no_database_can_hold_is_nobody(on_each: Installation) -> None:
    answer = await on_each.pms.post("/conversations", json={"actor": "x\x00"})
    assert_problem(answer, 422, "invalid")


async def test_lists_go_on_where_they_stopped(on_each: Installation) -> None:
    for number in range(5):
        await on_each.pms.post("/conversations", json={"phone": f"+39347000000{number}"})
        await on_each.pms.put(f"/actors/{number}", json={"kind": "guest", "name": f"N{number}"})
    opened = await ada_writes(on_each, text="uno")
    for text in ("due", "tre"):
        await ada_writes(on_each, text=text, hours_ago=0.5)
    for path, key, many in (
        ("/conversations", "id", 6),
        ("/actors", "external_id", 5),
        (f"/conversations/{opened}/messages", "text", 3),
    ):
        whole = (await on_each.pms.get(path)).json()
        assert whole["next_cursor"] is None
        one_by_one = [item[key] async for item in _pages(on_each.pms, path)]
        assert one_by_one == [item[key] for item in whole["items"]]
        assert len(one_by_one) == many
    assert one_by_one == ["tre", "due", "uno"]


async def _pages(pms: httpx.AsyncClient, path: str) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    while cursor is not None:
        parameters = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await pms.get(path, params=parameters)).json()
        for item in page["items"]:
            yield item
        cursor = page["next_cursor"]


async def test_an_actor_is_created_then_replaced_and_numbers_are_kept_as_given(
    on_each: Installation,
) -> None:
    given = {"kind": "guest", "name": " Ada  Bianchi", "phones": ["0039 333 1112223", "3471234567"]}
    created = await on_each.pms.put("/actors/g-1", json=given | {"language": "it", "country": "it"})
    assert created.status_code == 201
    assert created.json() == {
        "external_id": "g-1",
        "kind": "guest",
        "name": "Ada Bianchi",
        "phones": [
            {"raw": "0039 333 1112223", "e164": "+393331112223", "whatsapp": False},
            {"raw": "3471234567", "e164": None, "whatsapp": False},
        ],
        "email": None,
        "language": "it",
        "country": "IT",
        "archived": False,
    }
    replaced = await on_each.pms.put("/actors/g-1", json={"kind": "owner", "name": "Ada B."})
    assert replaced.status_code == 200
    shown = (await on_each.pms.get("/actors/g-1")).json()
    assert (shown["kind"], shown["phones"], shown["language"]) == ("owner", [], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"name": ""},
        {"name": 1},
        {"language": "!"},
        {"country": "ZZ"},
        {"phones": "1"},
    ],
)
async def test_an_actor_with_a_mistake_is_refused(
    here: Installation, wrong: dict[str, Any]
) -> None:
    answer = await here.pms.put("/actors/g-1", json={"kind": "guest", "name": "Ada"} | wrong)
    assert_problem(answer, 422, "invalid")


async def test_an_actor_may_be_put_back_as_it_was_shown(here: Installation) -> None:
    await here.pms.put("/actors/g-1", json={"kind": "guest", "name": "Ada"})
    shown = (await here.pms.get("/actors/g-1")).json()
    answer = await here.pms.put("/actors/g-1", json=shown | {"name": "Ada B.", "loyalty": 3})
    assert (answer.status_code, answer.json()) == (200, shown | {"name": "Ada B."})


async def test_an_archived_actor_leaves_the_list_and_comes_back(here: Installation) -> None:
    actor = {"kind": "guest", "name": "Ada"}
    await here.pms.put("/actors/g-1", json=actor)
    for _ in range(2):
        assert (await here.pms.delete("/actors/g-1")).status_code == 204
    assert (await here.pms.get("/actors")).json()["items"] == []
    assert (await here.pms.get("/actors/g-1")).json()["archived"] is True
    await here.pms.put("/actors/g-1", json=actor)
    assert (await here.pms.get("/actors/g-1")).json()["archived"] is False


async def test_an_actor_that_arrives_later_is_linked_to_the_conversation_that_waited(
    on_each: Installation,
) -> None:
    opened = (await on_each.pms.post("/conversations", json={"phone": "+39 333 1112223"})).json()
    assert opened["actor"] is None
    actor = {"kind": "guest", "name": "Bruno", "phones": ["+393331112223"]}
    await on_each.pms.put("/actors/b", json=actor)
    shown = (await on_each.pms.get(f"/conversations/{opened['id']}")).json()
    assert shown["actor"] == {"external_id": "b", "kind": "guest", "name": "Bruno"}


async def test_a_number_that_two_actors_have_is_nobodys(on_each: Installation) -> None:
    actor = {"kind": "guest", "name": "Bruno", "phones": ["+393331112223"]}
    await on_each.pms.put("/actors/b", json=actor)
    await on_each.pms.put("/actors/c", json=actor | {"name": "Carla"})
    opened = (await on_each.pms.post("/conversations", json={"phone": "+393331112223"})).json()
    assert opened["actor"] is None
    linked = (await on_each.pms.post("/conversations", json={"actor": "b"})).json()
    assert (linked["id"], linked["actor"]["external_id"]) == (opened["id"], "b")
    refused = await on_each.pms.post("/conversations", json={"actor": "c"})
    assert_problem(refused, 409, "number-of-another")


async def test_a_conversation_is_made_once_for_all_spellings_of_a_number(
    here: Installation,
) -> None:
    spellings = ("+55 11 8765-4321", "+55 11 98765-4321", "005511987654321")
    answers = [await here.pms.post("/conversations", json={"phone": one}) for one in spellings]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_of_many_conversations_with_one_number_at_once_one_is_made(
    on_each: Installation,
) -> None:
    phone = {"phone": "+393331112223"}
    answers = await asyncio.gather(
        *(on_each.pms.post("/conversations", json=phone) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_an_actor_without_a_number_has_one_conversation_that_waits(
    on_each: Installation,
) -> None:
    await on_each.pms.put("/actors/b", json={"kind": "supplier", "name": "Bruno"})
    made = await on_each.pms.post("/conversations", json={"actor": "b"})
    assert (made.status_code, made.json()["address"]) == (201, None)
    assert made.json()["control"] == "add_phone"
    again = await on_each.pms.post("/conversations", json={"actor": "b"})
    assert (again.status_code, again.json()["id"]) == (200, made.json()["id"])


@pytest.mark.parametrize("phone", ["3471234567", "+393", "abc", "", "+39 0541 555100"])
async def test_a_number_nobody_can_be_written_at_is_refused(here: Installation, phone: str) -> None:
    assert_problem(await here.pms.post("/conversations", json={"phone": phone}), 422, "phone")


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


async def test_a_list_costs_no_query_for_each_row(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for engine in {here.held.database._reader, here.held.database._writer}:
        event.listen(
            engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2])
        )
    costs: list[int] = []
    for number in range(6):
        await here.pms.post("/conversations", json={"phone": f"+39347000000{number}"})
        asked.clear()
        await here.pms.get("/conversations")
        costs.append(len(asked))
    assert costs[1:] == [costs[1]] * 5
