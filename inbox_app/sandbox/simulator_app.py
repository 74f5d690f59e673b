"""The simulator of this process: played in sandbox mode, and nowhere to be found outside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from inbox_app import clock, web
from inbox_app.config.setting_values import is_loopback
from inbox_app.config.settings import SIMULATOR_PATH, Settings
from inbox_app.runtime import current_runtime
from inbox_app.sandbox.demo.demo import lock_demo, open_demo
from inbox_app.sandbox.demo.templates import demo_templates
from inbox_app.sandbox.simulator import facebook
from inbox_app.sandbox.simulator.graph.app import graph_app
from inbox_app.sandbox.simulator.media_store import MediaStore
from inbox_app.sandbox.simulator.phones import Phones
from inbox_app.sandbox.simulator.simulator import Simulator
from inbox_app.sandbox.simulator.template_store import TemplateStore
from inbox_app.sandbox.simulator.webhook_sender import WebhookSender

_WEBHOOK = "/webhooks/whatsapp"

_simulator: Simulator | None = None
_graph: Starlette | None = None


def simulator() -> Simulator | None:
    """None outside sandbox mode."""
    return _simulator


def simulator_for(client_ip: str | None) -> Simulator | None:
    """The same, for who sits at this machine: a sandbox on a network is not everybody's toy."""
    return _simulator if is_loopback(client_ip or "") else None


def routes() -> list[BaseRoute]:
    """The simulated Graph API, and the switches of its faults."""
    return [
        Mount(SIMULATOR_PATH, app=_graph_or_nothing),
        Route("/sandbox/faults", _faults, methods=["GET", "POST", "DELETE"]),
        Route("/sandbox/templates", _templates, methods=["POST"]),
        *facebook.routes(),
    ]


@asynccontextmanager
async def run_simulator() -> AsyncIterator[None]:
    """A lifespan: the simulator is there while the server is, in sandbox mode only."""
    global _simulator, _graph
    running = current_runtime()
    if not running.settings.sandbox_mode:
        await lock_demo(running.database, clock.now())
        yield
        return
    async with httpx.AsyncClient(timeout=10) as http:
        _simulator = make_simulator(running.settings, http)
        await open_demo(running, _simulator.phones, clock.now())
        _graph = graph_app(_simulator)
        saving = asyncio.create_task(_simulator.keep_saving())
        try:
            yield
        finally:
            saving.cancel()
            await _simulator.close()
            _simulator = _graph = None


def make_simulator(settings: Settings, http: httpx.AsyncClient) -> Simulator:
    """A simulator that posts to this server, with the phones that were left by the last one."""
    webhooks = WebhookSender(http, f"{settings.own_url}{_WEBHOOK}", settings.app_secrets[0])
    phones = Phones(settings.data_dir / "sandbox-phones.json")
    store = TemplateStore(settings.data_dir / "sandbox-templates.json", demo_templates)
    media = MediaStore(settings.data_dir / "sandbox-media", clock.now)
    return Simulator(webhooks, phones, clock.now, store=store, media=media)


async def _graph_or_nothing(scope: Scope, receive: Receive, send: Send) -> None:
    nothing = PlainTextResponse("Not found", 404)
    app: ASGIApp = _graph if _graph and _is_here(caller(HTTPConnection(scope))) else nothing
    await app(scope, receive, send)


async def _faults(request: Request) -> Response:
    """What goes wrong: read, set, or cleared. A page of another site cannot send JSON here."""
    simulator = simulator_for(caller(request))
    if simulator is None:
        return PlainTextResponse("Not found", 404)
    if request.method == "DELETE":
        simulator.faults.clear()
    if request.method == "POST":
        if not request.headers.get("content-type", "").startswith("application/json"):
            return PlainTextResponse("application/json only", 415)
        try:
            simulator.faults.set(await request.json())
        except (ValueError, TypeError) as error:
            return PlainTextResponse(f"{error}", 400)
    return JSONResponse(simulator.faults.told())


async def _templates(request: Request) -> Response:
    """Have Meta change her mind about a template, by its name: a webhook tells of it."""
    simulator = simulator_for(caller(request))
    if simulator is None:
        return PlainTextResponse("Not found", 404)
    if not request.headers.get("content-type", "").startswith("application/json"):
        return PlainTextResponse("application/json only", 415)
    try:
        wanted = await request.json()
        name, event = str(wanted["name"]), str(wanted["event"]).upper()
    except (ValueError, TypeError, KeyError):
        return PlainTextResponse("name and event are needed", 400)
    meant = [
        template
        for template in simulator.store.templates
        if template.name == name and wanted.get("language") in {None, template.language}
    ]
    for template in meant:
        await simulator.templates.tell(template, event, wanted.get("reason"))
    return JSONResponse({"told": len(meant)})


def caller(request: HTTPConnection) -> str:
    """The address of who asks, seen through the proxies that are ours."""
    peer = request.client.host if request.client else ""
    return web.client_address(peer, request.headers, current_runtime().settings.trusted_proxy_hops)


def _is_here(host: str) -> bool:
    """Whether somebody at this machine calls, or this server itself by the address of its own."""
    return is_loopback(host) or host == current_runtime().settings.host
