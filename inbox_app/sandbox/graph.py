"""The Graph API of the simulated Meta, over HTTP."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from inbox_app.sandbox import graph_objects, graph_templates
from inbox_app.sandbox.faults import GraphFault
from inbox_app.sandbox.graph_errors import (
    TEMPLATE_SUBCODES,
    GraphRefusal,
    Json,
    answer,
    not_found,
)
from inbox_app.sandbox.people import NUMBERS, TOKEN, Number, number_by_id
from inbox_app.sandbox.simulator import Simulator

_HANG_SECONDS = 300
_ALIASES = {
    GraphFault.SERVER_ERROR: 131000,
    GraphFault.UNAVAILABLE: 2,
}

Answerer = Callable[[Request], Awaitable[Json]]


def graph_app(simulator: Simulator) -> Starlette:
    """To be mounted where `META_GRAPH_URL` points."""
    graph, onboarding = _Graph(simulator), simulator.onboarding
    app = Starlette(
        routes=[
            Route("/{version}/{id}/messages", graph.messages, methods=["POST"]),
            Route("/{version}/{id}/block_users", graph.block_users, methods=["POST", "DELETE"]),
            Route("/{version}/oauth/access_token", _json(onboarding.access_token)),
            Route("/{version}/debug_token", _json(onboarding.debug_token)),
            Route("/{version}/{id}/phone_numbers", _json(_for_waba(onboarding.phone_numbers))),
            Route(
                "/{version}/{id}/subscribed_apps",
                _json(_subscribed_apps),
                methods=["GET", "POST", "DELETE"],
            ),
            Route(
                "/{version}/{id}/message_templates",
                graph.templates,
                methods=["GET", "POST", "DELETE"],
            ),
            Route("/{version}/{id}/register", _json(_register), methods=["POST"]),
            Route("/{version}/{id}", _json(graph.object)),
        ]
    )
    app.state.simulator = simulator
    return app


class _Graph:
    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    async def messages(self, request: Request) -> Response:
        """Sends, and reading what a person wrote."""
        fault = self._simulator.faults.next_send()
        if ready := _instead(fault):
            return ready
        response = await _answered(request, lambda it: self._messages(it, fault))
        return await _lost(response, fault)

    async def block_users(self, request: Request) -> Response:
        """Blocks or takes back the people listed, one or more."""
        return await _answered(request, self._block_users)

    async def _block_users(self, request: Request) -> Json:
        _check_token(request)
        number = _number(request)
        listed = (await _payload(request)).get("block_users")
        users = [str(one.get("user") or "") for one in listed] if isinstance(listed, list) else []
        if not users or not all(users):
            raise GraphRefusal(131008, "The parameter block_users is required.")
        do = self._simulator.block if request.method == "POST" else self._simulator.unblock
        return [do(number, user) for user in users][-1]

    async def _messages(self, request: Request, fault: str) -> Json:
        _check_token(request)
        number = _number(request)
        payload = await _payload(request)
        _refuse(fault)
        if payload.get("status") == "read":
            self._simulator.mark_read(number, str(payload.get("message_id")))
            return {"success": True}
        return await self._simulator.accept(number, payload)

    async def templates(self, request: Request) -> Response:
        """Listed, made, deleted."""
        fault = self._simulator.faults.next_template() if request.method == "POST" else ""
        if ready := _instead(fault):
            return ready
        response = await _answered(request, lambda it: self._templates(it, fault))
        return await _lost(response, fault)

    async def _templates(self, request: Request, fault: str) -> Json:
        waba_id, shelf = _waba(request), self._simulator.shelf
        if request.method == "GET":
            query = dict(request.query_params)
            return graph_templates.page(shelf, waba_id, request.url, query)
        if request.method == "DELETE":
            return graph_templates.delete(shelf, waba_id, request.query_params)
        _refuse(fault)
        template = self._simulator.make_template(waba_id, await _payload(request))
        return {"id": template.id, "status": template.status, "category": template.category}

    async def object(self, request: Request) -> Json:
        """A number, a business account or a template, by its id."""
        _check_token(request)
        id = request.path_params["id"]
        if number := number_by_id(id):
            return self._simulator.onboarding.phone(number)
        if any(number.waba_id == id for number in NUMBERS):
            return graph_objects.waba(id)
        return graph_templates.object_of(self._simulator.shelf, id)


def _refuse(fault: str) -> None:
    """Raise what the fault says, if it is one of Meta's refusals."""
    if fault in _ALIASES:
        raise GraphRefusal(_ALIASES[GraphFault(fault)])
    if fault.isdigit():
        code = int(fault)
        raise GraphRefusal(100, subcode=code) if code in TEMPLATE_SUBCODES else GraphRefusal(code)


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


def _json(handler: Answerer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        fault = _simulator(request).faults.next_call()
        if ready := _instead(fault):
            return ready
        return await _answered(request, handler if not fault else _refusing(fault))

    return endpoint


def _refusing(fault: str) -> Answerer:
    async def answerer(_request: Request) -> Json:
        raise GraphRefusal(int(fault) if fault.isdigit() else _ALIASES[GraphFault(fault)])

    return answerer


async def _answered(request: Request, handler: Answerer) -> Response:
    try:
        return _response(request, 200, await handler(request))
    except GraphRefusal as refused:
        return _response(request, *answer(refused))


def _response(request: Request, status: int, body: Json) -> Response:
    headers = {
        "facebook-api-version": request.path_params["version"],
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


def _simulator(request: Request) -> Simulator:
    return request.app.state.simulator


def _check_token(request: Request) -> None:
    header = request.headers.get("authorization", "")
    given = header.removeprefix("Bearer ") or request.query_params.get("access_token", "")
    known = secrets.compare_digest(given.encode(), TOKEN.encode())
    if not known or _simulator(request).faults.token:
        raise GraphRefusal(190, "The access token could not be decrypted")


def _number(request: Request) -> Number:
    number = number_by_id(request.path_params["id"])
    if number is None:
        raise not_found(request.path_params["id"])
    return number


async def _payload(request: Request) -> Json:
    try:
        payload = await request.json()
    except ValueError:
        raise GraphRefusal(100, "The body is not valid JSON.") from None
    if not isinstance(payload, dict):
        raise GraphRefusal(100, "The body is not a JSON object.")
    return payload


def _for_waba(handler: Callable[[str], Json]) -> Answerer:
    async def answerer(request: Request) -> Json:
        return handler(_waba(request))

    return answerer


async def _subscribed_apps(request: Request) -> Json:
    onboarding = _simulator(request).onboarding
    return await _for_waba(lambda waba: onboarding.subscribed_apps(request.method, waba))(request)


def _waba(request: Request) -> str:
    _check_token(request)
    waba_id = request.path_params["id"]
    if all(number.waba_id != waba_id for number in NUMBERS):
        raise not_found(waba_id)
    return waba_id


async def _register(request: Request) -> Json:
    _check_token(request)
    number, pin = _number(request), str((await _payload(request)).get("pin", ""))
    return _simulator(request).onboarding.register(number, pin)
