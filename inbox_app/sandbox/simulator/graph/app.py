"""The Graph API of the simulated Meta, over HTTP."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.sandbox.simulator.faults import Faults
from inbox_app.sandbox.simulator.graph import media as graph_media
from inbox_app.sandbox.simulator.graph.endpoints import (
    Answerer,
    check_token,
    endpoint,
    malformed,
    number_of,
    payload_of,
    simulator_of,
    unplayed,
    waba_of,
)
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError, not_found
from inbox_app.sandbox.simulator.graph.fields import only_asked
from inbox_app.sandbox.simulator.graph.uploads import upload
from inbox_app.sandbox.simulator.people import APP_ID, NUMBERS, number_by_id
from inbox_app.sandbox.simulator.simulator import Simulator


def graph_app(simulator: Simulator) -> Starlette:
    """To be mounted where `META_GRAPH_URL` points."""
    onboarding = simulator.onboarding
    templates = "/{version}/{id}/message_templates"
    app = Starlette(
        routes=[
            Route("/{version}/{id}/messages", endpoint(_messages, Faults.next_send), methods=_POST),
            Route(
                "/{version}/{id}/marketing_messages",
                endpoint(_marketing_messages, Faults.next_send),
                methods=_POST,
            ),
            Route("/{version}/{id}/media", endpoint(upload, Faults.next_upload), methods=_POST),
            Route("/{version}/{id}/block_users", endpoint(_blocked_users)),
            Route("/{version}/{id}/block_users", endpoint(_block_users), methods=_POST + _DELETE),
            Route("/{version}/oauth/access_token", endpoint(onboarding.access_token)),
            Route("/{version}/debug_token", endpoint(onboarding.debug_token)),
            Route("/{version}/{id}/phone_numbers", endpoint(_for_waba(onboarding.phone_numbers))),
            Route(
                "/{version}/{id}/subscribed_apps",
                endpoint(_for_waba(onboarding.subscribed_apps)),
            ),
            Route("/{version}/{id}/subscribed_apps", endpoint(_subscribe), methods=_POST),
            Route(
                "/{version}/{id}/subscribed_apps",
                endpoint(_for_waba(onboarding.unsubscribe)),
                methods=_DELETE,
            ),
            Route(templates, endpoint(_list_templates)),
            Route(templates, endpoint(_make_template, Faults.next_template), methods=_POST),
            Route(templates, endpoint(_delete_template, Faults.next_template), methods=_DELETE),
            Route("/{version}/{id}/register", endpoint(_register), methods=_POST),
            Route("/{version}/{id}/smb_app_data", endpoint(_app_data), methods=_POST),
            Route(f"/{{version}}/{APP_ID}", endpoint(onboarding.app)),
            *graph_media.routes(),
            Route("/{version}/{id}", endpoint(_object), methods=["GET", *_DELETE]),
            Route("/{version}/{id}", endpoint(_configure), methods=_POST),
            Route("/{version}/{id}/", endpoint(_configure), methods=_POST),
        ],
        exception_handlers={404: unplayed, 405: unplayed, HTTPException: malformed},
    )
    app.router.redirect_slashes = False
    app.state.simulator = simulator
    return app


_POST, _DELETE = ["POST"], ["DELETE"]


async def _messages(request: Request) -> Json:
    """Sends, and reading what a person wrote."""
    number, payload = number_of(request), await payload_of(request)
    if payload.get("status") == "read":
        simulator_of(request).mark_read(number, str(payload.get("message_id")))
        return {"success": True}
    return await simulator_of(request).accept(number, payload)


async def _marketing_messages(request: Request) -> Json:
    """Sends of marketing templates, and of nothing else."""
    number, payload = number_of(request), await payload_of(request)
    return await simulator_of(request).accept(number, payload, marketing_only=True)


async def _blocked_users(request: Request) -> Json:
    return simulator_of(request).blocked(number_of(request))


async def _block_users(request: Request) -> Json:
    """Blocks or takes back the people listed, one or more."""
    number = number_of(request)
    listed = (await payload_of(request)).get("block_users")
    users = [_user(one) for one in listed] if isinstance(listed, list) else []
    if not users or not all(users):
        raise SimulatedGraphError(Code.PARAMETER_MISSING, "The parameter block_users is required.")
    simulator = simulator_of(request)
    blocks = request.method == "POST"
    do, done = (simulator.block, "added") if blocks else (simulator.unblock, "removed")
    told = [do(number, user) for user in users]
    return {"messaging_product": "whatsapp", "block_users": {f"{done}_users": told}}


def _user(listed: object) -> str:
    return str(listed.get("user") or "") if isinstance(listed, dict) else ""


async def _list_templates(request: Request) -> Json:
    templates = simulator_of(request).templates
    return templates.page(waba_of(request), request.url, request.query_params)


async def _make_template(request: Request) -> Json:
    waba_id, payload = waba_of(request), await payload_of(request)
    made = simulator_of(request).templates.make(waba_id, payload)
    return {"id": made.id, "status": made.status, "category": made.category}


async def _delete_template(request: Request) -> Json:
    return simulator_of(request).templates.delete(waba_of(request), request.query_params)


async def _object(request: Request) -> Json:
    """A number, a business account, a template or a file, by its id."""
    check_token(request)
    id = request.path_params["id"]
    if told := _told(simulator_of(request), id):
        if request.method == "DELETE":
            raise not_found(id)
        return only_asked(told, request.query_params.get("fields"))
    return graph_media.object_(request, id)


def _told(simulator: Simulator, id: str) -> Json | None:
    """All that is known of what is no file."""
    if number := number_by_id(id):
        return simulator.onboarding.phone(number)
    if any(number.waba_id == id for number in NUMBERS):
        return simulator.onboarding.business_account(id)
    return simulator.templates.find(id)


def _for_waba(handler: Callable[[str], Json]) -> Answerer:
    async def answerer(request: Request) -> Json:
        return handler(waba_of(request))

    return answerer


async def _subscribe(request: Request) -> Json:
    waba_id, payload = waba_of(request), await payload_of(request, or_none=True)
    return await simulator_of(request).onboarding.subscribe(waba_id, payload)


async def _configure(request: Request) -> Json:
    number, payload = number_of(request), await payload_of(request)
    return await simulator_of(request).onboarding.configure(number, payload)


async def _register(request: Request) -> Json:
    number, pin = number_of(request), str((await payload_of(request)).get("pin", ""))
    return simulator_of(request).onboarding.register(number, pin)


async def _app_data(request: Request) -> Json:
    number, kind = number_of(request), str((await payload_of(request)).get("sync_type", ""))
    return simulator_of(request).onboarding.app_data(number, kind)
