"""Connecting a number: what Meta must say first, and one number for one account."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.numbers import read_number
from inbox_app.channels.whatsapp.graph.tokens import SCOPES
from inbox_app.database import Database
from inbox_app.models import Connection, ConnectionState, EventState, InboundEvent
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.check_number import Wanted, check_number
from inbox_app.services.connecting.connect import ConnectError, Contract, Number, Secrets
from tests.support.factories import PHONE_NUMBER_ID, WABA_ID, World, add, make_account

pytestmark = pytest.mark.anyio

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


async def check(meta: Callable[[httpx.Request], httpx.Response], app_id: str = "77") -> Number:
    async with httpx.AsyncClient(transport=httpx.MockTransport(meta)) as http:
        graph = GraphClient(http, "https://graph.example", "v25.0", "a token")
        wanted = Wanted(
            phone_number_id="1", waba_id="2", token="a token", pin="123456", app_id=app_id
        )
        return await check_number(graph, wanted)


async def test_a_number_in_use_is_read_and_subscribed_and_not_registered_again() -> None:
    meta = Meta()
    number = await check(meta)
    details = number.details
    assert (details.display, details.verified_name) == ("+39 0541 555100", "Case del Sole")
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
    told: dict[str, Any], registers: bool
) -> None:
    meta = Meta(**{"GET 1": (200, told)})
    assert (await check(meta)).registered is registers
    assert ("POST 1/register" in meta.asked) is registers
    if registers:
        body = {"messaging_product": "whatsapp", "pin": "123456"}
        assert meta.bodies["POST 1/register"] == body


@pytest.mark.parametrize(
    "unhelpful",
    [UNKNOWN, (400, {"error": {"message": "?", "code": 100}}), (500, {}), refused(200, "no")],
)
async def test_a_graph_that_tells_nothing_of_tokens_or_numbers_connects_all_the_same(
    unhelpful: Answer,
) -> None:
    meta = Meta(**{"GET debug_token": unhelpful, "GET 2/phone_numbers": unhelpful})
    assert (await check(meta)).details.display == "+39 0541 555100"


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
    answers: dict[str, Answer], step: str, says: str
) -> None:
    meta = Meta(**answers)
    with pytest.raises(ConnectError) as failed:
        await check(meta)
    assert step in str(failed.value)
    assert says in str(failed.value)
    assert "a token" not in str(failed.value).replace("Make a system user's token", "")


async def test_a_network_that_is_down_is_said_so() -> None:
    def down(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(ConnectError, match="Meta can't be reached"):
        await check(down)


def number(phone_number_id: str = PHONE_NUMBER_ID) -> Number:
    return Number(
        phone_number_id=phone_number_id,
        waba_id=WABA_ID,
        details=read_number(
            {"display_phone_number": "+39 0541 555100", "verified_name": "Case del Sole"}
        ),
    )


async def record(
    database: Database, account_id: int, now: datetime, phone_number_id: str = PHONE_NUMBER_ID
) -> int:
    async with database.transaction() as session:
        made = await connect.record(
            session,
            account_id,
            number(phone_number_id),
            Secrets(token="encrypted"),
            Contract(accepted_at=now),
            now,
        )
        await session.flush()
        return made.connection_id


async def test_a_second_number_is_refused_with_a_sentence(
    database: Database, world: World, now: datetime
) -> None:
    with pytest.raises(ConnectError, match="exactly one number"):
        await record(database, world.account_id, now, "another")


async def test_a_number_of_another_account_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    with pytest.raises(ConnectError, match="another account"):
        await record(database, other, now)


async def test_nobodys_account_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(ConnectError, match="no such account"):
        await record(database, 4711, now)


async def test_of_two_numbers_at_once_one_is_connected(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
    attempts = (record(database, account, now, str(attempt)) for attempt in range(5))
    ends = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(end, int) for end in ends) == 1
    refusals = [end for end in ends if not isinstance(end, int)]
    assert all(isinstance(end, ConnectError) for end in refusals)
    assert all("exactly one number" in str(end) for end in refusals)


async def test_connecting_the_same_number_again_renews_its_row(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        row = await session.get_one(Connection, world.connection_id)
        row.state, row.state_reason = ConnectionState.CREDENTIALS_REFUSED, "expired"
        session.add(row)
    assert await record(database, world.account_id, now) == world.connection_id
    async with database.reading() as session:
        number = await active_number(session, world.account_id)
    assert number is not None
    row = number.connection
    assert (row.state, row.state_reason) == (ConnectionState.ACTIVE, "")
    assert (row.credentials_encrypted, number.contract_accepted_at) == ("encrypted", now)


async def test_after_disconnecting_another_number_may_come_and_the_first_come_back(
    database: Database, world: World, now: datetime
) -> None:
    for phone_number_id in ("another", PHONE_NUMBER_ID):
        async with database.transaction() as session:
            await connect.disconnect(session, world.account_id, now)
        await record(database, world.account_id, now, phone_number_id)
    async with database.reading() as session:
        rows = (await session.exec(select(Connection).order_by(col(Connection.id)))).all()
    assert [(row.external_id, row.state) for row in rows] == [
        (PHONE_NUMBER_ID, ConnectionState.ACTIVE),
        ("another", ConnectionState.DISCONNECTED),
    ]
    assert rows[1].credentials_encrypted == ""


async def test_disconnecting_what_is_not_connected_is_refused(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
        with pytest.raises(ConnectError, match="no connected number"):
            await connect.disconnect(session, account, now)


async def test_events_that_waited_for_the_number_are_taken_up_again(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
        for waited_for in (PHONE_NUMBER_ID, "somebody else's"):
            await add(
                session,
                InboundEvent(
                    channel=WHATSAPP,
                    body=b"{}",
                    state=EventState.FAILED,
                    unknown_endpoint=waited_for,
                    received_at=now,
                ),
            )
    await record(database, account, now)
    async with database.reading() as session:
        states = (
            await session.exec(select(InboundEvent.state).order_by(col(InboundEvent.id)))
        ).all()
    assert states == [EventState.RECEIVED, EventState.FAILED]
