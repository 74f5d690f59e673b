"""An application on a port of its own, by the server that the product runs on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

from tests.support.patience import PATIENCE
from tests.support.servers.serving import free_port


@asynccontextmanager
async def served_app(app: ASGIApp) -> AsyncIterator[str]:
    """Its address. It runs in this event loop, without a lifespan."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = Server(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as http:
        while True:
            with suppress(httpx.ConnectError):
                await http.get(f"{url}/nothing")
                break
            await asyncio.sleep(0.02)
    yield url
    server.stop()
    await serving
