"""What Meta must say before a number is connected at the command line, and each refusal's words."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from inbox_app.channels.whatsapp.graph.tokens import SCOPES
from inbox_app.config import settings
from inbox_app.database import Database
from inbox_app.models import WhatsAppNumber
from inbox_app.sandbox.simulator.people import Number
from inbox_app.services.connecting.connect import ConnectError
from tests.support.connecting import ConnectHarness, connect_harness

pytestmark = pytest.mark.anyio


@pytest.fixture
async def harness(sqlite: Database, now: datetime, tmp_path: Path) -> AsyncIterator[ConnectHarness]:
    async with connect_harness(sqlite, now, tmp_path) as harness:
        yield harness


Answer = tuple[int, Any]

WELL: dict[str, Answer] = {
    "GET debug_token": (
        200,
        {"data": {"is_valid": True, "app_id": "77", "scopes": list(SCOPES)}},
    ),
    "GET 1": (
        200,
        {
            "id": "1",
            "display_phone_number": "+39 0541 555100",
            "verified_name": "Case del Sole",
            "status": "CONNECTED",
            "platform_type": "CLOUD_API",
        },
    ),
    "GET 2/phone_numbers": (200, {"data": [{"id": "1"}, {"id": "9"}]}),
    "POST 2/subscribed_apps": (200, {"success": True}),
    "POST 1/register": (200, {"success": True}),
}
UNKNOWN: Answer = (404, {"error": {"message": "Unknown path components", "code": 2500}})


def refused(code: int, message: str, http: int = 400) -> Answer:
    return http, {"error": {"message": message, "type": "OAuthException", "code": code}}


class Meta:
    """Answers as `WELL` says, changed by `answers`; remembers what it was asked."""

    def __init__(self, **answers: Answer) -> None:
        self.answers = WELL | {name.replace("__", " "): given for name, given in answers.items()}
        self.asked: list[str] = []
        self.bodies: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        call = f"{request.method} {request.url.path.removeprefix('/v25.0/')}"
        assert request.headers["authorization"] == "Bearer a token"
        self.asked.append(call)
        self.bodies[call] = json.loads(request.content or b"null")
        status, body = self.answers.get(call, UNKNOWN)
        return httpx.Response(status, json=body)


Say = Callable[[httpx.Request], httpx.Response]


async def check(harness: ConnectHarness, meta: Say, pin: str = "") -> WhatsAppNumber:
    """Of an installation that is the app 77, with ``meta`` in Meta's place."""
    app = {"meta_app_id": "77", "meta_app_secret": "s", "meta_graph_url": "https://graph.example"}
    runtime = replace(
        harness.runtime,
        settings=settings.load(None, secret_key="k" * 40, **app),
        http=httpx.AsyncClient(transport=httpx.MockTransport(meta)),
    )
    async with runtime.http:
        return await replace(harness, runtime=runtime).at_the_command_line(
            NUMBER, token="a token", pin=pin
        )


NUMBER = Number(phone_number_id="1", waba_id="2", display="+39 0541 555100")


async def test_a_number_in_use_is_read_and_subscribed_and_not_registered_again(
    harness: ConnectHarness,
) -> None:
    meta = Meta()
    made = (await check(harness, meta)).connection
    assert (made.display_address, made.display_name) == ("+39 0541 555100", "Case del Sole")
    assert meta.asked == [
        "GET debug_token",
        "GET 1",
        "GET 2/phone_numbers",
        "POST 2/subscribed_apps",
    ]


@pytest.mark.parametrize(
    ("told", "registers"),
    [
        ({"status": "PENDING", "platform_type": "NOT_APPLICABLE"}, True),
        ({"status": "DISCONNECTED"}, True),
        ({"platform_type": "NOT_APPLICABLE"}, True),
        ({"status": "CONNECTED", "platform_type": "NOT_APPLICABLE"}, False),
        ({"status": "PENDING", "is_on_biz_app": True}, False),
        ({}, False),
    ],
)
async def test_only_a_number_that_is_not_in_use_is_registered(
    harness: ConnectHarness, told: dict[str, Any], registers: bool
) -> None:
    meta = Meta(**{"GET 1": (200, told)})
    made = await check(harness, meta, pin="123456")
    assert (made.pin_encrypted != "") is registers
    assert ("POST 1/register" in meta.asked) is registers
    if registers:
        body = {"messaging_product": "whatsapp", "pin": "123456"}
        assert meta.bodies["POST 1/register"] == body


@pytest.mark.parametrize(
    "unhelpful",
    [UNKNOWN, (400, {"error": {"message": "?", "code": 100}}), (500, {}), refused(200, "no")],
)
async def test_a_graph_that_tells_nothing_of_tokens_or_numbers_connects_all_the_same(
    harness: ConnectHarness, unhelpful: Answer
) -> None:
    meta = Meta(**{"GET debug_token": unhelpful, "GET 2/phone_numbers": unhelpful})
    assert (await check(harness, meta)).connection.display_address == "+39 0541 555100"


def token(**told: Any) -> Answer:
    good = {"is_valid": True, "app_id": "77", "scopes": list(SCOPES)}
    return 200, {"data": good | told}


NARROW = [{"scope": SCOPES[1], "target_ids": ["5"]}]


@pytest.mark.parametrize(
    ("answers", "step", "says"),
    [
        ({"GET debug_token": token(is_valid=False)}, "checking the token", "not valid"),
        ({"GET debug_token": refused(190, "expired", 401)}, "checking the token", "expired"),
        ({"GET debug_token": token(scopes=[SCOPES[0]])}, "checking the token", SCOPES[1]),
        ({"GET debug_token": token(granular_scopes=NARROW)}, "checking the token", "this WABA"),
        ({"GET debug_token": token(app_id="78")}, "checking the token", "another app"),
        ({"GET 1": refused(100, "does not exist")}, "reading the number", "does not exist"),
        ({"GET 1": refused(190, "expired", 401)}, "reading the number", "system user"),
        ({"GET 1": (200, [])}, "reading the number", "no readable answer"),
        ({"GET 2/phone_numbers": (200, {"data": []})}, "finding the number", "do not include"),
        ({"POST 2/subscribed_apps": refused(200, "no access")}, "subscribing", "no access"),
        (
            {"GET 1": (200, {"status": "PENDING"}), "POST 1/register": refused(133005, "PIN")},
            "registering",
            "--pin",
        ),
    ],
)
async def test_a_failed_step_is_named_with_metas_reason_and_what_to_do(
    harness: ConnectHarness, answers: dict[str, Answer], step: str, says: str
) -> None:
    meta = Meta(**answers)
    with pytest.raises(ConnectError) as failed:
        await check(harness, meta)
    assert step in str(failed.value)
    assert says in str(failed.value)
    assert "a token" not in str(failed.value).replace("Make a system user's token", "")


async def test_a_network_that_is_down_is_said_so(harness: ConnectHarness) -> None:
    def down(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ConnectError, match="Meta can't be reached"):
        await check(harness, down)
