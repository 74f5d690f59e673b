"""Webhook endpoints and what they were told, as the HTTP API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.webhooks import CHOOSABLE, DeliveryState, SwitchedOff, WebhookEventType
from inbox_app.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.queries.api.pages import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointOut:
    """An address that is told; ``switched_off`` says why it is not, None while it is."""

    id: str
    url: str
    events: list[WebhookEventType]
    switched_off: SwitchedOff | None
    failing_since: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOut:
    """One event on its way to one address; ``webhook_id`` is what receivers know it by."""

    id: str
    webhook_id: str
    event: WebhookEventType
    state: DeliveryState
    attempts: int
    answer_status: int | None
    problem: str | None
    next_attempt_at: datetime | None
    attempted_at: datetime | None
    created_at: datetime


async def endpoints(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[EndpointOut], int | None]:
    """A page of them, in the order in which they were made, and where the next begins."""
    query = select(WebhookEndpoint).where(
        col(WebhookEndpoint.account_id) == account_id, col(WebhookEndpoint.id) > (after or 0)
    )
    found = await session.exec(query.order_by(col(WebhookEndpoint.id)).limit(limit + 1))
    page, more = cut(found.all(), limit)
    return [_out(row) for row in page], more


async def endpoint(session: AsyncSession, account_id: int, endpoint_id: int) -> EndpointOut | None:
    """None when this account has none such."""
    query = select(WebhookEndpoint).where(
        col(WebhookEndpoint.account_id) == account_id, col(WebhookEndpoint.id) == endpoint_id
    )
    row = (await session.exec(query)).one_or_none()
    return row and _out(row)


async def deliveries(
    session: AsyncSession, account_id: int, endpoint_id: int, *, limit: int, after: int | None
) -> tuple[list[DeliveryOut], int | None]:
    """A page of them, the newest first, and where the next begins."""
    found = await delivery_rows(session, account_id, endpoint_id, limit=limit + 1, before=after)
    page = found[:limit]
    more = page[-1][0].id if len(found) > limit else None
    return [_delivery(*row) for row in page], more


async def delivery_rows(
    session: AsyncSession, account_id: int, endpoint_id: int, *, limit: int, before: int | None
) -> Sequence[tuple[WebhookDelivery, WebhookEventType]]:
    """The newest first, from before an id on."""
    query = (
        select(WebhookDelivery, WebhookEvent.type)
        .join(WebhookEvent, col(WebhookEvent.id) == col(WebhookDelivery.event_id))
        .where(
            col(WebhookDelivery.account_id) == account_id,
            col(WebhookDelivery.endpoint_id) == endpoint_id,
        )
        .order_by(col(WebhookDelivery.id).desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(col(WebhookDelivery.id) < before)
    return [(row, WebhookEventType(type_)) for row, type_ in await session.exec(query)]


def chosen(row: WebhookEndpoint) -> list[WebhookEventType]:
    """What it is told: none kept means all."""
    return [WebhookEventType(kind) for kind in row.events] or list(CHOOSABLE)


def _out(row: WebhookEndpoint) -> EndpointOut:
    return EndpointOut(
        id=str(row.id),
        url=row.url,
        events=chosen(row),
        switched_off=row.switched_off_why if row.switched_off_at else None,
        failing_since=row.failing_since,
        created_at=row.created_at,
    )


def _delivery(row: WebhookDelivery, type_: WebhookEventType) -> DeliveryOut:
    waits = row.state is DeliveryState.PENDING
    return DeliveryOut(
        id=str(row.id),
        webhook_id=f"evt_{row.event_id}",
        event=type_,
        state=row.state,
        attempts=row.attempts,
        answer_status=row.answer_status,
        problem=row.problem,
        next_attempt_at=row.next_attempt_at if waits else None,
        attempted_at=row.attempted_at,
        created_at=row.created_at,
    )
