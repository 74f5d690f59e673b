"""Who may sign in, and their sessions: one row for each sign-in on each device (X1).

All times here are the machine's.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.accounts import AccountProblem, clean_email
from inbox_app.models import Account, AuditEntry, Role, Session, User
from inbox_app.queries.accounts.signed_in import ABSOLUTE, IDLE, Candidate
from inbox_app.services.accounts.accounts import AccountRefusedError

SEEN_EVERY = timedelta(minutes=5)
"""How exactly «last seen» is kept: a write per event would be too many."""


class NotAnyMoreError(Exception):
    """Since the password was compared it was changed, or its person disabled."""


async def start(
    session: AsyncSession, who: Candidate, token_hash: str, user_agent: str, now: datetime
) -> None:
    """From now on the cookie with this fingerprint stands for `who`.

    Raises:
        NotAnyMoreError: comparing takes a while, and this session would outlive what ended all.
    """
    mine = (
        select(User.id)
        .where(
            col(User.id) == who.user_id,
            col(User.account_id) == who.account_id,
            col(User.password_hash) == who.password_hash,
            col(User.disabled_at).is_(None),
        )
        .with_for_update()
    )
    if (await session.exec(mine)).first() is None:
        raise NotAnyMoreError
    session.add(
        Session(
            account_id=who.account_id,
            user_id=who.user_id,
            token_hash=token_hash,
            user_agent=user_agent[:300],
            created_at=now,
            seen_at=now,
        )
    )
    await session.flush()


async def end(session: AsyncSession, token_hash: str) -> None:
    """This device's session only; ending it twice is harmless."""
    await session.exec(delete(Session).where(col(Session.token_hash) == token_hash))


async def end_all(session: AsyncSession, account_id: int, user_id: int) -> int:
    """All of a person's sessions, on every device; how many there were."""
    theirs = (col(Session.account_id) == account_id) & (col(Session.user_id) == user_id)
    return (await session.exec(delete(Session).where(theirs))).rowcount


async def seen(session: AsyncSession, session_id: int, now: datetime) -> None:
    """The device is in use: its 30 days begin again."""
    mine = col(Session.id) == session_id
    await session.exec(update(Session).where(mine).values(seen_at=now))


async def prune(session: AsyncSession, now: datetime) -> None:
    """Forget the sessions that nobody can use any more."""
    too_old = (col(Session.seen_at) <= now - IDLE) | (col(Session.created_at) <= now - ABSOLUTE)
    await session.exec(delete(Session).where(too_old))


async def reset_password(
    session: AsyncSession, account_id: int, email: str, password_hash: str, now: datetime
) -> tuple[User, int]:
    """Whoever is inside with the old one is out: also says how many sessions ended."""
    person = await _person(session, account_id, email)
    person.password_hash = password_hash
    return person, await _put_out(session, person, "user.password_reset", now)


async def deactivate(
    session: AsyncSession, account_id: int, email: str, now: datetime
) -> tuple[User, int]:
    """The person comes in no more, and their sessions end. Raises ``AccountRefusedError``."""
    person = await _person(session, account_id, email)
    is_admin = person.disabled_at is None and person.role is Role.ADMIN
    if is_admin and not await _is_other_admin(session, person):
        raise AccountRefusedError(AccountProblem.LAST_ADMIN)
    person.disabled_at = person.disabled_at or now
    return person, await _put_out(session, person, "user.deactivated", now)


async def activate(session: AsyncSession, account_id: int, email: str, now: datetime) -> User:
    """The person may come in again, with the password they had."""
    person = await _person(session, account_id, email)
    person.disabled_at = None
    _note(session, person, "user.activated", now)
    return person


async def _person(session: AsyncSession, account_id: int, email: str) -> User:
    """One at a time is changed in an account, or its last two admins could go together."""
    account = select(Account).where(col(Account.id) == account_id).with_for_update()
    if (await session.exec(account)).first() is None:
        raise AccountRefusedError(AccountProblem.NO_SUCH_ACCOUNT)
    mine = (col(User.account_id) == account_id) & (col(User.email) == clean_email(email))
    person = (await session.exec(select(User).where(mine).with_for_update())).first()
    if person is None:
        raise AccountRefusedError(AccountProblem.NO_SUCH_USER)
    return person


async def _is_other_admin(session: AsyncSession, person: User) -> bool:
    others = select(User.id).where(
        col(User.account_id) == person.account_id,
        col(User.role) == Role.ADMIN,
        col(User.disabled_at).is_(None),
        col(User.id) != person.id,
    )
    return (await session.exec(others.limit(1))).first() is not None


async def _put_out(session: AsyncSession, person: User, what: str, now: datetime) -> int:
    _note(session, person, what, now)
    return await end_all(session, person.account_id, person.id)


def _note(session: AsyncSession, person: User, what: str, now: datetime) -> None:
    session.add(person)
    details = {"user": person.id, "by": "operator"}
    session.add(AuditEntry(account_id=person.account_id, at=now, what=what, details=details))
