"""The files of messages, for the people of their account alone (M3)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from inbox_app import sessions
from inbox_app.api.files.served_media import serve
from inbox_app.api.files.storage_away import storage_away
from inbox_app.queries.thread.photos import photos
from inbox_app.runtime import current_runtime


def routes() -> list[Route]:
    """`/media/{id}`; `?size=thumb` is a small picture of it, `?size=play` a sound that every
    browser plays; `&save=1` saves it."""
    return [
        Route("/media/{id:int}", _media, methods=["GET"]),
        Route("/media/of/{conversation_id:int}", _photos, methods=["GET"]),
    ]


async def _photos(request: Request) -> Response:
    """The photos of a conversation, for the viewer that lies over it."""
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    conversation_id: int = request.path_params["conversation_id"]
    if who is None or conversation_id >= 2**63:
        return PlainTextResponse("Not found", 404)
    async with current_runtime().database.reading() as session:
        found = await photos(session, who.account_id, conversation_id)
    return JSONResponse(found, headers={"cache-control": "no-store"})


async def _media(request: Request) -> Response:
    media_id: int = request.path_params["id"]
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    if who is None or media_id >= 2**63:
        return PlainTextResponse("Not found", 404)
    try:
        answer = await serve(request, who.account_id, media_id)
    except OSError as error:
        return storage_away(error)
    return answer or PlainTextResponse("Not found", 404)
