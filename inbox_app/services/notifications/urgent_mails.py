"""Urgent words by mail to who is on call: written beside the pushes, claimed, sent or given up
(S4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.mails import pause_after
from inbox_app.domain.notifications import MAILED_APART, NotificationKind, mailed_at
from inbox_app.models import UrgentMail, User
from inbox_app.queries.notifications.facts import Facts, facts
from inbox_app.queries.notifications.preferences import Hearer, hearers
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.queries.notifications.words import notice
from inbox_app.services.bulk import insert_new

_CLAIMED_FOR = timedelta(minutes=2)
"""Longer than any attempt lasts: who dies on the way leaves it to the next."""


@dataclass(frozen=True, slots=True)
class UrgentMailJob:
    """What is to be sent to whom."""

    mail_id: int
    account_id: int
    email: str
    language: str
    attempt: int
    names: bool
    """Whether the title is a person's name."""
    notice: NoticeRow = field(repr=False)


async def write_urgent_mails(
    session: AsyncSession, told: Collection[Facts], pushed: Collection[int], now: datetime
) -> None:
    """Of several of one conversation that come one soon after another, for the first alone; people
    who are also ``pushed`` to have a moment to look there."""
    urgent = [each for each in told if each.kind is NotificationKind.URGENT and not each.settled]
    lately = await _mailed_since(session, urgent, now - MAILED_APART)
    rows: list[dict[str, object]] = []
    for each in sorted(urgent, key=lambda one: one.id):
        about = each.told, each.conversation_id
        if about in lately or None in about:
            continue
        lately.add(about)
        rows.append(
            {
                "account_id": each.account_id,
                "notification_id": each.id,
                "user_id": each.told,
                "conversation_id": each.conversation_id,
                "attempts": 0,
                "next_attempt_at": mailed_at(now, is_pushed=each.told in pushed),
                "created_at": now,
            }
        )
    await insert_new(await session.connection(), UrgentMail, rows, col(UrgentMail.id))


async def claim(session: AsyncSession, now: datetime) -> UrgentMailJob | None:
    """The next that is due and is still news; nothing when none is."""
    waits = col(UrgentMail.ended_at).is_(None), col(UrgentMail.next_attempt_at) <= now
    due = select(UrgentMail).where(*waits).order_by(col(UrgentMail.next_attempt_at)).limit(1)
    while mail := (await session.exec(due.with_for_update(skip_locked=True))).first():
        job = await _job(session, mail)
        if job is not None:
            mail.attempts, mail.next_attempt_at = job.attempt, now + _CLAIMED_FOR
            session.add(mail)
            return job
        mail.ended_at = now
        session.add(mail)
        await session.flush()
    return None


async def sent(session: AsyncSession, job: UrgentMailJob, now: datetime) -> None:
    """It is with the mail server."""
    mail = (await session.exec(select(UrgentMail).where(*_this(job)))).first()
    if mail is not None:
        mail.ended_at = now
        session.add(mail)


async def failed(session: AsyncSession, job: UrgentMailJob, now: datetime) -> None:
    """It is tried again later, unless it was the last time."""
    mail = (await session.exec(select(UrgentMail).where(*_this(job)))).first()
    if mail is None:
        return
    pause = pause_after(job.attempt)
    if pause is None:
        mail.ended_at = now
    else:
        mail.next_attempt_at = now + pause
    session.add(mail)


async def _job(session: AsyncSession, mail: UrgentMail) -> UrgentMailJob | None:
    """None where it was read or answered, or who was on call may not come in any more."""
    connection = await session.connection()
    told = (await facts(connection, [mail.account_id], [mail.notification_id])).get(
        mail.notification_id
    )
    hearer = (await hearers(session, [mail.account_id], [mail.user_id])).get(mail.user_id)
    if told is None or told.settled or hearer is None:
        return None
    return await _said(session, mail, told, hearer)


async def _said(
    session: AsyncSession, mail: UrgentMail, told: Facts, hearer: Hearer
) -> UrgentMailJob:
    whose = col(User.id) == mail.user_id, col(User.account_id) == mail.account_id
    email = (await session.exec(select(User.email).where(*whose))).one()
    shown = notice(told, hearer)
    return UrgentMailJob(
        mail_id=mail.id,
        account_id=mail.account_id,
        email=email,
        language=hearer.language,
        attempt=mail.attempts + 1,
        names=shown["title"] == told.name,
        notice=shown,
    )


async def _mailed_since(
    session: AsyncSession, urgent: Sequence[Facts], since: datetime
) -> set[tuple[int | None, int | None]]:
    """Who was mailed about which conversation."""
    if not urgent:
        return set()
    query = select(UrgentMail.user_id, UrgentMail.conversation_id).where(
        col(UrgentMail.account_id).in_({each.account_id for each in urgent}),
        col(UrgentMail.user_id).in_({each.told for each in urgent}),
        col(UrgentMail.conversation_id).in_({each.conversation_id for each in urgent}),
        col(UrgentMail.created_at) > since,
    )
    return set((await session.exec(query)).all())


def _this(job: UrgentMailJob) -> tuple[ColumnElement[bool], ...]:
    return col(UrgentMail.id) == job.mail_id, col(UrgentMail.account_id) == job.account_id
