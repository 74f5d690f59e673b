"""A file that a program sends: a form, read as it comes and never held as a whole."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from inbox_app.api.body import BodyError

MOST_BYTES = 101 * 1024 * 1024
"""What is larger no channel takes, whatever it is."""
INSIDE = "/file"
"""Below `/conversations/{id}/messages`: there the gate leads a form; it is no call of its own."""
FORM_BODY = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "caption": {"type": "string"},
                    },
                }
            }
        }
    }
}
"""What the description says of it."""
_SLOWEST_PIECE_SECONDS = 60.0
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class FileForm:
    """The file, and what is to be written below it."""

    file: UploadFile
    caption: str
    fingerprint: str
    """Of what was sent, however it was wrapped."""

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes."""
        await self.file.seek(0)
        while chunk := await self.file.read(_CHUNK):
            yield chunk


def is_form(headers: Headers) -> bool:
    return headers.get("content-type", "").lower().startswith("multipart/form-data")


@asynccontextmanager
async def read_form(scope: Scope, receive: Receive) -> AsyncIterator[FileForm]:
    """For as long as it is worked with. Raises ``BodyError``."""
    request = Request(scope, _bounded(receive))
    try:
        form = await request.form(max_files=1, max_fields=5)
    except HTTPException as error:
        raise BodyError(
            HTTPStatus.BAD_REQUEST, f"The form cannot be read: {error.detail}"
        ) from None
    try:
        if form.get("send_at") or form.get("fallback_template"):
            words = "A file cannot wait: leave send_at and fallback_template out."
            raise BodyError(HTTPStatus.UNPROCESSABLE_ENTITY, words)
        yield await _read(form.get("file"), form.get("caption"))
    finally:
        await form.close()


async def _read(file: object, caption: object) -> FileForm:
    if not isinstance(file, UploadFile) or not isinstance(caption, str | None):
        words = "The form has a file named «file» and, if you like, a text named «caption»."
        raise BodyError(HTTPStatus.UNPROCESSABLE_ENTITY, words)
    told = hashlib.sha256(f"{caption}\n{file.filename}\n".encode())
    while chunk := await file.read(_CHUNK):
        await asyncio.to_thread(told.update, chunk)
    return FileForm(file, caption or "", told.hexdigest())


def _bounded(receive: Receive) -> Receive:
    size = 0

    async def piece() -> Message:
        nonlocal size
        try:
            async with asyncio.timeout(_SLOWEST_PIECE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise BodyError(HTTPStatus.REQUEST_TIMEOUT, "The body came too slowly.") from None
        size += len(message.get("body", b""))
        if size > MOST_BYTES:
            words = f"At most {MOST_BYTES} bytes are taken."
            raise BodyError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words)
        return message

    return piece
