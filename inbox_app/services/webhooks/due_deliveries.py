"""Which deliveries are to be tried now, and when the next one is (A3)."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.webhooks import DeliveryState
from inbox_app.models import WebhookDelivery, WebhookEndpoint, WebhookEvent

_PENDING = col(WebhookDelivery.state) == DeliveryState.PENDING


@dataclass(frozen=True, slots=True)
class DeliveryJob:
    """What is to be told to whom."""

    delivery_id: int
    endpoint_id: int
    account_id: int
    event_id: int
    url: str
    secrets_encrypted: tuple[str, ...]
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Due:
    """``next_at`` is when something else will be."""

    jobs: list[DeliveryJob]
    next_at: datetime | None
    somebody_listens: bool


async def due_deliveries(
    session: AsyncSession, now: datetime, *, at_once: int, on_their_way: Mapping[int, int]
) -> Due:
    """No more than ``at_once`` of an address, with those ``on_their_way`` to it: deliveries and
    their endpoints. What a slow one waits for is not in the way of the others."""
    waits = await _first_times(session)
    busy = Counter(on_their_way.values())
    jobs: list[DeliveryJob] = []
    for endpoint_id, first in waits.items():
        room = at_once - busy[endpoint_id]
        if first is not None and first <= now and room > 0:
            jobs += await _of_endpoint(session, endpoint_id, now, room, on_their_way)
    ahead = [first for first in waits.values() if first is not None and first > now]
    return Due(jobs, min(ahead, default=None), bool(waits))


async def _first_times(session: AsyncSession) -> dict[int, datetime | None]:
    """By endpoint that is on, when its first delivery is due."""
    first = (
        select(func.min(WebhookDelivery.next_attempt_at))
        .where(col(WebhookDelivery.endpoint_id) == col(WebhookEndpoint.id), _PENDING)
        .correlate(WebhookEndpoint)
        .scalar_subquery()
    )
    on = select(WebhookEndpoint.id, first).where(col(WebhookEndpoint.switched_off_at).is_(None))
    return dict((await session.exec(on)).all())


async def _of_endpoint(
    session: AsyncSession, endpoint_id: int, now: datetime, limit: int, but: Collection[int]
) -> list[DeliveryJob]:
    query = (
        select(WebhookDelivery, WebhookEndpoint, WebhookEvent.body)
        .join(WebhookEndpoint, col(WebhookEndpoint.id) == col(WebhookDelivery.endpoint_id))
        .join(WebhookEvent, col(WebhookEvent.id) == col(WebhookDelivery.event_id))
        .where(
            col(WebhookDelivery.endpoint_id) == endpoint_id,
            _PENDING,
            col(WebhookDelivery.next_attempt_at) <= now,
            col(WebhookDelivery.id).not_in(but),
        )
        .order_by(col(WebhookDelivery.next_attempt_at), col(WebhookDelivery.id))
        .limit(limit)
    )
    return [_job(*row, now) for row in await session.exec(query)]


def _job(
    delivery: WebhookDelivery, endpoint: WebhookEndpoint, body: str | None, now: datetime
) -> DeliveryJob:
    former = endpoint.former_secret_encrypted
    if endpoint.former_until is None or endpoint.former_until <= now:
        former = None
    return DeliveryJob(
        delivery_id=delivery.id,
        endpoint_id=endpoint.id,
        account_id=endpoint.account_id,
        event_id=delivery.event_id,
        url=endpoint.url,
        secrets_encrypted=tuple(filter(None, (endpoint.secret_encrypted, former))),
        body=body or "",
    )
