"""One person's data, for the admins of their account alone (A6)."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from inbox_app import clock, sessions
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Role
from inbox_app.runtime import current_runtime
from inbox_app.workflows.export_person import export_person


def routes() -> list[Route]:
    """`/export/actor/{id}`: a ZIP, written while it is fetched."""
    return [Route("/export/actor/{id:int}", _export, methods=["GET"])]


async def _export(request: Request) -> Response:
    actor_id: int = request.path_params["id"]
    who = await sessions.signed_in(request.headers.get("cookie", ""))
    if who is None or who.role is not Role.ADMIN or actor_id >= 2**63:
        return PlainTextResponse("Not found", 404)
    try:
        chunks = await export_person(
            current_runtime(),
            account_id=who.account_id,
            actor_id=actor_id,
            user_id=who.user_id,
            language=who.language,
            now=clock.now(),
        )
    except NotFoundError:
        return PlainTextResponse("Not found", 404)
    headers = {
        "content-disposition": f'attachment; filename="actor-{actor_id}.zip"',
        "cache-control": "no-store",
    }
    return StreamingResponse(chunks, media_type="application/zip", headers=headers)
