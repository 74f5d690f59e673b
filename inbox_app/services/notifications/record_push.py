"""What became of a push (N2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import notifications
from inbox_app.domain.notifications import GIVES_UP_AFTER, PushOutcome, PushState
from inbox_app.models import Notification, NotifiedDevice, Push
from inbox_app.services.notifications.due_pushes import PushJob
from inbox_app.services.notifications.hold import Held, hold


@dataclass(frozen=True, slots=True)
class PushAttempt:
    """What a push service answered, or why nothing was."""

    status: int | None = None
    problem: str | None = None
    retry_after: timedelta | None = None

    @property
    def outcome(self) -> PushOutcome:
        return notifications.outcome_of(self.status)


async def record_push(
    session: AsyncSession,
    job: PushJob,
    attempt: PushAttempt | None,
    now: datetime,
    *,
    jitter: float,
) -> PushOutcome | None:
    """``attempt`` is None for what was no news any more. Nothing where the device is gone."""
    if attempt is not None and attempt.outcome is PushOutcome.GONE:
        await _hold_alone(session, job)
    await hold(session, Held([job.account_id], [job.conversation_id], [job.device_id]))
    push = await _push(session, job)
    if push is None or attempt is None:
        if push is not None:
            push.state = PushState.SUPERSEDED
            session.add(push)
        return None
    push.attempts += 1
    push.answer_status, push.problem = attempt.status, attempt.problem
    push.state = _state(push, attempt, now, jitter)
    session.add(push)
    if attempt.outcome is PushOutcome.GONE:
        await forget_subscription(session, job.account_id, job.device_id, job.endpoint)
    elif attempt.outcome is PushOutcome.TAKEN:
        await _take_back_if_read(session, job)
    return attempt.outcome


async def forget_subscription(
    session: AsyncSession, account_id: int, device_id: int, endpoint: str
) -> None:
    """The device is told in open pages alone, until it subscribes anew; what waits for it does so
    no longer."""
    device = (
        col(NotifiedDevice.account_id) == account_id,
        col(NotifiedDevice.id) == device_id,
        col(NotifiedDevice.endpoint) == endpoint,
    )
    gone = await session.exec(update(NotifiedDevice).where(*device).values(endpoint=None))
    if gone.rowcount:
        waiting = (
            col(Push.account_id) == account_id,
            col(Push.device_id) == device_id,
            col(Push.state) == PushState.PENDING,
        )
        await session.exec(update(Push).where(*waiting).values(state=PushState.FAILED))


def _state(push: Push, attempt: PushAttempt, now: datetime, jitter: float) -> PushState:
    """What was superseded on its way may have left all the same; it is not tried again."""
    if attempt.outcome is PushOutcome.TAKEN:
        return PushState.SENT
    pause = notifications.pause_after(push.attempts, jitter, attempt.retry_after)
    again = attempt.outcome is PushOutcome.AGAIN and pause is not None
    if pause is None or not again or now - push.created_at > GIVES_UP_AFTER:
        return PushState.FAILED
    push.next_attempt_at = now + pause
    return push.state


async def _hold_alone(session: AsyncSession, job: PushJob) -> None:
    """Its conversation comes first, as always; what shares a device cannot have it alone later."""
    await hold(session, Held([job.account_id], [job.conversation_id]))
    mine = select(NotifiedDevice.id).where(
        col(NotifiedDevice.account_id) == job.account_id, col(NotifiedDevice.id) == job.device_id
    )
    await session.exec(mine.with_for_update())


async def _push(session: AsyncSession, job: PushJob) -> Push | None:
    query = select(Push).where(col(Push.id) == job.push_id, col(Push.account_id) == job.account_id)
    return (await session.exec(query.with_for_update())).one_or_none()


async def _take_back_if_read(session: AsyncSession, job: PushJob) -> None:
    """It was read while it left: whoever takes back what was read looks again."""
    read = (
        col(Notification.account_id) == job.account_id,
        col(Notification.id) == job.notification_id,
        col(Notification.settled),
    )
    await session.exec(update(Notification).where(*read).values(cleared_at=None))
