"""The simulator at a port, pywa in front of it, and a browser's plain calls."""

from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from pywa_async.client import WhatsApp
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from inbox_app.config.settings import SIMULATOR_PATH
from inbox_app.sandbox.simulator.graph.app import graph_app
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from tests.support.patience import PATIENCE
from tests.support.servers.served_app import served_app
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta


class Front:
    """The address at which the simulator of each test is served in its turn."""

    url: str
    app: ASGIApp = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
async def front() -> AsyncIterator[Front]:
    front = Front()
    async with served_app(front) as url:
        front.url = f"{url}{SIMULATOR_PATH}"
        yield front


@pytest.fixture
async def meta(now: datetime, front: Front) -> AsyncIterator[Meta]:
    meta = simulated_meta(Clock(now))
    front.app = Starlette(routes=[Mount(SIMULATOR_PATH, graph_app(meta.simulator))])
    yield meta
    await meta.simulator.close()


@pytest.fixture
async def pywa(meta: Meta, front: Front) -> AsyncIterator[WhatsApp]:
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        client = WhatsApp(
            phone_id=DEMO_NUMBER.phone_number_id,
            waba_id=DEMO_NUMBER.waba_id,
            token=TOKEN,
            session=http,
            api_version=25.0,
        )
        http.base_url = f"{front.url}/v25.0"
        yield client


@pytest.fixture
async def http(meta: Meta, front: Front) -> AsyncIterator[httpx.AsyncClient]:
    """What speaks to it without pywa."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=front.url, headers=headers, timeout=PATIENCE) as http:
        yield http
