"""What the intake bench serves: a bare handler as the floor, and the product, understanding or not.

Granian calls these factories: `granian --factory --interface asgi bench.support.servers:floor`.
"""

import asyncio
import hmac
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from inbox_app import serve
from inbox_app.jobs import process_webhooks
from inbox_app.runtime import Runtime

INSERT = (
    "INSERT INTO inbound_event (channel, body, state, attempts, received_at)"
    " VALUES ('whatsapp', ?, 'received', 0, ?)"
)


def floor() -> ASGIApp:
    """The least that keeps the promise: the signature, and the product's own row on disk, all that
    waits in one commit, straight through sqlite3 in a thread."""
    writer = _Writer(os.environ["FLOOR_DATABASE"])
    secret = os.environ["META_APP_SECRET"].encode()

    async def hook(request: Request) -> Response:
        body = await request.body()
        ours = "sha256=" + hmac.digest(secret, body, "sha256").hex()
        if not hmac.compare_digest(ours, request.headers.get("x-hub-signature-256", "")):
            return Response(status_code=401)
        await writer.put(body)
        return Response(status_code=200)

    @asynccontextmanager
    async def closing(_app: Starlette) -> AsyncIterator[None]:
        yield
        writer.close()

    return Starlette(routes=[Route("/webhooks/whatsapp", hook, methods=["POST"])], lifespan=closing)


def product() -> ASGIApp:
    """As `bin/run` serves it."""
    return serve.asgi()


def paused() -> ASGIApp:
    """The product, keeping events and understanding none."""
    process_webhooks.run = _nothing
    return serve.asgi()


async def _nothing(
    _running: Runtime, _is_leader: Callable[[], bool], stopping: asyncio.Event
) -> None:
    await stopping.wait()


class _Writer:
    """One thread that writes; what waits meanwhile goes into its next commit."""

    def __init__(self, file: str) -> None:
        self._database = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA synchronous = FULL")
        self._thread = ThreadPoolExecutor(1)
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, body: bytes) -> None:
        """Returns when the row is on disk."""
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((body, kept))
        if self._task is None:
            self._task = asyncio.create_task(self._drain())
        await kept

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()
        self._database.close()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await loop.run_in_executor(self._thread, self._commit, [body for body, _ in batch])
            for _, kept in batch:
                kept.set_result(None)
        self._task = None

    def _commit(self, bodies: list[bytes]) -> None:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(INSERT, [(body, now) for body in bodies])
        self._database.execute("COMMIT")
