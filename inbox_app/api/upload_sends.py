"""Sends the files that a person has attached (M2, M7)."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inbox_app import clock
from inbox_app.api.upload_requests import pieces
from inbox_app.domain.errors import SendRefusedError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import Origin
from inbox_app.live import Change, Queue
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.save_draft import drop_draft
from inbox_app.services.sending.send import BadTextError, queue_text
from inbox_app.services.sending.send_file import Attached, queue_uploads

_MOST_AT_ONCE = 100
_MOST_JSON = 200_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be sent to whom."""

    conversation_id: int
    text: str
    ref: str
    attached: list[Attached]


async def send_uploads(request: Request, who: SignedIn) -> Response:
    """Asked again, it sends nothing twice."""
    wanted = _wanted(await _json(request))
    runtime, conversation_id = current_runtime(), wanted.conversation_id
    try:
        await runtime.database.run_transaction(lambda session: _queue(session, who, wanted))
    except SendRefusedError as refused:
        return JSONResponse({"problem": "refused", "reason": refused.decision.reason}, 409)
    except BadTextError:
        return JSONResponse({"problem": "caption"}, 422)
    runtime.live.publish(Change(who.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return JSONResponse({})


async def _queue(session: AsyncSession, who: SignedIn, wanted: _Wanted) -> None:
    """All of it or nothing: what was too long for a caption goes first."""
    if wanted.text:
        await queue_text(
            session,
            account_id=who.account_id,
            conversation_id=wanted.conversation_id,
            text=wanted.text,
            author_id=who.user_id,
            origin=Origin.PM,
            client_ref=wanted.ref,
            now=clock.now(),
        )
    await queue_uploads(
        session,
        wanted.attached,
        account_id=who.account_id,
        conversation_id=wanted.conversation_id,
        user_id=who.user_id,
        now=clock.now(),
    )
    await drop_draft(
        session,
        account_id=who.account_id,
        user_id=who.user_id,
        conversation_id=wanted.conversation_id,
    )


async def _json(request: Request) -> Any:
    body = b""
    async for chunk in pieces(request):
        body += chunk
        if len(body) > _MOST_JSON:
            raise HTTPException(413)
    try:
        return orjson.loads(body)
    except ValueError:
        raise HTTPException(400) from None


def _wanted(told: Any) -> _Wanted:
    """Whatever anybody may send."""
    try:
        wanted = _Wanted(
            read_id(told["conversation"]) or 0,
            _text(told.get("text", "")),
            _text(told.get("ref", "")),
            [Attached(_text(each["ref"]), _text(each["caption"])) for each in told["files"]],
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        raise HTTPException(400) from None
    if not 0 < len(wanted.attached) <= _MOST_AT_ONCE:
        raise HTTPException(400)
    return wanted


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()
    return value
