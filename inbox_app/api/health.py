"""Whether the process lives, whether it can work, and what it has counted."""

import asyncio
import hmac
import logging
import shutil
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from inbox_app import clock
from inbox_app.database import sqlite
from inbox_app.operating import metrics, migrations, redis_probe
from inbox_app.queries.operations import oldest_untried_event, queues
from inbox_app.runtime import current_runtime

_PATIENCE_SECONDS = 2.0
_LEAST_FREE_BYTES = 8 * 1024 * 1024
_LATE = timedelta(seconds=30)
"""Understanding an event takes milliseconds; what waits longer, people miss."""
_LOOK_AGAIN_SECONDS = 1.0
_log = logging.getLogger(__name__)

Probe = Callable[[], Coroutine[Any, Any, None]]
"""Raises when what it looks at is not well; the message says why, without secrets."""


class UnwellError(Exception):
    """Something that the application needs does not work now."""


def routes(more_probes: Mapping[str, Probe]) -> list[Route]:
    """`/healthz`, `/readyz`, `/metrics`; `more_probes` are asked after our own, by name."""
    own: dict[str, Probe] = {
        "database": _database,
        "disk": _disk,
        "migrations": _Migrations().check,
        "events": _events,
        "redis": _redis,
    }
    probes = own | dict(more_probes)

    async def readyz(request: Request) -> Response:
        answers = await asyncio.gather(*(_ask(name, probe) for name, probe in probes.items()))
        failing = {name: why for name, why in zip(probes, answers, strict=True) if why}
        if failing:
            return JSONResponse({"status": "unavailable", "failing": failing}, 503)
        return JSONResponse({"status": "ok"})

    return [
        Route("/healthz", _healthz),
        Route("/readyz", readyz),
        Route("/metrics", _metrics),
    ]


async def _healthz(request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _ask(name: str, probe: Probe) -> str | None:
    """Why it is not well, or nothing; also of a probe that does not let itself be called away."""
    asked = asyncio.create_task(_answer(name, probe))
    try:
        answered, _ = await asyncio.wait([asked], timeout=_PATIENCE_SECONDS)
    finally:
        asked.cancel()
    return asked.result() if answered else f"no answer within {_PATIENCE_SECONDS:g} s"


async def _answer(name: str, probe: Probe) -> str | None:
    try:
        await probe()
    except UnwellError as unwell:
        return str(unwell)
    except Exception as error:
        _log.warning("not ready: %s", name, exc_info=True)
        return type(error).__name__
    return None


async def _database() -> None:
    try:
        await current_runtime().database.ping()
    except DBAPIError as error:
        if sqlite.is_readonly(error):
            raise UnwellError("the database cannot be written") from None
        raise


async def _disk() -> None:
    """A database that cannot grow takes no more messages; PostgreSQL minds its own disk."""
    runtime = current_runtime()
    free = await asyncio.to_thread(lambda: shutil.disk_usage(runtime.settings.data_dir).free)
    if runtime.database.is_sqlite and free < _LEAST_FREE_BYTES:
        raise UnwellError("the disk of DATA_DIR is full")


async def _redis() -> None:
    """Where it is set."""
    url = current_runtime().settings.redis_url
    if url and (why := await redis_probe.why_away(url)):
        raise UnwellError(f"Redis does not answer: {why}")


async def _events() -> None:
    """Looks twice: an old event that somebody replays is understood by then."""
    if await _lag() > _LATE:
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        if (lag := await _lag()) > _LATE:
            raise UnwellError(f"an event has waited {lag.total_seconds():.0f} s to be understood")


async def _lag() -> timedelta:
    async with current_runtime().database.reading() as session:
        since = await oldest_untried_event(session)
    return timedelta() if since is None else clock.now() - since


class _Migrations:
    """Once the schema was right it stays so: it changes only while nobody serves."""

    def __init__(self) -> None:
        self._current = False

    async def check(self) -> None:
        self._current = self._current or await migrations.is_current(current_runtime().database)
        if not self._current:
            raise UnwellError("the database has another version's schema")


async def _metrics(request: Request) -> Response:
    token = current_runtime().settings.metrics_token
    if token is None:
        return PlainTextResponse("Not found", 404)
    expected = f"Bearer {token.get_secret_value()}".encode()
    if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
        return PlainTextResponse("Unauthorized", 401, {"www-authenticate": "Bearer"})
    await _read_queues()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _read_queues() -> None:
    """Best effort: counters are worth most while the database is in trouble."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS), current_runtime().database.reading() as db:
            found = await queues(db)
    except (SQLAlchemyError, TimeoutError):
        return
    metrics.EVENTS.labels("received").set(found.events_waiting)
    metrics.EVENTS.labels("failed").set(found.events_failed)
    oldest = found.oldest_event_at
    metrics.LAG.set(0 if oldest is None else (clock.now() - oldest).total_seconds())
    metrics.OUTBOX.set(found.outbox_waiting)
