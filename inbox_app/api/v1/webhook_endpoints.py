"""`/webhook_endpoints`: addresses of other systems that are told what happens (A3)."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import read_id
from inbox_app.domain.webhooks import CHOOSABLE, LONGEST_ADDRESS, WebhookEventType
from inbox_app.live import Queue
from inbox_app.queries.api import webhook_endpoints
from inbox_app.queries.api.webhook_endpoints import DeliveryOut, EndpointOut
from inbox_app.runtime import current_runtime
from inbox_app.services.webhooks import endpoints
from inbox_app.services.webhooks.endpoints import EndpointProblem, EndpointRefusedError

router = APIRouter(prefix="/webhook_endpoints", tags=["webhook endpoints"])
EventName = Literal[
    WebhookEventType.MESSAGE_RECEIVED,
    WebhookEventType.MESSAGE_UPDATED,
    WebhookEventType.CONVERSATION_LINKED,
    WebhookEventType.WINDOW_CLOSING,
    WebhookEventType.TEMPLATE_UPDATED,
    WebhookEventType.CONNECTION_UPDATED,
]
"""Not the test: that is asked for."""
_Url = Annotated[str, Field(max_length=LONGEST_ADDRESS, description="https, on the internet.")]
_Events = Annotated[Sequence[EventName], Field(min_length=1, max_length=len(CHOOSABLE))]
_WHY = {
    EndpointProblem.NOT_HTTPS: "is no https address",
    EndpointProblem.NOT_PUBLIC: "is not on the internet",
    EndpointProblem.TOO_LONG: "is too long",
}


class NewEndpoint(BaseModel):
    """Where to, and of which events; all of them unless told."""

    model_config = ConfigDict(extra="forbid")

    url: _Url
    events: _Events | None = None


class ChangedEndpoint(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    url: _Url | None = None
    events: _Events | None = None
    active: StrictBool | None = None


class Secret(BaseModel):
    """With which what is told is signed: it is shown now and never again."""

    secret: str


class EndpointWithSecret(Secret):
    """What was made."""

    id: str
    url: str
    events: list[WebhookEventType]


@router.get("")
async def list_endpoints(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[EndpointOut]:
    """In the order in which they were made."""
    return await paging.page_of(webhook_endpoints.endpoints, holder, limit, cursor)


@router.post("", status_code=201)
async def make_endpoint(holder: Holder, new: NewEndpoint) -> EndpointWithSecret:
    """From now on it is told what happens, by POST, after the Standard Webhooks specification:
    `webhook-id`, `webhook-timestamp`, `webhook-signature`. At least once, in no certain order:
    the same id may come again, and `timestamp` says what happened first."""
    runtime = current_runtime()
    try:
        async with runtime.database.transaction() as session:
            made, secret = await endpoints.create_endpoint(
                session, holder.account_id, new.url, new.events or CHOOSABLE, clock.real_now(),
                vault=runtime.vault,
            )  # fmt: skip
    except EndpointRefusedError as refused:
        raise _refused(refused.problem) from None
    runtime.live.wake(Queue.WEBHOOKS)
    shown = await get_endpoint(holder, str(made.id))
    return EndpointWithSecret(id=shown.id, url=shown.url, events=shown.events, secret=secret)


@router.get("/{id}")
async def get_endpoint(holder: Holder, id: str) -> EndpointOut:
    """One of them."""
    async with current_runtime().database.reading() as session:
        found = await webhook_endpoints.endpoint(session, holder.account_id, read_id(id) or 0)
    if found is None:
        raise not_found()
    return found


@router.patch("/{id}")
async def change_endpoint(holder: Holder, id: str, wanted: ChangedEndpoint) -> EndpointOut:
    """Another address or other events; `active: true` switches it on again, with what waits."""
    runtime = current_runtime()
    try:
        async with runtime.database.transaction() as session:
            await endpoints.change_endpoint(
                session, holder.account_id, read_id(id) or 0, now=clock.real_now(),
                url=wanted.url, events=wanted.events, active=wanted.active,
            )  # fmt: skip
    except NotFoundError:
        raise not_found() from None
    except EndpointRefusedError as refused:
        raise _refused(refused.problem) from None
    runtime.live.wake(Queue.WEBHOOKS)
    return await get_endpoint(holder, id)


@router.delete("/{id}", status_code=204)
async def remove_endpoint(holder: Holder, id: str) -> None:
    """It is told nothing any more; what was on its way is forgotten."""
    try:
        async with current_runtime().database.transaction() as session:
            await endpoints.remove_endpoint(session, holder.account_id, read_id(id) or 0)
    except NotFoundError:
        raise not_found() from None


@router.post("/{id}/rotate")
async def rotate_secret(holder: Holder, id: str) -> Secret:
    """A new secret; for a day what is told is signed with the former one too."""
    runtime = current_runtime()
    try:
        async with runtime.database.transaction() as session:
            secret = await endpoints.rotate_secret(
                session, holder.account_id, read_id(id) or 0, clock.real_now(), vault=runtime.vault
            )
    except NotFoundError:
        raise not_found() from None
    return Secret(secret=secret)


@router.post("/{id}/test", status_code=202)
async def send_test(holder: Holder, id: str) -> None:
    """Have it told that this is a test: `webhook.test`."""
    try:
        async with current_runtime().database.transaction() as session:
            await endpoints.send_test(session, holder.account_id, read_id(id) or 0)
    except NotFoundError:
        raise not_found() from None
    current_runtime().live.wake(Queue.WEBHOOKS)


@router.get("/{id}/deliveries")
async def list_deliveries(
    holder: Holder, id: str, limit: Limit = 50, cursor: Cursor = None
) -> Page[DeliveryOut]:
    """What it was told, or is to be, the newest first; kept for a week."""
    endpoint = await get_endpoint(holder, id)
    find = partial(_deliveries, read_id(endpoint.id) or 0)
    return await paging.page_of(find, holder, limit, cursor)


@router.post("/{id}/deliveries/{delivery}/retry", status_code=202)
async def retry_delivery(holder: Holder, id: str, delivery: str) -> None:
    """Once more at once, under the same id."""
    try:
        async with current_runtime().database.transaction() as session:
            of = (holder.account_id, read_id(id) or 0, read_id(delivery) or 0)
            await endpoints.retry_delivery(session, *of, clock.real_now())
    except NotFoundError:
        raise not_found() from None
    current_runtime().live.wake(Queue.WEBHOOKS)


async def _deliveries(
    endpoint_id: int, session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[Sequence[DeliveryOut], int | None]:
    return await webhook_endpoints.deliveries(
        session, account_id, endpoint_id, limit=limit, after=after
    )


def _refused(problem: EndpointProblem) -> Problem:
    if problem is EndpointProblem.TOO_MANY:
        return Problem(409, "too-many", "An account has no more than 20 webhook endpoints.")
    why = _WHY.get(problem, "is refused")
    return Problem(422, "invalid", f"url: {why}.", errors=[{"where": "body.url", "why": why}])
