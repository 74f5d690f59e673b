"""`/media/{id}`: the file of a message (M3)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from inbox_app.api.files.served_media import serve
from inbox_app.api.files.storage_away import RETRY_AFTER_SECONDS, warn
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.ids import read_id

router = APIRouter(prefix="/media", tags=["messages"])
_BYTES = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
_SIZES = "`thumb`: a small WebP; `play`: a sound as M4A, where its own format needs it."


@router.get(
    "/{media_id}",
    response_class=Response,
    responses={
        200: _BYTES,
        206: {"description": "The part that `Range` asks for", **_BYTES},
        304: {"description": "`If-None-Match` names it"},
        416: {"description": "`Range` asks for what it has not"},
    },
)
async def show(
    holder: Holder,
    media_id: str,
    request: Request,
    size: Annotated[Literal["thumb", "play"] | None, Query(description=_SIZES)] = None,
) -> Response:
    """The bytes, by a message's `media.id`; 404 while they are not here."""
    number = read_id(media_id)
    try:
        answer = await serve(request, holder.account_id, number) if number else None
    except OSError as error:
        warn(error)
        later = {"retry-after": str(RETRY_AFTER_SECONDS)}
        raise Problem(503, "unavailable", "The place of files does not answer.", later) from None
    if answer is None:
        raise not_found()
    return answer
