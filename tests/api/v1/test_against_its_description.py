"""Whatever the API's description allows to be asked, and much that it does not: the API answers as
described, and never with an error of its own."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any
from uuid import uuid4

import httpx
import pytest
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.openapi import from_asgi
from schemathesis.python.asgi import shutdown_lifespans
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from inbox_app.api.v1 import app as api_v1
from inbox_app.api.v1.gate.middleware import ApiMiddleware, Limits
from inbox_app.api.v1.gate.rate_limit import Rate, RateLimit
from inbox_app.database import Database
from tests.api.two_companies import Companies, installation


class _EachKeyOnce:
    """What comes with a key for the second time comes with another: what is tried has few keys, and
    would be told that of them alone."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside
        self._seen: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope.get("headers", [])
        scope["headers"] = [(name, self._once(name, value)) for name, value in headers]
        await self._inside(scope, receive, send)

    def _once(self, name: bytes, value: bytes) -> bytes:
        if name != b"idempotency-key":
            return value
        if value in self._seen and _VALID.fullmatch(value):
            value = uuid4().hex.encode()
        self._seen.add(value)
        return value


_VALID = re.compile(rb"[ -~]{1,200}")
_CONFIG = Path(__file__).parents[3] / "schemathesis.toml"
_NO_LIMIT = Rate(1_000_000, timedelta(microseconds=1))


@pytest.fixture
def application(
    furnished: tuple[Path, Companies], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[_EachKeyOnce]:
    """The API on a database of its own, where something of each kind is known; nobody is told to
    ask later, in the place of what is tried."""
    file = tmp_path / "inbox.db"
    copyfile(furnished[0], file)
    limits = Limits(RateLimit(_NO_LIMIT), RateLimit(_NO_LIMIT))
    monkeypatch.setattr(api_v1, "ApiMiddleware", partial(ApiMiddleware, limits=limits))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        database = Database(f"sqlite+aiosqlite:///{file}")
        async with installation(database, furnished[1], tmp_path) as here:
            await _fill(here.pms)
            yield
        await database.close()

    yield _EachKeyOnce(Starlette(routes=api_v1.routes(), lifespan=lifespan))
    shutdown_lifespans()


async def _fill(pms: httpx.AsyncClient) -> None:
    """What schemathesis.toml names."""
    for method, path, body in _KNOWN:
        answer = await pms.request(method, path, json=body)
        assert answer.status_code in {200, 201, 202}, answer.text


_STAY = {"check_in": "2026-12-01", "check_out": "2026-12-05", "status": "confirmed", "code": "S1"}
_KNOWN: list[tuple[str, str, dict[str, Any]]] = [
    ("PUT", "/accommodations/home", {"name": "Casa Blu", "timezone": "Europe/Rome"}),
    ("PUT", "/actors/guest", {"kind": "guest", "name": "Ada", "phones": ["+39 347 765 4321"]}),
    ("PUT", "/actors/supplier", {"kind": "supplier", "name": "Pulizie Blu"}),
    ("PUT", "/reservations/stay", _STAY | {"accommodation": "home", "guests": ["guest"]}),
    ("PUT", "/tasks/task", {"title": "Pulizia", "kind": "cleaning", "status": "open"}),
    ("POST", "/conversations", {"actor": "guest"}),
    ("POST", "/conversations", {"phone": "+39 333 999 8877"}),
    ("POST", "/conversations/1/notes", {"text": "Arriva tardi"}),
    ("POST", "/labels", {"name": "VIP"}),
    ("POST", "/labels", {"name": "Reclamo"}),
    ("POST", "/saved_replies", {"name": "Saluti", "texts": {"it": "Ciao!"}}),
    ("POST", "/webhook_endpoints", {"url": "https://example.com/hooks"}),
]


def test_whatever_is_asked_the_api_answers_as_described(
    application: _EachKeyOnce, furnished: tuple[Path, Companies], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_KEY", furnished[1].keys[0])
    config = SchemathesisConfig.from_path(_CONFIG)
    told = [*from_schema(from_asgi("/api/v1/openapi.json", application, config=config)).execute()]
    broken = [f"{e.label}: {e.value!r}" for e in told if isinstance(e, events.NonFatalError)]
    assert not broken, "\n\n".join(broken)
    assert isinstance(told[-1], events.EngineFinished)
    tried = [each.recorder for each in told if isinstance(each, events.ScenarioFinished)]
    wrong = [*_wrong(tried)]
    assert not wrong, "\n\n".join(wrong)
    assert _went_well(tried) >= _CALLS_THAT_GO_WELL


_CALLS_THAT_GO_WELL = 40
"""Of 61: where nothing that is tried goes well, nothing is seen but refusals."""


def _wrong(tried: Sequence[ScenarioRecorder]) -> Iterator[str]:
    for recorder in tried:
        for checks in recorder.checks.values():
            for check in checks:
                if check.failure_info is not None:
                    failure = check.failure_info
                    yield f"{recorder.label}: {failure.failure}\n{failure.code_sample}"


def _went_well(tried: Sequence[ScenarioRecorder]) -> int:
    return len(
        {
            recorder.label
            for recorder in tried
            for asked in recorder.interactions.values()
            if asked.response is not None and asked.response.status_code < 300
        }
    )
