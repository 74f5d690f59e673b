"""What the requests about files of a person have in common: who may make them, and their bodies."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inbox_app.api import page_requests
from inbox_app.api.page_requests import Handler
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import FileRefusedError
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.services.sending.send import ReferenceTakenError

_SLOWEST_PIECE_SECONDS = 60.0


def for_people(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """For who is signed in; what is refused of a file is told as JSON."""

    @wraps(handler)
    async def answer(request: Request, who: SignedIn) -> Response:
        try:
            return await handler(request, who)
        except FileRefusedError as refused:
            # To the page it is an answer like another; a console would take it for a fault.
            return JSONResponse({"problem": refused.problem})
        except ReferenceTakenError:
            raise NotFoundError from None

    return page_requests.for_people(answer)


async def pieces(request: Request) -> AsyncIterator[bytes]:
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
