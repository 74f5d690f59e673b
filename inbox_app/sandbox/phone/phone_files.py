"""Files that go to and from the test phone, over HTTP: a socket takes no large message."""

from collections.abc import AsyncIterator
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from inbox_app.domain.files.file_names import disposition, save_as
from inbox_app.domain.files.file_types import HEAD, UNKNOWN, WHAT_BROWSERS_SHOW
from inbox_app.sandbox.phone.phone_people import is_somebody
from inbox_app.sandbox.simulator.graph.errors import SimulatedGraphError
from inbox_app.sandbox.simulator.own_files import (
    MOST_BYTES,
    lost_file,
    mime_type,
    own_file,
)
from inbox_app.sandbox.simulator.people import number_by_id
from inbox_app.sandbox.simulator.samples import Sample
from inbox_app.sandbox.simulator.simulator import Simulator
from inbox_app.sandbox.simulator_app import caller, simulator_for

_LONGEST_CAPTION = 1024
_LONGEST_NAME = 240
_NOT_FOUND = PlainTextResponse("Not found", 404)
_AS_A_FILE = "default-src 'none'; sandbox"


def routes() -> list[Route]:
    """For who sits at this machine."""
    return [
        Route("/sandbox/phone/files", _send, methods=["POST"]),
        Route("/sandbox/phone/files/{id}", _show, methods=["GET"]),
    ]


async def _send(request: Request) -> Response:
    """A file of a person's: its bytes, or only the first of one that is too large to go through.
    A page of another site cannot send the header with the name."""
    simulator, query = simulator_for(caller(request)), request.query_params
    number, person = number_by_id(query.get("number", "")), query.get("person", "")
    if simulator is None or number is None or not is_somebody(simulator, person):
        return _NOT_FOUND
    if "x-filename" not in request.headers:
        return _NOT_FOUND
    try:
        sent = await _sent(simulator, request)
    except _TooLargeError:
        return PlainTextResponse("Too large", 413)
    await simulator.write(number, person, sent.content, sent.preview, sent.file)
    return JSONResponse({"captioned": "caption" in sent.content[sent.content["type"]]}, 201)


class _TooLargeError(Exception):
    """It goes on after so many bytes that nobody would take it."""


async def _sent(simulator: Simulator, request: Request) -> Sample:
    """The message that the file makes."""
    chunks = _bounded(request.stream())
    begun = await _beginning(chunks)
    head, name = begun[:HEAD], unquote(request.headers["x-filename"], errors="replace")
    name = name[:_LONGEST_NAME]
    if _is_too_large(request):
        return lost_file(head, name)
    kind = mime_type(head, request.headers.get("content-type", ""))
    kept = await simulator.media.receive(_after(begun, chunks), kind)
    return own_file(kept, head, name, request.query_params.get("caption", "")[:_LONGEST_CAPTION])


def _is_too_large(request: Request) -> bool:
    size = request.query_params.get("size", "")
    return size.isdecimal() and int(size[:20]) > MOST_BYTES


async def _bounded(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise _TooLargeError
        yield chunk


async def _beginning(chunks: AsyncIterator[bytes]) -> bytes:
    begun = b""
    async for chunk in chunks:
        begun += chunk
        if len(begun) >= HEAD:
            break
    return begun


async def _after(begun: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield begun
    async for chunk in rest:
        yield chunk


async def _show(request: Request) -> Response:
    """One that stands in a chat, as the phone shows it."""
    simulator = simulator_for(caller(request))
    try:
        if simulator is None:
            raise FileNotFoundError
        kept = simulator.media.get(request.path_params["id"])
    except (SimulatedGraphError, FileNotFoundError):
        return _NOT_FOUND
    plain = kept.mime_type.partition(";")[0]
    shown = plain in WHAT_BROWSERS_SHOW
    name = save_as(request.query_params.get("name", ""), plain, 1)
    headers = {
        "content-disposition": disposition(name, download=not shown),
        "cache-control": "private, max-age=3600",
    }
    if plain != "application/pdf":
        headers["content-security-policy"] = _AS_A_FILE
    return FileResponse(kept.path, media_type=plain if shown else UNKNOWN, headers=headers)
