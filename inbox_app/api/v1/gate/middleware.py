"""What every request of the API passes: its key, its rate, and a limit to its body."""

import hashlib
import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import unquote

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inbox_app import clock
from inbox_app.api import forms
from inbox_app.api.body import BodyError, BodyReader
from inbox_app.api.v1.conversations.file_form import INSIDE, is_form, read_form
from inbox_app.api.v1.gate import problems
from inbox_app.api.v1.gate.description import Calls
from inbox_app.api.v1.gate.idempotency import Memory, Once
from inbox_app.api.v1.gate.rate_limit import OF_BAD_KEYS, OF_KEY, RateLimit
from inbox_app.api.v1.gate.values import SLASH
from inbox_app.domain.accounts.sign_in_throttle import network_of
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import api_keys
from inbox_app.services.accounts.api_keys import KeyHolder

MAX_BODY = 1_000_000
_BODY = BodyReader(MAX_BODY)
_OPEN = ("/openapi.json", "/docs", "/docs.css")
_FORMS = re.compile(r"/conversations/[^/]+/messages")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class ApiMiddleware:
    """Puts the `KeyHolder` into `request.state.holder`, or answers in the inside's place."""

    def __init__(
        self, inside: FastAPI, body: BodyReader = _BODY, limits: "Limits | None" = None
    ) -> None:
        self._inside, self._body, self._calls = inside, body, Calls(inside)
        self._memory, self._limits = Memory(), limits or Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or _path(scope) in _OPEN:
            return await self._inside(scope, receive, send)
        scope = _with_keys_whole(scope)
        try:
            holder = await _holder(Headers(scope=scope))
        except problems.DATABASE_AWAY:
            return await problems.unavailable()(scope, receive, send)
        if refusal := self._limits.refusal(holder, scope, clock.real_now()):
            return await refusal(scope, receive, send)
        if holder is None:
            return await _UNAUTHORIZED(scope, receive, send)
        methods = self._calls.at(_path(scope))
        if methods and scope["method"] not in methods:
            return await _no_such_call(methods)(scope, receive, send)
        scope.setdefault("state", {})["holder"] = holder
        if scope["method"] not in _WRITES:
            return await self._inside(scope, receive, send)
        return await self._write(holder, scope, receive, send)

    async def _write(self, holder: KeyHolder, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        declared = headers.get("content-length")
        try:
            if _FORMS.fullmatch(_path(scope)) and is_form(headers):
                return await self._write_file(holder, scope, receive, send)
            async with self._body.read(receive, declared) as body:
                answer = await self._answer_to(holder, scope, body)
                await answer(scope, receive, send)
        except problems.DATABASE_AWAY:
            await problems.unavailable()(scope, receive, send)
        except BodyError as refused:
            answer = problems.response(
                refused.status, _KINDS[refused.status], refused.detail, refused.headers
            )
            await answer(scope, receive, send)

    async def _write_file(
        self, holder: KeyHolder, scope: Scope, receive: Receive, send: Send
    ) -> None:
        async with read_form(scope, receive) as form:
            scope["state"]["form"] = form
            inside = dict(scope) | {"path": scope["path"] + INSIDE}
            answer = await self._answer_to(
                holder, scope, form.fingerprint.encode(), _Led(self._inside, inside)
            )
            await answer(scope, receive, send)

    async def _answer_to(
        self, holder: KeyHolder, scope: Scope, body: bytes, inside: ASGIApp | None = None
    ) -> ASGIApp:
        inside = inside or _Replayed(self._inside, body)
        key = Headers(scope=scope).get("idempotency-key")
        if key is None or not self._calls.at(_path(scope)):
            return inside
        if not 0 < len(key) <= 200 or not key.isascii() or not key.isprintable():
            return problems.response(400, "idempotency-key", "It has 1 to 200 plain characters.")
        scope["state"]["idempotency_key"] = key
        return await self._memory.answer(
            Once(holder, key, _fingerprint(scope, body)), inside, scope
        )


@dataclass(frozen=True, slots=True)
class _Replayed:
    """The inside, given a body that was read before."""

    inside: ASGIApp
    body: bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = False

        async def body_once() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": self.body, "more_body": False}

        await self.inside(scope, body_once, send)


@dataclass(frozen=True, slots=True)
class _Led:
    """The inside, led to another path."""

    inside: ASGIApp
    scope: Scope

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.inside(self.scope, receive, send)


@dataclass(frozen=True, slots=True)
class Limits:
    """What was asked lately, by key and, of bad keys, by network."""

    of_key: RateLimit = field(default_factory=partial(RateLimit, OF_KEY))
    of_bad_keys: RateLimit = field(default_factory=partial(RateLimit, OF_BAD_KEYS))

    def refusal(self, holder: KeyHolder | None, scope: Scope, now: datetime) -> ASGIApp | None:
        """None: go on, it is counted."""
        if holder is None:
            wait = self.of_bad_keys.wait(network_of(forms.client_address(Request(scope))), now)
        else:
            wait = self.of_key.wait(str(holder.key_id), now)
        if not wait:
            return None
        later = {"retry-after": str(math.ceil(wait.total_seconds()))}
        return problems.response(429, "too-many", "Too many requests: try again later.", later)


_UNAUTHORIZED = problems.response(
    401, "unauthorized", "Show a valid API key.", {"www-authenticate": "Bearer"}
)
_KINDS = {400: "broken-off", 408: "too-slow", 413: "too-large", 422: "invalid", 503: "busy"}


def _no_such_call(methods: tuple[str, ...]) -> ASGIApp:
    allow = {"allow": ", ".join(methods)}
    return problems.response(405, "method-not-allowed", "There is no such call.", allow)


def _with_keys_whole(scope: Scope) -> Scope:
    """A key with a slash, which comes as ``%2F``, is one part of the address."""
    raw: bytes = scope.get("raw_path") or b""
    if b"%2f" not in raw.lower():
        return scope
    parts = (unquote(part).replace("/", SLASH) for part in raw.decode("latin-1").split("/"))
    return {**scope, "path": "/".join(parts)}


def _path(scope: Scope) -> str:
    return scope["path"].removeprefix(scope.get("root_path", ""))


async def _holder(headers: Headers) -> KeyHolder | None:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not api_keys.is_key(key.strip()):
        return None
    async with current_runtime().database.reading() as session:
        return await api_keys.holder_of(session, key.strip())


def _fingerprint(scope: Scope, body: bytes) -> str:
    target = f"{scope['method']} {_path(scope)}?{scope['query_string'].decode('latin-1')}\n"
    return hashlib.sha256(target.encode() + body).hexdigest()
