"""Files that a person attaches in the inbox: taken in, shown, taken away, sent (M2, M7).

Apart from the pages' events, because a socket takes no large message and tells no progress.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from inbox_app import clock, sessions
from inbox_app.api import forms
from inbox_app.api.storage_away import storage_away
from inbox_app.channels.base import Channel
from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.files.outgoing_files import (
    HEAD,
    FileRefusedError,
    check_size,
    kind_of,
    read_name,
)
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import Origin
from inbox_app.live import Change, Queue
from inbox_app.models import Upload
from inbox_app.previews.findings import THUMB_TYPE
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox.uploads import upload_of, uploads_of
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.save_draft import drop_draft
from inbox_app.services.sending import attach
from inbox_app.services.sending.send import BadTextError, ReferenceTakenError, queue_text
from inbox_app.services.sending.send_file import Attached, queue_uploads
from inbox_app.storage import MissingFileError
from inbox_app.workflows.prepare_file import prepare_file

_SLOWEST_PIECE_SECONDS = 60.0
_MOST_AT_ONCE = 100
_MOST_JSON = 200_000


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be sent to whom."""

    conversation_id: int
    text: str
    ref: str
    attached: list[Attached]


Handler = Callable[[Request, SignedIn], Awaitable[Response]]


def routes() -> list[Route]:
    """`/uploads…`, for who is signed in."""
    return [
        Route("/uploads", _for_people(_list), methods=["GET"]),
        Route("/uploads", _for_people(_take_in), methods=["POST"]),
        Route("/uploads/check", _for_people(_judge), methods=["POST"]),
        Route("/uploads/send", _for_people(_send), methods=["POST"]),
        Route("/uploads/{ref}", _for_people(_show), methods=["GET"]),
        Route("/uploads/{ref}", _for_people(_take_away), methods=["DELETE"]),
    ]


def _for_people(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Only from our pages where something changes; what is refused is told as JSON."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        who = await sessions.signed_in(request.headers.get("cookie", ""))
        if who is None:
            return JSONResponse({"problem": "signed_out"}, 401)
        if request.method != "GET":
            forms.refuse_other_sites(request)
        try:
            return await handler(request, who)
        except FileRefusedError as refused:
            # To the page it is an answer like another; a console would take it for a fault.
            return JSONResponse({"problem": refused.problem})
        except (NotFoundError, ReferenceTakenError):
            return JSONResponse({"problem": "not_found"}, 404)

    return answer


async def _list(_: Request, who: SignedIn) -> Response:
    async with current_runtime().database.reading() as session:
        uploads = await uploads_of(session, who.account_id, who.user_id)
    return JSONResponse({"items": [_told(upload) for upload in uploads]})


async def _judge(request: Request, who: SignedIn) -> Response:
    """By the first bytes and the size, before all of it is uploaded."""
    channel = await _channel(request, who)
    head = b""
    async for chunk in _pieces(request):
        head += chunk
        if len(head) > HEAD:
            raise HTTPException(413)
    size = request.query_params.get("size", "")
    check_size(
        kind_of(head), int(size) if size.isdecimal() else 0, channel.file_limits, channel.formats
    )
    return JSONResponse({})


async def _take_in(request: Request, who: SignedIn) -> Response:
    runtime, channel = current_runtime(), await _channel(request, who)
    name = read_name(request.headers.get("x-filename", ""))
    try:
        file = await prepare_file(runtime, _pieces(request), name, channel)
    except OSError as error:
        return storage_away(error)
    async with runtime.database.transaction() as session:
        upload = await attach.attach(
            session,
            file,
            account_id=who.account_id,
            user_id=who.user_id,
            conversation_id=_conversation(request),
            now=clock.real_now(),
        )
    return JSONResponse(_told(upload), 201)


async def _show(request: Request, who: SignedIn) -> Response:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        ref = request.path_params["ref"]
        upload = await upload_of(session, who.account_id, who.user_id, ref)
    if upload is None:
        raise NotFoundError
    shown = upload.thumb_sha256 if request.query_params.get("size") == "thumb" else upload.sha256
    if shown is None:
        raise NotFoundError
    try:
        await runtime.storage.size(shown)
    except MissingFileError:
        raise NotFoundError from None
    except OSError as error:
        return storage_away(error)
    headers = {"cache-control": "private, max-age=3600"}
    kind = upload.content_type if shown == upload.sha256 else THUMB_TYPE
    if not kind.startswith("image/"):
        headers["content-disposition"] = "attachment"
    return StreamingResponse(runtime.storage.read(shown), media_type=kind, headers=headers)


async def _take_away(request: Request, who: SignedIn) -> Response:
    async with current_runtime().database.transaction() as session:
        ref = request.path_params["ref"]
        await attach.detach(session, who.account_id, who.user_id, ref)
    return Response(status_code=204)


async def _send(request: Request, who: SignedIn) -> Response:
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


def _told(upload: Upload) -> dict[str, Any]:
    return {
        "ref": upload.ref,
        "conversation": str(upload.conversation_id),
        "kind": upload.kind,
        "name": upload.filename,
        "size": upload.size,
        "pages": upload.pages,
        "thumb": upload.thumb_sha256 is not None,
    }


def _conversation(request: Request) -> int:
    return read_id(request.query_params.get("conversation", "")) or 0


async def _channel(request: Request, who: SignedIn) -> Channel:
    async with current_runtime().database.reading() as session:
        key = await attach.channel_for(session, who.account_id, _conversation(request))
    return channel_of(key)


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Who sends nothing for a minute is not waited for."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(_SLOWEST_PIECE_SECONDS):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPException(408) from None
        yield chunk


async def _json(request: Request) -> Any:
    body = b""
    async for chunk in _pieces(request):
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
