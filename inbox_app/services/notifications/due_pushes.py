"""Which pushes are to be sent now, in which words, and when the next one is (N2)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import PushPurpose, PushState, may_be_silent
from inbox_app.models import NotifiedDevice, Push
from inbox_app.queries.accounts.live_sessions import live_sessions
from inbox_app.queries.notifications.facts import Facts, facts
from inbox_app.queries.notifications.preferences import Hearer, hearers
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.queries.notifications.words import notice

_DUE = col(Push.state) == PushState.PENDING


@dataclass(frozen=True, slots=True)
class PushJob:
    """What is to be said to which browser; nothing where it is no news any more."""

    push_id: int
    account_id: int
    device_id: int
    notification_id: int
    conversation_id: int | None
    endpoint: str
    public_key: str
    auth_encrypted: str = field(repr=False)
    purpose: PushPurpose
    notice: NoticeRow | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Due:
    """``next_at`` is when something else will be."""

    jobs: list[PushJob]
    next_at: datetime | None


async def due_pushes(
    session: AsyncSession, now: datetime, *, limit: int, on_their_way: Collection[int]
) -> Due:
    """The first ``limit`` that are not ``on_their_way``."""
    found = await _due(session, now, limit, on_their_way)
    accounts = sorted({push.account_id for push, _ in found})
    told = await facts(
        await session.connection(), accounts, [push.notification_id for push, _ in found]
    )
    people = await hearers(session, accounts, {device.user_id for _, device in found})
    live = await live_sessions(session, {device.session_id for _, device in found}, now)
    jobs = [
        _job(push, device, told, people if device.session_id in live else {})
        for push, device in found
    ]
    return Due(jobs, await _next_at(session, now))


async def _due(
    session: AsyncSession, now: datetime, limit: int, but: Collection[int]
) -> Sequence[tuple[Push, NotifiedDevice]]:
    query = (
        select(Push, NotifiedDevice)
        .join(NotifiedDevice, col(NotifiedDevice.id) == col(Push.device_id))
        .where(_DUE, col(Push.next_attempt_at) <= now, col(Push.id).not_in(but))
        .order_by(col(Push.next_attempt_at), col(Push.id))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def _next_at(session: AsyncSession, now: datetime) -> datetime | None:
    ahead = select(func.min(Push.next_attempt_at)).where(_DUE, col(Push.next_attempt_at) > now)
    return (await session.exec(ahead)).one()


def _job(
    push: Push, device: NotifiedDevice, told: dict[int, Facts], people: dict[int, Hearer]
) -> PushJob:
    """Who signed out, or may not come in any more, is told nothing."""
    hearer, what = people.get(device.user_id), told.get(push.notification_id)
    is_wanted = hearer and what and device.endpoint and _is_news(push, what, device)
    return PushJob(
        push_id=push.id,
        account_id=push.account_id,
        device_id=device.id,
        notification_id=push.notification_id,
        conversation_id=push.conversation_id,
        endpoint=device.endpoint or "",
        public_key=device.public_key,
        auth_encrypted=device.auth_encrypted,
        purpose=push.purpose,
        notice=notice(what, hearer) if is_wanted and hearer and what else None,
    )


def _is_news(push: Push, what: Facts, device: NotifiedDevice) -> bool:
    if push.purpose is PushPurpose.TELL:
        return not what.is_over_for(device.user_id)
    return may_be_silent(urlsplit(device.endpoint or "").hostname or "")
