"""The simulator in place of Meta, reached in process: for tests of what sends."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount

from inbox_app.channel_setup import register_channels
from inbox_app.config import settings
from inbox_app.config.settings import SIMULATOR_PATH
from inbox_app.database import Database
from inbox_app.live import InProcess
from inbox_app.runtime import Runtime, open_storage
from inbox_app.sandbox.simulator.deliveries import AT_ONCE
from inbox_app.sandbox.simulator.faults import Faults, GraphFault
from inbox_app.sandbox.simulator.graph.app import graph_app
from inbox_app.sandbox.simulator.phones import Phones
from inbox_app.sandbox.simulator.simulator import Simulator
from inbox_app.sandbox.simulator.webhook_sender import WebhookSender
from inbox_app.vault import Vault

SECRET = "the simulated app's secret"


@dataclass(slots=True)
class Clock:
    """A time that moves when it is told to."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """Calls the application in process, and breaks the line where a fault says so."""

    inside: httpx.AsyncBaseTransport
    faults: Faults
    calls: list[httpx.Request] = field(default_factory=list[httpx.Request])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        uploads = request.url.path.endswith("/media")
        faults = self.faults.uploads if uploads else self.faults.sends
        fault = faults[0] if faults else ""
        if fault == GraphFault.NO_CONNECTION:
            faults.popleft()
            raise httpx.ConnectError("refused", request=request)
        if fault in {GraphFault.SILENT_AFTER_ACCEPTANCE, GraphFault.RESET_AFTER_ACCEPTANCE}:
            faults[0] = ""
            await self.inside.handle_async_request(request)
            raise BROKEN[fault]("no answer", request=request)
        return await self.inside.handle_async_request(request)


BROKEN: dict[str, Callable[..., httpx.HTTPError]] = {
    GraphFault.SILENT_AFTER_ACCEPTANCE: httpx.ReadTimeout,
    GraphFault.RESET_AFTER_ACCEPTANCE: httpx.ReadError,
}


@dataclass
class Meta:
    """The simulator, the webhooks it has posted, and the line to it."""

    simulator: Simulator
    posted: list[httpx.Request]
    wire: Wire

    def runtime(self, database: Database, folder: Path) -> Runtime:
        """A process's runtime that takes the simulator for Meta."""
        configured = settings.load(None, data_dir=folder, sandbox="1", secret_key="k" * 40)
        register_channels(
            graph_url=configured.graph_url, graph_version=configured.meta_graph_version
        )
        return Runtime(
            settings=configured,
            database=database,
            vault=Vault(configured.secret_key.get_secret_value()),
            live=InProcess(),
            http=httpx.AsyncClient(transport=self.wire),
            storage=open_storage(configured),
        )


async def _nobody_listens(body: bytes) -> None:
    pass


def _knows_every_token(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text=request.url.params["hub.challenge"])


def simulated_meta(
    clock: Clock,
    answers: Callable[[httpx.Request], int] = lambda _: 200,
    hear: Callable[[bytes], Awaitable[None]] = _nobody_listens,
    verifies: Callable[[httpx.Request], httpx.Response] = _knows_every_token,
) -> Meta:
    """`answers` is what our own webhook says to each delivery, `hear` what is done with it,
    `verifies` what an address says to who asks whether it knows the token."""
    posted: list[httpx.Request] = []

    async def webhook(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return verifies(request)
        posted.append(request)
        await hear(request.content)
        return httpx.Response(answers(request))

    ours = httpx.AsyncClient(transport=httpx.MockTransport(webhook))
    webhooks = WebhookSender(ours, "http://us/webhooks/whatsapp", SECRET, pauses=(0, 0, 0))
    simulator = Simulator(
        webhooks, Phones(), clock.now, AT_ONCE, steady=lambda: clock.now().timestamp()
    )
    app = Starlette(routes=[Mount(SIMULATOR_PATH, graph_app(simulator))])
    inside = httpx.ASGITransport(app)
    return Meta(simulator=simulator, posted=posted, wire=Wire(inside, simulator.faults))
