"""What every call of the simulated Graph API shares: who asks, for what, and how it is answered."""

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.faults import Faults, GraphFault
from inbox_app.sandbox.simulator.graph.errors import (
    TEMPLATE_SUBCODES,
    Json,
    SimulatedGraphError,
    answer,
    not_found,
)
from inbox_app.sandbox.simulator.people import NUMBERS, TOKEN, Number, number_by_id
from inbox_app.sandbox.simulator.simulator import Simulator

Answerer = Callable[[Request], Awaitable[Json]]
Endpoint = Callable[[Request], Awaitable[Response]]

_HANG_SECONDS = 300
_ALIASES = {
    GraphFault.SERVER_ERROR: Code.SOMETHING_WENT_WRONG,
    GraphFault.UNAVAILABLE: 2,
}


def endpoint(
    answerer: Answerer, next_fault: Callable[[Faults], str] = Faults.next_call
) -> Endpoint:
    """Answers in Meta's way, or as badly as the next fault says."""

    async def answering(request: Request) -> Response:
        fault = next_fault(simulator_of(request).faults)
        if ready := _instead(fault):
            return ready
        return await _lost(await _answered(request, answerer, fault), fault)

    return answering


async def unplayed(request: Request, _error: Exception) -> Response:
    """What is not played here is answered as Meta answers what she does not have."""
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    version, _, edge = path.strip("/").partition("/")
    if not re.fullmatch(r"v\d+\.\d+", version) or not edge:
        refused = SimulatedGraphError(
            Code.UNKNOWN_PATH, f"Unknown path components: /{edge or version}"
        )
    else:
        refused = not_found(edge.partition("/")[0])
    return _response(request, *answer(refused))


async def malformed(request: Request, error: Exception) -> Response:
    """A form that cannot be read is refused as a parameter is."""
    details = error.detail if isinstance(error, HTTPException) else None
    return _response(request, *answer(SimulatedGraphError(Code.INVALID_PARAMETER, details)))


def simulator_of(request: Request) -> Simulator:
    return request.app.state.simulator


def check_token(request: Request) -> None:
    header = request.headers.get("authorization", "")
    given = header.removeprefix("Bearer ") or request.query_params.get("access_token", "")
    known = secrets.compare_digest(given.encode(), TOKEN.encode())
    if not known or simulator_of(request).faults.token:
        raise SimulatedGraphError(Code.TOKEN_INVALID, "The access token could not be decrypted")


def number_of(request: Request) -> Number:
    check_token(request)
    number = number_by_id(request.path_params["id"])
    if number is None:
        raise not_found(request.path_params["id"])
    return number


def waba_of(request: Request) -> str:
    check_token(request)
    waba_id = request.path_params["id"]
    if all(number.waba_id != waba_id for number in NUMBERS):
        raise not_found(waba_id)
    return waba_id


async def payload_of(request: Request, *, or_none: bool = False) -> Json:
    """What is sent along; `or_none`: no body at all is fine too."""
    if or_none and not await request.body():
        return {}
    try:
        payload = await request.json()
    except (ValueError, RecursionError):
        raise SimulatedGraphError(Code.INVALID_PARAMETER, "The body is not valid JSON.") from None
    if not isinstance(payload, dict):
        raise SimulatedGraphError(Code.INVALID_PARAMETER, "The body is not a JSON object.")
    return payload


async def _answered(request: Request, answerer: Answerer, fault: str) -> Response:
    try:
        _refuse(fault)
        return _response(request, 200, await answerer(request))
    except SimulatedGraphError as refused:
        return _response(request, *answer(refused))


def _refuse(fault: str) -> None:
    """Raise what the fault says, if it is one of Meta's refusals."""
    if fault in _ALIASES:
        raise SimulatedGraphError(_ALIASES[GraphFault(fault)])
    if fault.isdigit():
        code = int(fault)
        raise (
            SimulatedGraphError(Code.INVALID_PARAMETER, subcode=code)
            if code in TEMPLATE_SUBCODES
            else SimulatedGraphError(code)
        )


def _instead(fault: str) -> Response | None:
    """What something between us and Meta answers."""
    if fault == GraphFault.HTML_502:
        return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502)
    if fault == GraphFault.HTTP_429:
        return Response("Too Many Requests", 429, {"Retry-After": "30"})
    return None


async def _lost(response: Response, fault: str) -> Response:
    """What becomes of an answer on its way to us."""
    if fault == GraphFault.SILENT_AFTER_ACCEPTANCE:
        await asyncio.sleep(_HANG_SECONDS)
    if fault == GraphFault.RESET_AFTER_ACCEPTANCE:
        return Response(status_code=500)
    return response


def _response(request: Request, status: int, body: Json) -> Response:
    headers = {
        "facebook-api-version": request.path_params.get("version", "v25.0"),
        "x-fb-request-id": secrets.token_urlsafe(8),
        "x-app-usage": '{"call_count":1,"total_cputime":1,"total_time":1}',
        "x-business-use-case-usage": json.dumps({NUMBERS[0].waba_id: [_USAGE]}),
        "content-type": "application/json; charset=UTF-8",
    }
    if status >= 400:
        words = body["error"]["message"]
        words = words.encode("ascii", "replace").decode().replace('"', "'")
        headers["www-authenticate"] = f'OAuth "Facebook Platform" "invalid_request" "{words}"'
        body["error"].setdefault("fbtrace_id", headers["x-fb-request-id"])
    return JSONResponse(body, status, headers)


_USAGE = {
    "type": "whatsapp",
    "call_count": 1,
    "total_cputime": 1,
    "total_time": 1,
    "estimated_time_to_regain_access": 0,
}
