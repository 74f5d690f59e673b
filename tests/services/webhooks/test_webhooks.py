"""What another system is told, from what happened to what it verifies (A3)."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.domain.webhooks import CHOOSABLE, DeliveryState, SwitchedOff, WebhookEventType
from inbox_app.jobs.webhook_worker import WebhookWorker
from inbox_app.models import Conversation, WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.runtime import Runtime
from inbox_app.services.webhooks import endpoints
from inbox_app.services.webhooks.endpoints import EndpointProblem, EndpointRefusedError
from inbox_app.services.webhooks.note_closing import note_closing
from tests.queries.conversations import begin, open_window, say
from tests.support.factories import ADA_PHONE, World, connection_of, make_account
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says
from tests.support.servers.routes_app import running

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("its statements")]

URL = "https://pms.example.com/hooks"


class Receiver:
    """Another system's end: what it heard, and what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.heard.append(request)
        return httpx.Response(self.status, stream=httpx.ByteStream(b"ok"))

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(request.content) for request in self.heard]

    def verified(self, secret: str) -> list[dict[str, Any]]:
        return [
            Webhook(secret).verify(request.content, dict(request.headers)) for request in self.heard
        ]


@asynccontextmanager
async def working(
    runtime: Runtime, receiver: Receiver, at: Callable[[], datetime] = real_now
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Tells what is due, once each time that it is called."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(receiver))

    async def tell() -> None:
        worker = WebhookWorker(runtime, client, now=at, real_now=at)
        await worker.pass_once()
        await worker._tasks.finish()

    async with client:
        yield tell


@pytest.fixture
async def runtime(database: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(database, tmp_path) as started:
        yield started


async def listen(runtime: Runtime, account_id: int, *events: WebhookEventType) -> tuple[int, str]:
    async with runtime.database.transaction() as session:
        made, secret = await endpoints.create_endpoint(
            session, account_id, URL, events or CHOOSABLE, real_now(), vault=runtime.vault
        )
    return made.id, secret


async def deliveries(runtime: Runtime) -> list[WebhookDelivery]:
    async with runtime.database.reading() as session:
        query = select(WebhookDelivery).order_by(col(WebhookDelivery.id))
        return list(await session.exec(query))


async def test_a_message_is_told_with_the_fields_of_the_api_and_a_signature(
    runtime: Runtime, world: World, now: datetime
) -> None:
    _, secret = await listen(runtime, world.account_id)
    await open_inbox(runtime.database).hear(says("C'è il forno?", "wamid.1", now), at=now)
    receiver = Receiver()
    async with working(runtime, receiver) as tell:
        await tell()
        await tell()
    (told,) = receiver.verified(secret)
    assert told["type"] == "message.received"
    assert datetime.fromisoformat(told["timestamp"]).tzinfo is not None
    assert (told["data"]["text"], told["data"]["direction"]) == ("C'è il forno?", "in")
    assert told["data"]["sent_at"].endswith("Z")
    with pytest.raises(WebhookVerificationError):
        receiver.verified("whsec_" + "A" * 32)
    assert [row.state for row in await deliveries(runtime)] == [DeliveryState.DELIVERED]


async def test_an_account_without_an_address_notes_nothing(
    runtime: Runtime, world: World, now: datetime
) -> None:
    async with runtime.database.transaction() as session:
        other = await make_account(session, now)
    await listen(runtime, other)
    await open_inbox(runtime.database).hear(says("Ciao", "wamid.1", now), at=now)
    async with runtime.database.transaction() as session:
        conversation = (await session.exec(select(Conversation))).one()
        conversation.actor_id = world.ada_id
        session.add(conversation)
    async with runtime.database.reading() as session:
        assert (await session.exec(select(WebhookEvent))).all() == []


async def test_what_fails_comes_again_with_the_same_id_and_body(
    runtime: Runtime, world: World, now: datetime
) -> None:
    await listen(runtime, world.account_id)
    await open_inbox(runtime.database).hear(says("Ciao", "wamid.1", now), at=now)
    receiver, moment = Receiver(), real_now()
    receiver.status = 503
    async with working(runtime, receiver, at=lambda: moment) as tell:
        await tell()
        await tell()
        assert len(receiver.heard) == 1
        (row,) = await deliveries(runtime)
        assert (row.state, row.attempts, row.answer_status) == (DeliveryState.PENDING, 1, 503)
        receiver.status, moment = 200, moment + timedelta(seconds=6)
        await tell()
    first, second = receiver.heard
    assert first.content == second.content
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]


async def test_an_address_that_takes_nothing_for_three_days_is_switched_off_and_on_again(
    runtime: Runtime, world: World, now: datetime
) -> None:
    id_, _ = await listen(runtime, world.account_id)
    await open_inbox(runtime.database).hear(says("Ciao", "wamid.1", now), at=now)
    receiver, moment = Receiver(), real_now()
    receiver.status = 500
    async with working(runtime, receiver, at=lambda: moment) as tell:
        await tell()
        moment += timedelta(days=3)
        await tell()
        async with runtime.database.reading() as session:
            endpoint = await session.get_one(WebhookEndpoint, id_)
            assert endpoint.switched_off_why is SwitchedOff.FAILING
        moment += timedelta(days=1)
        await tell()
        assert len(receiver.heard) == 2
        async with runtime.database.transaction() as session:
            await endpoints.change_endpoint(session, world.account_id, id_, active=True, now=moment)
        receiver.status = 200
        await tell()
    assert len(receiver.heard) == 3
    assert [row.state for row in await deliveries(runtime)] == [DeliveryState.DELIVERED]


async def test_a_former_secret_signs_for_a_day_beside_the_new_one(
    runtime: Runtime, world: World
) -> None:
    id_, former = await listen(runtime, world.account_id)
    moment = real_now()
    async with runtime.database.transaction() as session:
        new = await endpoints.rotate_secret(
            session, world.account_id, id_, moment, vault=runtime.vault
        )
    receiver = Receiver()
    async with working(runtime, receiver, at=lambda: moment) as tell:
        for _ in range(2):
            async with runtime.database.transaction() as session:
                await endpoints.send_test(session, world.account_id, id_)
            await tell()
            moment += timedelta(days=1, seconds=1)
    both, alone = (request.headers["webhook-signature"] for request in receiver.heard)
    assert (len(both.split()), len(alone.split())) == (2, 1)
    receiver.heard = receiver.heard[:1]
    assert receiver.verified(former) == receiver.verified(new)


async def test_a_test_goes_to_its_address_alone_whatever_it_listens_to(
    runtime: Runtime, world: World
) -> None:
    id_, _ = await listen(runtime, world.account_id, WebhookEventType.TEMPLATE_UPDATED)
    await listen(runtime, world.account_id)
    async with runtime.database.transaction() as session:
        await endpoints.send_test(session, world.account_id, id_)
    receiver = Receiver()
    async with working(runtime, receiver) as tell:
        await tell()
    (told,) = receiver.told
    assert (told["type"], told["data"]) == ("webhook.test", {"endpoint_id": str(id_)})


async def test_each_hears_what_it_asked_for_of_all_that_changes(
    runtime: Runtime, world: World, now: datetime
) -> None:
    await listen(runtime, world.account_id)
    async with runtime.database.transaction() as session:
        thread = await begin(session, world.account_id, now, ADA_PHONE.removeprefix("+"))
        sent = await say(
            session, thread, now, "Certo", direction=Direction.OUT, status=DeliveryStatus.QUEUED
        )
    async with runtime.database.transaction() as session:
        sent = await session.get_one(type(sent), sent.id)
        sent.status = DeliveryStatus.SENT
        session.add(sent)
        conversation = await session.get_one(Conversation, thread.id)
        conversation.actor_id = world.ada_id
        session.add(conversation)
        connection = await connection_of(session, world.account_id)
        connection.display_name = "Case del Sole"
        session.add(connection)
    receiver = Receiver()
    async with working(runtime, receiver) as tell:
        for _ in range(3):
            await tell()
    told = {each["type"]: each["data"] for each in receiver.told}
    assert told["message.updated"]["status"] == "sent"
    assert told["conversation.linked"]["actor"]["name"] == "Ada Bianchi"
    assert told["connection.updated"]["name"] == "Case del Sole"
    assert len(receiver.heard) == 3


async def test_a_window_that_closes_is_told_once(
    runtime: Runtime, world: World, now: datetime
) -> None:
    await listen(runtime, world.account_id)
    async with runtime.database.transaction() as session:
        for number, hours in (("39347000001", 22.5), ("39347000002", 3.0), ("39347000003", 25)):
            thread = await begin(session, world.account_id, now, number)
            await open_window(session, thread, now - timedelta(hours=hours))
    for _ in range(2):
        async with runtime.database.transaction() as session:
            await note_closing(session, now)
    receiver = Receiver()
    async with working(runtime, receiver) as tell:
        await tell()
    (told,) = receiver.told
    assert told["type"] == "window.closing"
    assert told["data"]["address"]["wa_id"] == "39347000001"


async def test_what_is_there_no_more_is_told_to_nobody(runtime: Runtime, world: World) -> None:
    await listen(runtime, world.account_id)
    async with runtime.database.transaction() as session:
        gone = {"type": WebhookEventType.MESSAGE_RECEIVED, "subject_id": 999}
        session.add(WebhookEvent(account_id=world.account_id, **gone))  # pyright: ignore[reportArgumentType]
    receiver = Receiver()
    async with working(runtime, receiver) as tell:
        await tell()
    assert receiver.heard == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://pms.example.com/", EndpointProblem.NOT_HTTPS),
        ("ftp://pms.example.com/", EndpointProblem.NOT_HTTPS),
        ("https://", EndpointProblem.NOT_HTTPS),
        ("https://user:word@pms.example.com/", EndpointProblem.NOT_HTTPS),
        ("https://127.0.0.1/", EndpointProblem.NOT_PUBLIC),
        ("https://169.254.169.254/latest", EndpointProblem.NOT_PUBLIC),
        ("https://[::1]/", EndpointProblem.NOT_PUBLIC),
        ("https://localhost:8443/", EndpointProblem.NOT_PUBLIC),
        ("https://pms.example.com/" + "a" * 1000, EndpointProblem.TOO_LONG),
    ],
)
async def test_an_address_must_be_https_on_the_internet(
    runtime: Runtime, world: World, url: str, problem: EndpointProblem
) -> None:
    with pytest.raises(EndpointRefusedError) as refused:
        async with runtime.database.transaction() as session:
            await endpoints.create_endpoint(
                session, world.account_id, url, CHOOSABLE, datetime.now(UTC), vault=runtime.vault
            )
    assert refused.value.problem is problem
