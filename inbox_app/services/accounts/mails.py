"""Links by mail: asked for, claimed, sent or given up (X1)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.mails import ASKED_AGAIN_AFTER, MailKind, pause_after
from inbox_app.models import Account, AuditEntry, Mail, PasswordLink, User
from inbox_app.services.accounts import passwords

_CLAIMED_FOR = timedelta(minutes=2)
"""Longer than any attempt lasts: who dies on the way leaves it to the next."""


@dataclass(frozen=True, slots=True)
class MailJob:
    """What is to be sent to whom."""

    mail_id: int
    account_id: int
    kind: MailKind
    email: str
    name: str
    company: str
    language: str
    attempt: int
    asked_by: str
    """The name of who invites; "" for a link that somebody asked for themselves."""
    token: str = field(repr=False)


async def ask(session: AsyncSession, person: User, now: datetime, *, by: int | None) -> None:
    """Have a link sent to a person whom `people` has found in this transaction."""
    kind = MailKind.PASSWORD if person.password_hash else MailKind.INVITATION
    await _forget(session, person.account_id, person.id)
    session.add(
        Mail(
            account_id=person.account_id,
            user_id=person.id,
            kind=kind,
            asked_by=by,
            asked_at=now,
            next_attempt_at=now,
        )
    )


async def ask_for_oneself(session: AsyncSession, person: User, now: datetime) -> None:
    """The same from the sign-in page: unless one waits, or a link was made minutes ago."""
    waits = select(Mail.id).where(
        col(Mail.user_id) == person.id, col(Mail.account_id) == person.account_id
    )
    lately = select(PasswordLink.id).where(
        col(PasswordLink.user_id) == person.id,
        col(PasswordLink.account_id) == person.account_id,
        col(PasswordLink.created_at) > now - ASKED_AGAIN_AFTER,
    )
    for query in (waits, lately):
        if (await session.exec(query)).first() is not None:
            return
    await ask(session, person, now, by=None)


async def claim(
    session: AsyncSession, token: str, token_hash: str, now: datetime
) -> MailJob | None:
    """The next that is due, with a new link whose secret is `token`; nothing when none is. What has
    become of its person meanwhile may be that it is sent no more."""
    due = select(Mail).where(col(Mail.next_attempt_at) <= now).order_by(col(Mail.next_attempt_at))
    mail = (await session.exec(due.limit(1).with_for_update(skip_locked=True))).first()
    if mail is None:
        return None
    person = (
        await session.exec(
            select(User).where(
                col(User.id) == mail.user_id, col(User.account_id) == mail.account_id
            )
        )
    ).one()
    if person.disabled_at is not None:
        await session.delete(mail)
        return await claim(session, token, token_hash, now)
    mail.attempts += 1
    mail.next_attempt_at = now + _CLAIMED_FOR
    session.add(mail)
    lasts = mail.kind.link_lasts
    await passwords.make_link(session, person, token_hash, now, by=mail.asked_by, lasts=lasts)
    return await _job(session, mail, person, token)


async def _job(session: AsyncSession, mail: Mail, person: User, token: str) -> MailJob:
    account = await session.get_one(Account, mail.account_id)
    asker = select(User.name, User.email).where(
        col(User.id) == mail.asked_by, col(User.account_id) == mail.account_id
    )
    by = (await session.exec(asker)).first()
    return MailJob(
        mail_id=mail.id,
        account_id=mail.account_id,
        kind=mail.kind,
        email=person.email,
        name=person.name,
        company=account.name,
        language=person.language or account.language,
        attempt=mail.attempts,
        asked_by=(by[0] or by[1]) if by else "",
        token=token,
    )


async def sent(session: AsyncSession, job: MailJob, _now: datetime) -> None:
    """It is with the mail server: nothing waits any more."""
    await session.exec(delete(Mail).where(*_this(job)))


async def failed(session: AsyncSession, job: MailJob, now: datetime) -> bool:
    """Whether it is given up; otherwise it is tried again later."""
    mail = (await session.exec(select(Mail).where(*_this(job)))).first()
    if mail is None:
        return False
    pause = pause_after(job.attempt)
    if pause is not None:
        mail.next_attempt_at = now + pause
        session.add(mail)
        return False
    details = {"user": mail.user_id, "by": "operator"}
    noted = AuditEntry(
        account_id=job.account_id, at=now, what="user.mail_given_up", details=details
    )
    session.add(noted)
    await session.delete(mail)
    return True


def _this(job: MailJob) -> tuple[ColumnElement[bool], ...]:
    return col(Mail.id) == job.mail_id, col(Mail.account_id) == job.account_id


async def _forget(session: AsyncSession, account_id: int, user_id: int) -> None:
    theirs = (col(Mail.user_id) == user_id, col(Mail.account_id) == account_id)
    await session.exec(delete(Mail).where(*theirs))
