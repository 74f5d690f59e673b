"""The addresses of an account that are told, and what became of it, for the page."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.webhooks import DeliveryState, WebhookEventType, shown_host
from inbox_app.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.queries.webhooks.rows import DeliveryRow, EndpointRow
from inbox_app.web import millis


async def endpoint_rows(session: AsyncSession, account_id: int) -> list[EndpointRow]:
    """All of them, in the order in which they were made."""
    query = select(WebhookEndpoint).where(col(WebhookEndpoint.account_id) == account_id)
    found = await session.exec(query.order_by(col(WebhookEndpoint.id)))
    return [_endpoint(row) for row in found]


async def delivery_page(
    session: AsyncSession,
    account_id: int,
    endpoint_id: int,
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> list[DeliveryRow]:
    """The newest first: those before an id, or the next ones after it, or the newest of all."""
    id_ = col(WebhookDelivery.id)
    query = (
        select(WebhookDelivery, WebhookEvent.type)
        .join(WebhookEvent, col(WebhookEvent.id) == col(WebhookDelivery.event_id))
        .where(
            col(WebhookDelivery.account_id) == account_id,
            col(WebhookDelivery.endpoint_id) == endpoint_id,
        )
        .limit(limit)
    )
    if after is not None:
        found = (await session.exec(query.where(id_ > after).order_by(id_))).all()
        return [_delivery(*row) for row in reversed(found)]
    older = query if before is None else query.where(id_ < before)
    return [_delivery(*row) for row in await session.exec(older.order_by(id_.desc()))]


def _endpoint(row: WebhookEndpoint) -> EndpointRow:
    return EndpointRow(
        id=str(row.id),
        host=shown_host(row.url),
        url=row.url,
        events=list(row.events),
        switched_off=row.switched_off_why.value if row.switched_off_why else "",
        failing=row.failing_since is not None,
    )


def _delivery(row: WebhookDelivery, type_: WebhookEventType | str) -> DeliveryRow:
    waits = row.state is DeliveryState.PENDING
    return DeliveryRow(
        id=str(row.id),
        event=WebhookEventType(type_).value,
        webhook_id=f"evt_{row.event_id}",
        state=row.state.value,
        attempts=row.attempts,
        status=row.answer_status or 0,
        problem=row.problem or "",
        at=millis(row.attempted_at or row.created_at),
        next_at=millis(row.next_attempt_at) if waits and row.attempts else 0,
    )
