"""What is answered with a message's file, to whoever may have it (M3)."""

import logging
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from inbox_app.api.files import byte_range
from inbox_app.domain.files.file_names import disposition, save_as
from inbox_app.domain.files.file_types import WHAT_BROWSERS_SHOW
from inbox_app.live import Change
from inbox_app.previews.findings import PLAYABLE_TYPE, THUMB_TYPE
from inbox_app.queries.thread.served_file import ServedFile, served_file
from inbox_app.runtime import current_runtime
from inbox_app.services.media.lost_files import lose
from inbox_app.storage import MissingFileError

_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""Should a browser ever take a file for a page, that page may do nothing."""
_OF_A_PDF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""Chromium opens no PDF in a sandbox; its viewer is one."""
_PDF = "application/pdf"
_log = logging.getLogger(__name__)


class _Served(NamedTuple):
    """One of the forms in which a file is kept."""

    sha256: str
    content_type: str


async def serve(request: Request, account_id: int, media_id: int) -> Response | None:
    """None for a file of another account, and for one that is not here, or not in the form that
    `?size=` asks for. Raises ``OSError`` while the place of files does not answer."""
    file = await _file(account_id, media_id)
    form = _form(file, request.query_params.get("size", "")) if file else None
    if file is None or form is None:
        return None
    headers = _headers(file, form, media_id, save="save" in request.query_params)
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    try:
        size = await current_runtime().storage.size(form.sha256)
    except MissingFileError:
        await _lose(account_id, media_id)
        return None
    return _bytes(request, form, size, headers)


async def _file(account_id: int, media_id: int) -> ServedFile | None:
    async with current_runtime().database.reading() as session:
        return await served_file(session, account_id, media_id)


async def _lose(account_id: int, media_id: int) -> None:
    """Whoever looks at it is told, and may ask for it again."""
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        conversation_id = await lose(session, account_id, media_id)
    if conversation_id is not None:
        _log.warning("file %d is not where files are kept", media_id)
        runtime.live.publish(Change(account_id, conversation_id))


def _form(file: ServedFile, size: str) -> _Served | None:
    if size == "thumb":
        return _Served(file.thumb_sha256, THUMB_TYPE) if file.thumb_sha256 else None
    if size == "play" and file.playable_sha256:
        return _Served(file.playable_sha256, PLAYABLE_TYPE)
    return _Served(file.sha256, file.content_type)


def _headers(file: ServedFile, form: _Served, media_id: int, *, save: bool) -> dict[str, str]:
    shown = form.content_type in WHAT_BROWSERS_SHOW
    name = save_as(file.name, file.content_type, media_id)
    return {
        "content-type": form.content_type,
        "content-disposition": disposition(name, download=save or not shown),
        "content-security-policy": _OF_A_PDF if form.content_type == _PDF else _SANDBOX,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "etag": f'"{form.sha256}"',
        "cache-control": "private, max-age=31536000, immutable",
        # Who comes after somebody else, in the same browser, is not given what it has kept.
        "vary": "Cookie, Authorization",
        "accept-ranges": "bytes",
    }


def _bytes(request: Request, form: _Served, size: int, headers: dict[str, str]) -> Response:
    try:
        part = byte_range.read(_range_header(request, headers["etag"]), size)
    except byte_range.UnsatisfiableError:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    start, stop = part or (0, size)
    if part:
        headers["content-range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["content-length"] = str(stop - start)
    if request.method == "HEAD":
        return Response(status_code=206 if part else 200, headers=headers)
    chunks = current_runtime().storage.read(form.sha256, start, stop)
    return StreamingResponse(chunks, 206 if part else 200, headers)


def _range_header(request: Request, etag: str) -> str:
    """Nothing when the part was meant of another state of the file."""
    meant = request.headers.get("if-range", etag)
    return request.headers.get("range", "") if meant == etag else ""
