"""Keys of the HTTP API: made, revoked, recognised."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, ApiKey
from inbox_app.vault import fingerprint, new_token

PREFIX = "inbox_"
"""So that people and scanners for leaked secrets know one when they see it."""


_LONGEST = 200


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose key it is: all that a request may see belongs to this account."""

    key_id: int
    account_id: int


async def create(
    session: AsyncSession, account_id: int, name: str, now: datetime
) -> tuple[ApiKey, str] | None:
    """A key and its secret, which is not kept; None when there is no such account."""
    if await session.get(Account, account_id) is None:
        return None
    secret = PREFIX + new_token()
    row = ApiKey(account_id=account_id, name=name, key_hash=fingerprint(secret), created_at=now)
    session.add(row)
    await session.flush()
    return row, secret


async def revoke(session: AsyncSession, key_id: int, now: datetime) -> bool:
    """Revoked for ever; False when there is no such key."""
    row = await session.get(ApiKey, key_id)
    if row is None:
        return False
    row.revoked_at = row.revoked_at or now
    session.add(row)
    return True


def is_key(given: str) -> bool:
    """Whether it could be one: else nobody need be asked."""
    return given.startswith(PREFIX) and len(given) <= _LONGEST


async def holder_of(session: AsyncSession, secret: str) -> KeyHolder | None:
    """Who shows this key; nobody when it is unknown or revoked."""
    query = select(ApiKey).where(
        col(ApiKey.key_hash) == fingerprint(secret), col(ApiKey.revoked_at).is_(None)
    )
    row = (await session.exec(query)).one_or_none()
    return KeyHolder(row.id, row.account_id) if row else None
