"""Files over the simulated Graph API: what is known of one, its bytes, its deletion; and all that
goes wrong on the way (docs/whatsapp.md §9, §14)."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.responses import StreamingResponse as Streaming
from starlette.routing import Route

from inbox_app.sandbox.simulator.faults import MediaFault
from inbox_app.sandbox.simulator.graph.endpoints import check_token, simulator_of
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError, not_found
from inbox_app.sandbox.simulator.media_store import KeptFile, metadata

_BYTES = "/whatsapp_business/attachments/"


def routes() -> list[Route]:
    """Of the bytes alone: the rest goes by ids, as all objects do."""
    return [Route(_BYTES, _attachment)]


def object_(request: Request, id_: str) -> Json:
    """What is known of a file, or its deletion."""
    simulator = simulator_of(request)
    if simulator.faults.media and simulator.faults.media[0] == MediaFault.EXPIRED_ID:
        simulator.faults.next_file()
        raise not_found(id_)
    if request.method == "DELETE":
        simulator.media.forget(id_)
        return {"success": True}
    kept = simulator.media.get(id_)
    version = request.path_params["version"]
    root = str(request.url.replace(query="")).removesuffix(f"/{version}/{id_}")
    return metadata(kept, simulator.media.address(kept, root + _BYTES))


async def _attachment(request: Request) -> Response:
    """The bytes, for who has the token and an address that lives."""
    simulator, query = simulator_of(request), request.query_params
    id_ = query.get("mid", "")
    try:
        check_token(request)
        kept = simulator.media.get(id_)
    except SimulatedGraphError:
        return PlainTextResponse("Not found", 404)
    fault = simulator.faults.next_file()
    lives = simulator.media.is_address(id_, query.get("ext", ""), query.get("hash", ""))
    if fault == MediaFault.EXPIRED_URL or not lives:
        return PlainTextResponse("URL signature expired", 404)
    return _badly(request, kept, fault) or FileResponse(kept.path, media_type=kept.mime_type)


def _badly(request: Request, kept: KeptFile, fault: str) -> Response | None:
    match fault:
        case MediaFault.EMPTY:
            return Response(b"", media_type=kept.mime_type)
        case MediaFault.WRONG_TYPE:
            return FileResponse(kept.path, media_type="text/html; charset=utf-8")
        case MediaFault.REDIRECT:
            return RedirectResponse(str(request.url.include_query_params(again=1)), 302)
        case MediaFault.DAMAGED:
            return Response(b"\0" * kept.size, media_type=kept.mime_type)
        case MediaFault.BROKEN_OFF:
            headers = {"content-length": str(kept.size)}
            return Streaming(_half(kept), media_type=kept.mime_type, headers=headers)
        case MediaFault.UNAVAILABLE:
            return PlainTextResponse("Service Unavailable", 503)
        case MediaFault.TOO_LARGE:
            return Streaming(_endless(), media_type=kept.mime_type)
        case _:
            return None


async def _half(kept: KeptFile) -> AsyncIterator[bytes]:
    yield kept.path.read_bytes()[: kept.size // 2]
    raise ConnectionResetError


async def _endless() -> AsyncIterator[bytes]:
    piece = b"\0" * 1024 * 1024
    for _ in range(101):
        yield piece
