"""Writes down what became of fetching a file."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.files import fetching
from inbox_app.domain.files.fetching import FetchProblem
from inbox_app.models import Media, MediaState
from inbox_app.services.media.claim_fetches import FetchJob


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The file is kept, and this was found in it."""

    sha256: str
    size: int
    content_type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    duration: float | None = None
    silent: bool = False
    thumb_sha256: str | None = None
    playable_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """It did not come; ``words`` are for an operator."""

    problem: FetchProblem
    words: str = ""


FetchResult = Fetched | NotFetched


async def record(
    session: AsyncSession,
    job: FetchJob,
    result: FetchResult,
    *,
    kept_for: timedelta,
    now: datetime,
    real_now: datetime,
) -> bool:
    """Answers whether what people see of the file has changed."""
    media = await _waiting(session, job)
    if media is None:
        return False
    media.claimed_by = media.claimed_at = None
    if isinstance(result, Fetched):
        _keep(media, result)
        return True
    age = now - job.came_at
    pause = fetching.pause_before(
        result.problem,
        media.attempts,
        age,
        kept_for,
        random.random(),  # noqa: S311 - no secret
    )
    media.problem = f"{result.problem}: {result.words}".removesuffix(": ")
    if pause is not None:
        media.next_attempt_at = real_now + pause
        return False
    expired = fetching.is_expired(result.problem, age, kept_for)
    media.state = MediaState.EXPIRED if expired else MediaState.FAILED
    return True


async def _waiting(session: AsyncSession, job: FetchJob) -> Media | None:
    query = select(Media).where(
        col(Media.account_id) == job.account_id,
        col(Media.id) == job.media_id,
        col(Media.state) == MediaState.PENDING,
    )
    return (await session.exec(query.with_for_update())).one_or_none()


def _keep(media: Media, result: Fetched) -> None:
    media.state, media.problem, media.next_attempt_at = MediaState.READY, None, None
    media.sha256, media.size = result.sha256, result.size
    media.content_type = result.content_type
    media.width, media.height = result.width, result.height
    media.pages, media.duration, media.silent = result.pages, result.duration, result.silent
    media.thumb_sha256, media.playable_sha256 = result.thumb_sha256, result.playable_sha256
