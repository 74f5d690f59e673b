"""The devices whose people allowed notifications: one for each session (N1)."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import LONGEST_ENDPOINT
from inbox_app.models import NotifiedDevice
from inbox_app.public_addresses.address import is_https
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.vault import Vault
from inbox_app.web_push.encryption import BrowserKeys


class SubscriptionRefusedError(Exception):
    """No browser makes such a subscription."""


async def allow(session: AsyncSession, who: SignedIn, now: datetime) -> NotifiedDevice:
    """This device is told from now on, in its open pages at least."""
    query = select(NotifiedDevice).where(
        col(NotifiedDevice.account_id) == who.account_id,
        col(NotifiedDevice.session_id) == who.session_id,
    )
    device = (await session.exec(query.with_for_update())).one_or_none()
    if device is None:
        device = NotifiedDevice(
            account_id=who.account_id,
            user_id=who.user_id,
            session_id=who.session_id,
            created_at=now,
        )
        session.add(device)
        await session.flush()
    return device


async def subscribe(
    session: AsyncSession,
    who: SignedIn,
    endpoint: str,
    p256dh: str,
    auth: str,
    now: datetime,
    *,
    vault: Vault,
) -> None:
    """Its pushes go there from now on, and those of whoever had it before no more. Raises
    ``SubscriptionRefusedError``."""
    _check(endpoint, p256dh, auth)
    device = await allow(session, who, now)
    await _take_from_others(session, endpoint, device)
    device.endpoint, device.public_key = endpoint, p256dh
    device.auth_encrypted = vault.encrypt(auth)
    session.add(device)
    await session.flush()


async def stop(session: AsyncSession, who: SignedIn) -> None:
    """This device is told nothing more."""
    mine = (
        col(NotifiedDevice.account_id) == who.account_id,
        col(NotifiedDevice.session_id) == who.session_id,
    )
    await session.exec(delete(NotifiedDevice).where(*mine))


async def _take_from_others(session: AsyncSession, endpoint: str, device: NotifiedDevice) -> None:
    """A browser is one subscription, whoever is signed in there now: of any account."""
    theirs = col(NotifiedDevice.endpoint) == endpoint, col(NotifiedDevice.id) != device.id
    await session.exec(update(NotifiedDevice).where(*theirs).values(endpoint=None))


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    if len(endpoint) > LONGEST_ENDPOINT or not is_https(endpoint) or urlsplit(endpoint).fragment:
        raise SubscriptionRefusedError
    try:
        BrowserKeys.read(p256dh, auth)
    except ValueError:
        raise SubscriptionRefusedError from None
