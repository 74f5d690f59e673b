"""Webhooks over a real wire: https, a certificate, and names that lead where nobody may (A3)."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from standardwebhooks.webhooks import Webhook

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.webhooks import CHOOSABLE
from inbox_app.jobs.webhook_worker import WebhookWorker
from inbox_app.models import WebhookDelivery
from inbox_app.public_addresses.address import is_public
from inbox_app.public_addresses.client import PublicTransport, public_client
from inbox_app.runtime import Runtime
from inbox_app.services.webhooks import endpoints
from tests.support.factories import World
from tests.support.servers.local_web import LocalWeb, Page, local_web
from tests.support.servers.routes_app import running

pytestmark = pytest.mark.anyio


@pytest.fixture
def web(tmp_path: Path) -> Iterator[LocalWeb]:
    with local_web(tmp_path) as web:
        yield web


@pytest.fixture
async def runtime(sqlite: Database, tmp_path: Path) -> AsyncIterator[Runtime]:
    async with running(sqlite, tmp_path) as started:
        yield started


async def _this_machine(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def _told(
    runtime: Runtime, world: World, web: LocalWeb, is_allowed: Callable[[str], bool]
) -> tuple[WebhookDelivery, str]:
    """What became of a test, and the secret with which it was signed."""
    async with runtime.database.transaction() as session:
        made, secret = await endpoints.create_endpoint(
            session, world.account_id, web.url("/hook"), CHOOSABLE, real_now(), vault=runtime.vault
        )
        await endpoints.send_test(session, world.account_id, made.id)
    trusting = web.trusting()
    transport = PublicTransport(trusting, resolve=_this_machine, is_allowed=is_allowed)
    worker = WebhookWorker(runtime, public_client(transport))
    await worker.pass_once()
    await worker.finish()
    async with runtime.database.reading() as session:
        return (await session.exec(select(WebhookDelivery))).one(), secret


def _anywhere(_address: str) -> bool:
    return True


async def test_a_receiver_verifies_what_it_hears(
    runtime: Runtime, world: World, web: LocalWeb
) -> None:
    web.pages["/hook"] = Page(b"thanks")
    delivery, secret = await _told(runtime, world, web, _anywhere)
    (heard,) = web.asked
    told = Webhook(secret).verify(heard[":body"], heard)
    assert told["type"] == "webhook.test"
    assert heard["webhook-id"] == f"evt_{delivery.event_id}"
    assert (delivery.state.value, delivery.answer_status) == ("delivered", 200)


async def test_a_redirect_is_not_followed(runtime: Runtime, world: World, web: LocalWeb) -> None:
    web.pages["/hook"] = Page(status=307, headers={"Location": web.url("/elsewhere")})
    web.pages["/elsewhere"] = Page(b"thanks")
    delivery, _ = await _told(runtime, world, web, _anywhere)
    assert [heard[":path"] for heard in web.asked] == ["/hook"]
    assert (delivery.state.value, delivery.answer_status) == ("pending", 307)
    assert delivery.next_attempt_at > real_now() - timedelta(seconds=10)


async def test_a_name_that_leads_to_this_machine_is_not_called(
    runtime: Runtime, world: World, web: LocalWeb
) -> None:
    web.pages["/hook"] = Page(b"thanks")
    delivery, _ = await _told(runtime, world, web, is_public)
    assert web.asked == []
    assert (delivery.state.value, delivery.problem) == ("pending", "not_public")
