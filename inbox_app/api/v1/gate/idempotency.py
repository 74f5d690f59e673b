"""The same `Idempotency-Key` and request get the same answer, and are done once."""

import asyncio
import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Scope

from inbox_app import clock
from inbox_app.api.v1.gate import problems
from inbox_app.models import IdempotentAnswer
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Once:
    """A request that is to be done once; `fingerprint` tells it from others with the same key."""

    holder: KeyHolder
    key: str
    fingerprint: str


class Memory:
    """The answers given before."""

    def __init__(self) -> None:
        # Two requests with one key at once: the second waits, and gets the first one's answer.
        self._turns: WeakValueDictionary[tuple[int, str], asyncio.Lock] = WeakValueDictionary()

    async def answer(self, once: Once, inside: ASGIApp, scope: Scope) -> Response:
        """What `inside` answers to `scope`, or has answered before."""
        turn = self._turns.setdefault((once.holder.key_id, once.key), asyncio.Lock())
        async with turn:
            if (known := await _known(once)) is not None:
                return known
            answer = await _answer_of(inside, scope)
            if answer.status_code < 500:
                await _remember(once, answer)
            return answer


async def _known(once: Once) -> Response | None:
    """The answer given before; a refusal when the key came with something else then."""
    query = select(IdempotentAnswer).where(
        col(IdempotentAnswer.account_id) == once.holder.account_id,
        col(IdempotentAnswer.api_key_id) == once.holder.key_id,
        col(IdempotentAnswer.idempotency_key) == once.key,
    )
    async with current_runtime().database.reading() as session:
        row = (await session.exec(query)).one_or_none()
    if row is None:
        return None
    if row.request_hash != once.fingerprint:
        return problems.response(409, *problems.KEY_REUSED)
    kind = "application/json" if row.status < 400 else problems.MEDIA_TYPE
    body = current_runtime().vault.decrypt_or_none(row.body_encrypted)
    return Response(body, row.status, media_type=kind if body else None)


async def _remember(once: Once, answer: Response) -> None:
    row = IdempotentAnswer(
        account_id=once.holder.account_id,
        api_key_id=once.holder.key_id,
        idempotency_key=once.key,
        request_hash=once.fingerprint,
        status=answer.status_code,
        body_encrypted=current_runtime().vault.encrypt_or_none(bytes(answer.body).decode()) or "",
        created_at=clock.real_now(),
    )
    try:
        async with current_runtime().database.transaction() as session:
            session.add(row)
    except IntegrityError:
        return  # another process was quicker, and what we did is idempotent by itself
    except problems.DATABASE_AWAY:
        _log.warning("an answer of the API was not remembered", exc_info=True)


async def _answer_of(inside: ASGIApp, scope: Scope) -> Response:
    """The inside's answer as a whole: they are small."""
    start: MutableMapping[str, Any] = {}
    body = bytearray()

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    try:
        await inside(scope, _nothing_more, collect)
    except Exception:
        # Starlette answers what crashed, and then raises it all the same.
        if not start:
            raise
        _log.exception("a request of the API crashed")
    answer = Response(bytes(body), start["status"])
    answer.raw_headers = list(start["headers"])
    return answer


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}
