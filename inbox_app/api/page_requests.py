"""What scripts of our pages ask for by HTTP: who may, and how they are told that they may not."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from inbox_app import sessions
from inbox_app.api import forms
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn

Handler = Callable[[Request, SignedIn], Awaitable[Response]]


def for_people(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """For who is signed in, and only from our pages where something changes; what is refused is
    told as JSON."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        who = await sessions.signed_in(request.headers.get("cookie", ""))
        if who is None:
            return JSONResponse({"problem": "signed_out"}, 401)
        if request.method != "GET":
            forms.refuse_other_sites(request)
        try:
            return await handler(request, who)
        except NotFoundError:
            return JSONResponse({"problem": "not_found"}, 404)

    return answer


def for_admins(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The same for admins; to others it is not there."""

    @wraps(handler)
    async def answer(request: Request, who: SignedIn) -> Response:
        if who.role is not Role.ADMIN:
            raise NotFoundError
        return await handler(request, who)

    return for_people(answer)
