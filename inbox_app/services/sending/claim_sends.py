"""Takes due messages out of the outbox for one sender; gives up on those of senders that died."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.outbound import Job
from inbox_app.channels.registry import channel_of
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.models import (
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.services.channel_services import QueuedSend
from inbox_app.services.sending.hold_sends import hold, hold_and_release
from inbox_app.services.sending.job_files import files_of
from inbox_app.services.sending.later_sends import release_due
from inbox_app.services.sending.mark_failed import mark_failed, mark_unknown
from inbox_app.services.sending.recheck_before_send import contents_of, forbidden
from inbox_app.services.sending.send_job import job_of, select_sends


@dataclass(slots=True)
class Claimed:
    """What was taken, and the conversations where a message was held, let go or refused instead."""

    jobs: list[Job] = field(default_factory=list[Job])
    changed: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """(account id, conversation id)."""


async def claim(
    session: AsyncSession,
    *,
    owner: str,
    limit: int,
    rate_limit: PairRateLimit,
    now: datetime,
    real_now: datetime,
    resting: Collection[int] = (),
) -> Claimed:
    """Claim up to `limit` due messages, at most one of a conversation and in its order.

    The decision is made again for each: since it was queued the window may have closed. `resting`
    are connections that send nothing for now. Commit before sending: a claim that is on disk is
    what keeps a message from leaving twice.
    """
    claimed = Claimed(changed=await release_due(session, now))
    claimed.changed += await hold_and_release(session, now)
    sends = await _due(session, limit, real_now, resting)
    contents, files = await contents_of(session, sends), await files_of(session, sends, real_now)
    refused = await forbidden(session, sends, contents, now)
    for send in sends:
        outbox = send.outbox
        if failure := refused.get(outbox.id):
            await _refuse(session, send, failure, now)
            claimed.changed.append((outbox.account_id, outbox.conversation_id))
        elif wait := _wait(rate_limit, send, real_now):
            outbox.next_attempt_at = real_now + wait
        else:
            _take(outbox, owner, real_now)
            claimed.jobs.append(
                job_of(send, contents.get(send.message.id), files.get(send.message.id))
            )
    return claimed


async def abandon(session: AsyncSession, owner: str, now: datetime) -> list[tuple[int, int]]:
    """Mark unknown what others than `owner` had claimed: it may have left, so it never leaves again
    by itself. Answers the (account id, conversation id) of each."""
    query = (
        select(Outbox, Message)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .where(col(Outbox.state) == OutboxState.CLAIMED, col(Outbox.claimed_by) != owner)
        .with_for_update()
    )
    rows = (await session.exec(query)).all()
    for outbox, message in rows:
        outbox.state = OutboxState.DONE
        mark_unknown(message, now)
    return [(outbox.account_id, outbox.conversation_id) for outbox, _ in rows]


async def clear_pauses(session: AsyncSession, real_now: datetime) -> None:
    """Have what waits for a time be due at once: that time was read from another clock, and a pause
    that still holds is found again."""
    waiting = update(Outbox).where(
        col(Outbox.state) == OutboxState.QUEUED, col(Outbox.next_attempt_at) > real_now
    )
    await session.exec(waiting.values(next_attempt_at=None))


async def next_due(session: AsyncSession, real_now: datetime) -> timedelta | None:
    """How long until the next message that waits for its time may leave; none waits: None."""
    query = select(col(Outbox.next_attempt_at)).where(
        col(Outbox.state) == OutboxState.QUEUED, col(Outbox.next_attempt_at) > real_now
    )
    moment = (
        await session.exec(query.order_by(col(Outbox.next_attempt_at)).limit(1))
    ).one_or_none()
    return None if moment is None else moment - real_now


async def _due(
    session: AsyncSession, limit: int, real_now: datetime, resting: Collection[int]
) -> list[QueuedSend]:
    query = (
        select_sends()
        .where(
            col(Outbox.state) == OutboxState.QUEUED,
            or_(col(Outbox.next_attempt_at).is_(None), col(Outbox.next_attempt_at) <= real_now),
            col(Outbox.connection_id).not_in(resting),
            ~_another_goes_first(),
        )
        .order_by(col(Outbox.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Outbox)
    )
    return [QueuedSend(*row) for row in await session.exec(query)]


def _another_goes_first() -> ColumnElement[bool]:
    earlier = aliased(Outbox)
    return exists().where(
        col(earlier.conversation_id) == col(Outbox.conversation_id),
        col(earlier.id) < col(Outbox.id),
        col(earlier.state).not_in((OutboxState.DONE, OutboxState.WAITING)),
    )


def _wait(rate_limit: PairRateLimit, send: QueuedSend, real_now: datetime) -> timedelta:
    rate = channel_of(send.connection.channel).pair_rate
    return rate_limit.take(send.outbox.conversation_id, rate, real_now)


async def _refuse(session: AsyncSession, send: QueuedSend, failure: Failure, now: datetime) -> None:
    if failure.remedy is Remedy.RECONNECT:
        hold(send.outbox, send.message, now)
        return
    send.outbox.state = OutboxState.DONE
    await mark_failed(session, send.message, failure, now)


def _take(outbox: Outbox, owner: str, real_now: datetime) -> None:
    outbox.state = OutboxState.CLAIMED
    outbox.attempts += 1
    outbox.claimed_by, outbox.claimed_at = owner, real_now
