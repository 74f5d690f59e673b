"""Files that a person attaches in the inbox: taken in, shown, taken away (M2, M7).

Apart from the pages' events, because a socket takes no large message and tells no progress.
"""

import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from inbox_app import clock
from inbox_app.api.files.storage_away import storage_away
from inbox_app.api.files.upload_requests import for_people, pieces
from inbox_app.channels.base import Channel
from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import (
    HEAD,
    check_size,
    kind_of,
    read_name,
)
from inbox_app.domain.ids import read_id
from inbox_app.live import Change
from inbox_app.models import Upload
from inbox_app.previews.findings import THUMB_TYPE
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox.uploads import upload_of, uploads_of
from inbox_app.queries.thread.served_file import file_sent_as
from inbox_app.runtime import current_runtime
from inbox_app.services.sending import attach
from inbox_app.services.sending.send_file import client_ref_of
from inbox_app.storage import MissingFileError
from inbox_app.workflows.prepare_file import prepare_file

_LONGEST_SIZE = 18
_REF = re.compile(r"[\w-]{1,64}", re.ASCII)


def routes() -> list[Route]:
    """`/uploads…`, for who is signed in."""
    return [
        Route("/uploads", for_people(_list), methods=["GET"]),
        Route("/uploads", for_people(_take_in), methods=["POST"]),
        Route("/uploads/check", for_people(_judge), methods=["POST"]),
        Route("/uploads/{ref}", for_people(_show), methods=["GET"]),
        Route("/uploads/{ref}", for_people(_take_away), methods=["DELETE"]),
    ]


async def _list(_: Request, who: SignedIn) -> Response:
    async with current_runtime().database.reading() as session:
        uploads = await uploads_of(session, who.account_id, who.user_id)
    return JSONResponse({"items": [_told(upload) for upload in uploads]})


async def _judge(request: Request, who: SignedIn) -> Response:
    """By the first bytes and the size, before all of it is uploaded; what came before is told."""
    channel, ref = await _channel(request, who), _ref(request)
    head = b""
    async for chunk in pieces(request):
        head += chunk
        if len(head) > HEAD:
            raise HTTPException(413)
    check_size(kind_of(head), _size(request), channel.file_limits, channel.formats)
    async with current_runtime().database.reading() as session:
        earlier = await upload_of(session, who.account_id, who.user_id, ref)
    return JSONResponse(_told(earlier) if earlier else {})


async def _take_in(request: Request, who: SignedIn) -> Response:
    runtime, channel = current_runtime(), await _channel(request, who)
    name, ref = read_name(request.headers.get("x-filename", "")), _ref(request)
    try:
        file = await prepare_file(runtime, pieces(request), name, channel)
    except OSError as error:
        return storage_away(error)
    async with runtime.database.transaction() as session:
        upload = await attach.attach(
            session,
            file,
            account_id=who.account_id,
            user_id=who.user_id,
            conversation_id=_conversation(request),
            ref=ref,
            now=clock.real_now(),
        )
    runtime.live.publish(Change(who.account_id, upload.conversation_id))
    return JSONResponse(_told(upload), 201)


async def _show(request: Request, who: SignedIn) -> Response:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        ref = request.path_params["ref"]
        upload = await upload_of(session, who.account_id, who.user_id, ref)
    if upload is None:
        return await _show_sent(request, who)
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


async def _show_sent(request: Request, who: SignedIn) -> Response:
    """It left between the page's drawing its bubble and the browser's asking for the picture."""
    client_ref = client_ref_of(request.path_params["ref"])
    async with current_runtime().database.reading() as session:
        media_id = await file_sent_as(session, who.account_id, who.user_id, client_ref)
    if media_id is None:
        raise NotFoundError
    small = "?size=thumb" if request.query_params.get("size") == "thumb" else ""
    return RedirectResponse(f"/media/{media_id}{small}", 307)


async def _take_away(request: Request, who: SignedIn) -> Response:
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        ref = request.path_params["ref"]
        conversation_id = await attach.detach(session, who.account_id, who.user_id, ref)
    if conversation_id:
        runtime.live.publish(Change(who.account_id, conversation_id))
    return Response(status_code=204)


def _told(upload: Upload) -> dict[str, Any]:
    return {
        "ref": upload.ref,
        "conversation": str(upload.conversation_id),
        "kind": upload.kind,
        "name": upload.filename,
        "size": upload.size,
        "width": upload.width,
        "height": upload.height,
        "pages": upload.pages,
        "thumb": upload.thumb_sha256 is not None,
    }


def _size(request: Request) -> int:
    """As its page tells; longer than any number that counts is cut."""
    told = request.query_params.get("size", "")[:_LONGEST_SIZE]
    return int(told) if told.isdecimal() else 0


def _ref(request: Request) -> str:
    """As its page has chosen it."""
    ref = request.query_params.get("ref", "")
    if not _REF.fullmatch(ref):
        raise HTTPException(400)
    return ref


def _conversation(request: Request) -> int:
    return read_id(request.query_params.get("conversation", "")) or 0


async def _channel(request: Request, who: SignedIn) -> Channel:
    async with current_runtime().database.reading() as session:
        key = await attach.channel_for(session, who.account_id, _conversation(request))
    return channel_of(key)
