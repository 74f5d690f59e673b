"""Calendar files that a person uploads for a home (A4).

Apart from the pages' events, because a socket takes no large message.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inbox_app import clock
from inbox_app.api.files.upload_requests import for_people, pieces
from inbox_app.domain.calendars.parse import MAX_BYTES
from inbox_app.domain.calendars.told import CalendarError
from inbox_app.domain.files.outgoing_files import read_name
from inbox_app.domain.ids import read_id
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.calendars.write_calendar import TooManyCalendarsError
from inbox_app.workflows.read_calendars import read_file


def routes() -> list[Route]:
    """`/calendars`, for who is signed in."""
    return [Route("/calendars", for_people(_take_in), methods=["POST"])]


async def _take_in(request: Request, who: SignedIn) -> Response:
    """What changed by it, or why it cannot be used: to a page that is an answer like another."""
    data = bytearray()
    async for chunk in pieces(request):
        data += chunk
        if len(data) > MAX_BYTES:
            raise HTTPException(413)
    home = read_id(request.query_params.get("accommodation", "")) or 0
    name = read_name(request.headers.get("x-filename", ""))
    try:
        applied = await read_file(
            current_runtime(),
            who.account_id,
            home,
            name,
            bytes(data),
            now=clock.now(),
            real_now=clock.real_now(),
        )
    except CalendarError as error:
        return JSONResponse({"problem": error.problem})
    except TooManyCalendarsError:
        return JSONResponse({"problem": "too_many_calendars"})
    return JSONResponse({"created": applied.created if applied else 0}, 201)
