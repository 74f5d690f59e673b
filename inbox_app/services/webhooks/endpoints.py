"""The addresses that are told: made, changed, tried, taken away (A3)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import webhooks
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.webhooks import DeliveryState, SwitchedOff, WebhookEventType
from inbox_app.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from inbox_app.public_addresses.address import is_https, is_public
from inbox_app.vault import Vault


class EndpointProblem(StrEnum):
    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NO_EVENTS = "no_events"


class EndpointRefusedError(Exception):
    """It cannot be kept as it is written: ``problem`` says why."""

    def __init__(self, problem: EndpointProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def create_endpoint(
    session: AsyncSession,
    account_id: int,
    url: str,
    events: Sequence[WebhookEventType],
    now: datetime,
    *,
    vault: Vault,
    secret: str = "",
) -> tuple[WebhookEndpoint, str]:
    """It and its secret, which is told now and never again; a new one unless given. Raises
    ``EndpointRefusedError``."""
    _check(url, events)
    if await _count(session, account_id) >= webhooks.MOST_ENDPOINTS:
        raise EndpointRefusedError(EndpointProblem.TOO_MANY)
    secret = secret or webhooks.new_secret()
    endpoint = WebhookEndpoint(
        account_id=account_id,
        url=url,
        events=_kept(events),
        secret_encrypted=vault.encrypt(secret),
        created_at=now,
    )
    session.add(endpoint)
    await session.flush()
    return endpoint, secret


async def change_endpoint(
    session: AsyncSession,
    account_id: int,
    endpoint_id: int,
    *,
    url: str | None = None,
    events: Sequence[WebhookEventType] | None = None,
    active: bool | None = None,
    now: datetime,
) -> WebhookEndpoint:
    """What is given is changed. Switched on again it gets what waits, and a new start. Raises
    ``NotFoundError`` and ``EndpointRefusedError``."""
    endpoint = await _find(session, account_id, endpoint_id)
    if url is not None:
        _check(url, WebhookEventType)
        endpoint.url = url
    if events is not None:
        _check(endpoint.url, events)
        endpoint.events = _kept(events)
    if active is True:
        endpoint.switched_off_at = endpoint.switched_off_why = endpoint.failing_since = None
    elif active is False and endpoint.switched_off_at is None:
        endpoint.switched_off_at, endpoint.switched_off_why = now, SwitchedOff.BY_PERSON
    session.add(endpoint)
    return endpoint


async def rotate_secret(
    session: AsyncSession,
    account_id: int,
    endpoint_id: int,
    now: datetime,
    *,
    vault: Vault,
    secret: str = "",
) -> str:
    """A new secret, or the one given; for a while what is told is signed with the former one too.
    Raises ``NotFoundError``."""
    endpoint = await _find(session, account_id, endpoint_id)
    secret = secret or webhooks.new_secret()
    endpoint.former_secret_encrypted = endpoint.secret_encrypted
    endpoint.former_until = now + webhooks.OLD_SECRET_SIGNS_FOR
    endpoint.secret_encrypted = vault.encrypt(secret)
    session.add(endpoint)
    return secret


async def remove_endpoint(session: AsyncSession, account_id: int, endpoint_id: int) -> None:
    """With what was on its way to it. Raises ``NotFoundError``."""
    await session.delete(await _find(session, account_id, endpoint_id))


async def send_test(session: AsyncSession, account_id: int, endpoint_id: int) -> None:
    """Have it told that this is a test. Raises ``NotFoundError``."""
    endpoint = await _find(session, account_id, endpoint_id)
    test = WebhookEventType.TEST
    session.add(WebhookEvent(account_id=account_id, type=test, subject_id=endpoint.id))


async def retry_delivery(
    session: AsyncSession, account_id: int, endpoint_id: int, delivery_id: int, now: datetime
) -> None:
    """Once more at once, whatever became of it, under the same id. Raises ``NotFoundError``."""
    query = select(WebhookDelivery).where(
        col(WebhookDelivery.account_id) == account_id,
        col(WebhookDelivery.endpoint_id) == endpoint_id,
        col(WebhookDelivery.id) == delivery_id,
    )
    delivery = (await session.exec(query.with_for_update())).one_or_none()
    if delivery is None:
        raise NotFoundError
    delivery.state, delivery.attempts, delivery.next_attempt_at = DeliveryState.PENDING, 0, now
    session.add(delivery)


def _check(url: str, events: Sequence[WebhookEventType] | type[WebhookEventType]) -> None:
    if len(url) > webhooks.LONGEST_ADDRESS:
        raise EndpointRefusedError(EndpointProblem.TOO_LONG)
    if not is_https(url):
        raise EndpointRefusedError(EndpointProblem.NOT_HTTPS)
    if _is_private_number(url):
        raise EndpointRefusedError(EndpointProblem.NOT_PUBLIC)
    if not list(events):
        raise EndpointRefusedError(EndpointProblem.NO_EVENTS)


def _is_private_number(url: str) -> bool:
    """Of a name it is found out with each call, which goes to the address that was checked."""
    host = urlsplit(url).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not is_public(host)


def _kept(events: Sequence[WebhookEventType]) -> list[str]:
    """All of them are kept as none, so that kinds to come are among them."""
    chosen = [kind.value for kind in webhooks.CHOOSABLE if kind in events]
    return [] if len(chosen) == len(webhooks.CHOOSABLE) else chosen


async def _count(session: AsyncSession, account_id: int) -> int:
    ours = select(func.count()).where(col(WebhookEndpoint.account_id) == account_id)
    return (await session.exec(ours)).one()


async def _find(session: AsyncSession, account_id: int, endpoint_id: int) -> WebhookEndpoint:
    query = select(WebhookEndpoint).where(
        col(WebhookEndpoint.id) == endpoint_id, col(WebhookEndpoint.account_id) == account_id
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found
