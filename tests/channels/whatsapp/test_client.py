"""The Graph API's client against a Meta that misbehaves."""

import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.graph.client import (
    GraphClient,
    GraphError,
    GraphRefusedError,
    OutcomeUnknownError,
    RequestNotSentError,
)
from inbox_app.domain.delivery.failures import Remedy

pytestmark = pytest.mark.anyio

TOKEN = "EAAGm0PX4ZCpsBA"
NUMBER = "106540352242922"
TEXT = messages.text("Ciao", wa_id="393471234567", opaque="42")
SENT = {"messages": [{"id": "wamid.1"}], "contacts": [{"wa_id": "393471234567"}]}
HTML = {"content-type": "text/html"}

Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def client(handler: Handler, token: str = TOKEN) -> GraphClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return GraphClient(http, "https://graph.example/", "v25.0").for_token(token)


def answering(status: int, **response: Any) -> GraphClient:
    return client(lambda _request: httpx.Response(status, **response))


def failing(error: type[httpx.HTTPError]) -> GraphClient:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error(f"quoting {TOKEN}")

    return client(handler)


async def test_a_message_is_sent_once_and_carries_the_token_in_its_header() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=SENT)

    result = await client(handler).send_message(NUMBER, TEXT)
    assert result.provider_id == "wamid.1"
    (request,) = seen
    assert request.method == "POST"
    assert str(request.url) == f"https://graph.example/v25.0/{NUMBER}/messages"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert json.loads(request.content) == TEXT


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError],
)
async def test_what_never_left_may_be_repeated(error: type[httpx.HTTPError]) -> None:
    with pytest.raises(RequestNotSentError):
        await failing(error).send_message(NUMBER, TEXT)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout,
        httpx.WriteTimeout,
        httpx.ReadError,
        httpx.WriteError,
        httpx.RemoteProtocolError,
        httpx.DecodingError,
    ],
)
async def test_what_may_have_left_is_unknown(error: type[httpx.HTTPError]) -> None:
    with pytest.raises(OutcomeUnknownError):
        await failing(error).send_message(NUMBER, TEXT)


@pytest.mark.parametrize(
    ("status", "response"),
    [
        (200, {"text": "<html>", "headers": HTML}),
        (200, {"content": b""}),
        (200, {"json": []}),
        (200, {"json": {"messages": []}}),
        (200, {"json": {"success": True}}),
        (204, {}),
        (500, {"text": "<html>", "headers": HTML}),
        (502, {"text": "<html>", "headers": HTML}),
        (504, {"content": b""}),
        (502, {"json": {"message": "upstream"}}),
    ],
)
async def test_an_answer_that_is_not_meta_s_leaves_a_send_unknown(
    status: int, response: dict[str, Any]
) -> None:
    with pytest.raises(OutcomeUnknownError):
        await answering(status, **response).send_message(NUMBER, TEXT)


@pytest.mark.parametrize(
    ("status", "response", "outcome"),
    [
        (400, {"json": {"error": {"code": 131047}}}, Remedy.WINDOW_CLOSED),
        (401, {"json": {"error": {"code": 190}}}, Remedy.RECONNECT),
        (500, {"json": {"error": {"code": 131000}}}, Remedy.RETRY),
        (503, {"json": {"error": {"code": 2}}}, Remedy.RETRY),
        (200, {"json": {"error": {"code": 131026}}}, Remedy.UNDELIVERABLE),
        (503, {"text": "<html>", "headers": HTML}, Remedy.RETRY),
        (429, {"text": "slow down"}, Remedy.RETRY),
        (403, {"text": "<html>", "headers": HTML}, Remedy.INVALID),
        (302, {"headers": {"location": "https://elsewhere.example"}}, Remedy.INVALID),
    ],
)
async def test_a_refusal_says_what_to_do(
    status: int, response: dict[str, Any], outcome: Remedy
) -> None:
    with pytest.raises(GraphRefusedError) as refused:
        await answering(status, **response).send_message(NUMBER, TEXT)
    assert refused.value.answer.remedy is outcome


async def test_meta_s_wish_to_wait_is_heard() -> None:
    with pytest.raises(GraphRefusedError) as refused:
        await answering(429, headers={"Retry-After": "30"}).send_message(NUMBER, TEXT)
    assert refused.value.answer.retry_after == 30


FAULTS = [
    failing(httpx.ReadTimeout),
    failing(httpx.ConnectError),
    failing(httpx.LocalProtocolError),
    answering(401, json={"error": {"code": 190, "message": f"Malformed access token {TOKEN}"}}),
    client(lambda _request: httpx.Response(200, json=SENT), token=f"{TOKEN}\nè"),
]


@pytest.mark.parametrize("graph", FAULTS)
async def test_a_token_shows_nowhere(graph: GraphClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(GraphError) as raised:
        await graph.send_message(NUMBER, TEXT)
    error = raised.value
    shown = "".join(traceback.format_exception(error)) + repr(vars(error)) + caplog.text
    assert TOKEN not in shown
    assert TOKEN not in repr(vars(graph))


async def test_secrets_in_queries_stay_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    graph = answering(200, json={"access_token": "EAAnew"})
    assert await graph.exchange_code("app", "s3cret", "c0de") == "EAAnew"
    await graph.debug_token("inspected")
    assert "oauth/access_token" in caplog.text
    for secret in ("s3cret", "c0de", "inspected", "EAAnew"):
        assert secret not in caplog.text


async def test_a_retired_version_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    graph = answering(200, json={"id": "1"}, headers={"X-Ad-Api-Version-Warning": "v25.0 retired"})
    await graph.get_phone_number("1")
    await graph.get_phone_number("1")
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        "Graph API: v25.0 retired"
    ]


async def test_all_pages_of_numbers_are_read_and_the_last_cursor_is_not_followed() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        after = request.url.params.get("after")
        page: dict[str, Any] = {"data": [{"id": after or "first"}]}
        page["paging"] = dict[str, Any](cursors={"after": "second"})
        if after is None:
            page["paging"]["next"] = "https://graph.example/next"
        return httpx.Response(200, json=page)

    numbers = await client(handler).list_phone_numbers("102290129340398")
    assert [number["id"] for number in numbers] == ["first", "second"]


async def test_an_exchange_without_a_token_is_no_success() -> None:
    with pytest.raises(OutcomeUnknownError):
        await answering(200, json={}).exchange_code("app", "secret", "code")


async def test_an_empty_list_has_no_paging() -> None:
    assert await answering(200, json={"data": []}).list_phone_numbers("1") == []


async def test_the_other_calls_go_where_meta_wants_them() -> None:
    seen: list[tuple[str, str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.path, json.loads(request.content or b"null")))
        return httpx.Response(200, json={"success": True, "data": {"is_valid": True}})

    graph = client(handler)
    await graph.mark_read("1", "wamid.IN", typing=True)
    await graph.subscribe_app("2")
    await graph.register("1", "123456")
    await graph.get_phone_number("1")
    assert await graph.debug_token("t") == {"is_valid": True}
    assert seen == [
        ("POST", "/v25.0/1/messages", messages.mark_read("wamid.IN", typing=True)),
        ("POST", "/v25.0/2/subscribed_apps", None),
        ("POST", "/v25.0/1/register", {"messaging_product": "whatsapp", "pin": "123456"}),
        ("GET", "/v25.0/1", None),
        ("GET", "/v25.0/debug_token", None),
    ]
