"""What every request of the API passes: the key, the size of the body, `Idempotency-Key`."""

import asyncio
import hashlib
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import col, select
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inbox_app import clock, runtime
from inbox_app.api.v1 import problems
from inbox_app.models import IdempotentAnswer
from inbox_app.services.api_keys import KeyHolder, holder_of

MAX_BODY = 1_000_000
_OPEN = ("/openapi.json", "/docs", "/docs.css")
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Gate:
    """Puts the `KeyHolder` into `request.state.holder`, or answers in the inside's place."""

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside
        # Two requests with one key at once: the second waits, and gets the first one's answer.
        self._turns: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or _path(scope) in _OPEN:
            return await self._inside(scope, receive, send)
        try:
            answer = await self._admitted(scope, receive)
        except OperationalError:
            answer = problems.response(503, "unavailable", "The database does not answer.")
        return await answer(scope, receive, send)

    async def _admitted(self, scope: Scope, receive: Receive) -> ASGIApp:
        holder = await _holder(Headers(scope=scope))
        if holder is None:
            challenge = {"www-authenticate": "Bearer"}
            return problems.response(401, "unauthorized", "Show a valid API key.", challenge)
        scope.setdefault("state", {})["holder"] = holder
        if scope["method"] not in _WRITES:
            return self._inside
        body = await _read(receive)
        if body is None:
            return problems.response(413, "too-large", f"At most {MAX_BODY} bytes are taken.")
        again = _Replayed(self._inside, body)
        key = Headers(scope=scope).get("idempotency-key")
        if key is None:
            return again
        if not 0 < len(key) <= 200 or not key.isascii() or not key.isprintable():
            return problems.response(400, "idempotency-key", "It has 1 to 200 plain characters.")
        scope["state"]["idempotency_key"] = key
        return await self._once(_Once(holder, key, _fingerprint(scope, body)), again, scope)

    async def _once(self, once: "_Once", inside: ASGIApp, scope: Scope) -> ASGIApp:
        turn = self._turns.setdefault((once.holder.key_id, once.key), asyncio.Lock())
        async with turn:
            if (known := await _known(once)) is not None:
                return known
            answer = await _answer_of(inside, scope)
            if answer.status_code < 500:
                await _remember(once, answer)
            return answer


@dataclass(frozen=True, slots=True)
class _Once:
    holder: KeyHolder
    key: str
    fingerprint: str


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


def _path(scope: Scope) -> str:
    return scope["path"].removeprefix(scope.get("root_path", ""))


async def _holder(headers: Headers) -> KeyHolder | None:
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        return None
    async with runtime.current().database.reading() as session:
        return await holder_of(session, key.strip())


async def _read(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _fingerprint(scope: Scope, body: bytes) -> str:
    target = f"{scope['method']} {_path(scope)}?{scope['query_string'].decode('latin-1')}\n"
    return hashlib.sha256(target.encode() + body).hexdigest()


async def _known(once: _Once) -> Response | None:
    """The answer given before; a refusal when the key came with something else then."""
    query = select(IdempotentAnswer).where(
        col(IdempotentAnswer.api_key_id) == once.holder.key_id,
        col(IdempotentAnswer.idempotency_key) == once.key,
    )
    async with runtime.current().database.reading() as session:
        row = (await session.exec(query)).one_or_none()
    if row is None:
        return None
    if row.request_hash != once.fingerprint:
        detail = "This Idempotency-Key came with another request before."
        return problems.response(409, "idempotency-key-reused", detail)
    kind = "application/json" if row.status < 400 else problems.MEDIA_TYPE
    return Response(row.body, row.status, media_type=kind if row.body else None)


async def _remember(once: _Once, answer: Response) -> None:
    row = IdempotentAnswer(
        account_id=once.holder.account_id,
        api_key_id=once.holder.key_id,
        idempotency_key=once.key,
        request_hash=once.fingerprint,
        status=answer.status_code,
        body=bytes(answer.body).decode(),
        created_at=clock.real_now(),
    )
    try:
        async with runtime.current().database.transaction() as session:
            session.add(row)
    except IntegrityError:
        return  # another process was quicker, and what we did is idempotent by itself


async def _answer_of(inside: ASGIApp, scope: Scope) -> Response:
    """The inside's answer as a whole: they are small."""
    start: MutableMapping[str, Any] = {}
    body = bytearray()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await inside(scope, _nothing_more, collect)
    answer = Response(bytes(body), start["status"])
    answer.raw_headers = list(start["headers"])
    return answer


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
