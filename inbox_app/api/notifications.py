"""The device that asks: whether its person is notified there, and where its pushes go (N1)."""

from json import loads

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inbox_app import clock
from inbox_app.api.body import BodyError, BodyReader
from inbox_app.api.page_requests import for_people
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import current_runtime
from inbox_app.services.notifications import devices
from inbox_app.services.notifications.devices import SubscriptionRefusedError
from inbox_app.web_push.vapid import sender_key
from inbox_app.workflows.try_push import try_push

_BODY = BodyReader(8_192)


def routes() -> list[Route]:
    """`/notifications/…`, for the pages and for the service worker."""
    return [
        Route("/notifications/key", for_people(_key), methods=["GET"]),
        Route("/notifications/device", for_people(_allow), methods=["PUT"]),
        Route("/notifications/device", for_people(_stop), methods=["DELETE"]),
        Route("/notifications/test", for_people(_test), methods=["POST"]),
    ]


async def _key(request: Request, who: SignedIn) -> Response:
    key = sender_key(current_runtime().settings.data_dir).public
    return JSONResponse({"key": key}, headers={"cache-control": "private, no-store"})


async def _allow(request: Request, who: SignedIn) -> Response:
    """With a subscription where the browser made one."""
    endpoint, p256dh, auth = await _subscription(request)
    runtime, now = current_runtime(), clock.real_now()
    try:
        async with runtime.database.transaction() as session:
            if endpoint:
                await devices.subscribe(
                    session, who, endpoint, p256dh, auth, now, vault=runtime.vault
                )
            else:
                await devices.allow(session, who, now)
    except SubscriptionRefusedError:
        return JSONResponse({"problem": "subscription"}, 422)
    return Response(status_code=204)


async def _stop(request: Request, who: SignedIn) -> Response:
    async with current_runtime().database.transaction() as session:
        await devices.stop(session, who)
    return Response(status_code=204)


async def _test(request: Request, who: SignedIn) -> Response:
    """What this device's push service says to a push, now."""
    attempt = await try_push(current_runtime(), who, clock.real_now())
    if attempt is None:
        return JSONResponse({"problem": "no_subscription"})
    return JSONResponse({"status": attempt.status, "problem": attempt.problem})


async def _subscription(request: Request) -> tuple[str, str, str]:
    """Raises ``HTTPException``."""
    try:
        async with _BODY.read(request.receive, request.headers.get("content-length")) as body:
            given = loads(body or b"{}")
    except BodyError as refused:
        raise HTTPException(refused.status, refused.detail, refused.headers) from None
    except (ValueError, RecursionError):
        raise HTTPException(400, "This is not JSON.") from None
    keys = given.get("keys") if isinstance(given, dict) else None
    of = keys if isinstance(keys, dict) else {}
    found = [
        given.get("endpoint") if isinstance(given, dict) else "",
        of.get("p256dh"),
        of.get("auth"),
    ]
    endpoint, p256dh, auth = (each if isinstance(each, str) else "" for each in found)
    return endpoint, p256dh, auth
