"""What was noted is put into words, once, and goes to each address that wants it (A3)."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.queries.api.webhook_data import data_of

AT_ONCE = 100


_UNTOLD = col(WebhookEvent.told_at).is_(None)


async def is_anything_noted(session: AsyncSession) -> bool:
    """Whether there is something to put into words."""
    return (await session.exec(select(WebhookEvent.id).where(_UNTOLD).limit(1))).first() is not None


async def write_deliveries(
    session: AsyncSession, now: datetime, real_now: datetime, *, limit: int = AT_ONCE
) -> int:
    """Of the next ``limit`` events, in their order; returns how many were looked at."""
    events = await _next(session, limit)
    endpoints = await _endpoints(session, {event.account_id for event in events})
    for event in events:
        event.told_at = real_now
        if wanting := [each for each in endpoints[event.account_id] if _wants(each, event)]:
            await _put_into_words(session, event, wanting, now)
        session.add(event)
    return len(events)


async def pass_over(session: AsyncSession, real_now: datetime) -> None:
    """Give the next event up: it cannot be put into words, and others wait behind it."""
    for event in await _next(session, 1):
        event.told_at = real_now
        session.add(event)


async def _next(session: AsyncSession, limit: int) -> Sequence[WebhookEvent]:
    untold = select(WebhookEvent).where(_UNTOLD).order_by(col(WebhookEvent.id)).limit(limit)
    return (await session.exec(untold)).all()


async def _endpoints(
    session: AsyncSession, account_ids: Collection[int]
) -> defaultdict[int, list[WebhookEndpoint]]:
    found: defaultdict[int, list[WebhookEndpoint]] = defaultdict(list)
    if account_ids:
        query = select(WebhookEndpoint).where(col(WebhookEndpoint.account_id).in_(account_ids))
        for endpoint in await session.exec(query.order_by(col(WebhookEndpoint.id))):
            found[endpoint.account_id].append(endpoint)
    return found


def _wants(endpoint: WebhookEndpoint, event: WebhookEvent) -> bool:
    if event.type is WebhookEventType.TEST:
        return endpoint.id == event.subject_id
    listens = not endpoint.events or event.type.value in endpoint.events
    return listens and endpoint.switched_off_at is None


async def _put_into_words(
    session: AsyncSession, event: WebhookEvent, to: Sequence[WebhookEndpoint], now: datetime
) -> None:
    """Nothing of what is there no more."""
    data = await data_of(session, event.account_id, event.type, event.subject_id or 0, now)
    told_at = event.told_at
    if data is None or told_at is None:
        return
    timestamp = told_at.isoformat().replace("+00:00", "Z")
    body = {"type": event.type.value, "timestamp": timestamp, "data": data}
    event.body = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    session.add_all(
        WebhookDelivery(
            account_id=event.account_id,
            endpoint_id=endpoint.id,
            event_id=event.id,
            next_attempt_at=told_at,
            created_at=told_at,
        )
        for endpoint in to
    )
