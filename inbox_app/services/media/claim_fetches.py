"""Takes the files that wait at their channel, for one process that fetches them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, Media, MediaState, Message

_CLAIM_LASTS = timedelta(minutes=20)
"""Longer than a file may take: by then nobody can have written down what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchJob:
    """One file to fetch, with all that it needs: no database is open meanwhile."""

    media_id: int
    account_id: int
    conversation_id: int
    channel: str
    credentials_encrypted: str = field(repr=False)
    provider_id: str
    claimed_type: str
    claimed_sha256: str | None
    came_at: datetime
    attempt: int
    """From 1."""


async def claim(
    session: AsyncSession, *, owner: str, limit: int, real_now: datetime
) -> list[FetchJob]:
    """Up to ``limit`` files that are due, the oldest first. What another process had claimed is
    taken over: fetched twice, a file is the same file."""
    query = (
        select(Media, Message, Connection)
        .join(Message, col(Message.id) == col(Media.message_id))
        .join(Connection, col(Connection.id) == col(Message.connection_id))
        .where(*_is_due(owner, real_now))
        .order_by(col(Media.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Media)
    )
    jobs: list[FetchJob] = []
    for media, message, connection in await session.exec(query):
        media.attempts += 1
        media.claimed_by, media.claimed_at = owner, real_now
        jobs.append(_job(media, message, connection))
    return jobs


async def is_due(session: AsyncSession, *, owner: str, real_now: datetime) -> bool:
    """Whether ``claim`` would find any: asking takes no turn of those who write."""
    query = select(col(Media.id)).where(*_is_due(owner, real_now)).limit(1)
    return (await session.exec(query)).one_or_none() is not None


async def next_due(session: AsyncSession, real_now: datetime) -> timedelta | None:
    """How long until the next file that waits for its time may be asked for; none waits: None."""
    query = select(col(Media.next_attempt_at)).where(
        col(Media.state) == MediaState.PENDING, col(Media.next_attempt_at) > real_now
    )
    moment = (await session.exec(query.order_by(col(Media.next_attempt_at)).limit(1))).first()
    return None if moment is None else moment - real_now


def _is_due(owner: str, real_now: datetime) -> tuple[Any, ...]:
    due, claimed = col(Media.next_attempt_at), col(Media.claimed_by)
    return (
        col(Media.state) == MediaState.PENDING,
        col(Media.provider_media_id) != "",
        or_(due.is_(None), due <= real_now),
        or_(
            claimed.is_(None),
            claimed != owner,
            col(Media.claimed_at) <= real_now - _CLAIM_LASTS,
        ),
    )


def _job(media: Media, message: Message, connection: Connection) -> FetchJob:
    return FetchJob(
        media_id=media.id,
        account_id=media.account_id,
        conversation_id=message.conversation_id,
        channel=connection.channel,
        credentials_encrypted=connection.credentials_encrypted,
        provider_id=media.provider_media_id,
        claimed_type=media.mime_type,
        claimed_sha256=media.sha256,
        came_at=media.created_at,
        attempt=media.attempts,
    )
