"""What became of an attempt (A3)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import webhooks
from inbox_app.domain.webhooks import DeliveryState, SwitchedOff
from inbox_app.models import WebhookDelivery, WebhookEndpoint
from inbox_app.services.webhooks.due_deliveries import DeliveryJob


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was answered, or why nothing was."""

    status: int | None = None
    problem: str | None = None

    @property
    def is_taken(self) -> bool:
        return self.status is not None and webhooks.is_taken(self.status)


async def record_attempt(
    session: AsyncSession, job: DeliveryJob, attempt: Attempt, now: datetime, *, jitter: float
) -> SwitchedOff | None:
    """Why the address was switched off by it, if so. Nothing where it was removed meanwhile."""
    delivery = await _delivery(session, job)
    endpoint = await _endpoint(session, job)
    if delivery is None or endpoint is None:
        return None
    delivery.attempts += 1
    delivery.attempted_at = now
    delivery.answer_status, delivery.problem = attempt.status, attempt.problem
    session.add_all((delivery, endpoint))
    if attempt.is_taken:
        delivery.state, endpoint.failing_since = DeliveryState.DELIVERED, None
        return None
    pause = webhooks.pause_after(delivery.attempts, jitter)
    if pause is None:
        delivery.state = DeliveryState.FAILED
    else:
        delivery.next_attempt_at = now + pause
    return _switch_off(endpoint, attempt, now)


async def _delivery(session: AsyncSession, job: DeliveryJob) -> WebhookDelivery | None:
    query = select(WebhookDelivery).where(
        col(WebhookDelivery.id) == job.delivery_id,
        col(WebhookDelivery.account_id) == job.account_id,
    )
    return (await session.exec(query.with_for_update())).one_or_none()


async def _endpoint(session: AsyncSession, job: DeliveryJob) -> WebhookEndpoint | None:
    query = select(WebhookEndpoint).where(
        col(WebhookEndpoint.id) == job.endpoint_id,
        col(WebhookEndpoint.account_id) == job.account_id,
    )
    return (await session.exec(query.with_for_update())).one_or_none()


def _switch_off(endpoint: WebhookEndpoint, attempt: Attempt, now: datetime) -> SwitchedOff | None:
    endpoint.failing_since = endpoint.failing_since or now
    why = webhooks.switched_off(attempt.status, endpoint.failing_since, now)
    if why is not None and endpoint.switched_off_at is None:
        endpoint.switched_off_at, endpoint.switched_off_why = now, why
        return why
    return None
