"""Who belongs to an account, and as what; the audit trail keeps each change (X1).

Changes take a person whom `by_id` or `by_email` has found in the same transaction: one at a time is
changed in an account, or its last two admins could go together. The locks let everybody else write
rows that name the account or the person: who is in the middle of that may hold what is wanted next.
"""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.accounts import AccountProblem, clean_email
from inbox_app.models import Account, AuditEntry, Role, User
from inbox_app.services.accounts import sign_in
from inbox_app.services.accounts.accounts import AccountRefusedError, NewUser, create_user
from inbox_app.services.conversations.assign import unassign_all
from inbox_app.services.conversations.seen import forget_seen
from inbox_app.services.conversations.write_rules import leave_out


async def by_email(session: AsyncSession, account_id: int, email: str) -> User:
    """Raises ``AccountRefusedError`` when the account has nobody with this e-mail."""
    await _take_turns(session, account_id)
    return await _found(session, account_id, col(User.email) == clean_email(email))


async def by_id(session: AsyncSession, account_id: int, user_id: int) -> User:
    """Raises ``AccountRefusedError`` when the account has no such person."""
    await _take_turns(session, account_id)
    return await _found(session, account_id, col(User.id) == user_id)


async def invite(
    session: AsyncSession,
    account_id: int,
    email: str,
    name: str,
    role: Role,
    now: datetime,
    *,
    by: int,
) -> User:
    """Somebody who signs in once they have chosen a password, by a link. Raises
    ``AccountRefusedError``."""
    new = NewUser(email=email, name=name, role=role, password_hash="")
    person = await create_user(session, account_id, new, now)
    note(session, person, "user.invited", now, by)
    return person


async def uninvite(session: AsyncSession, person: User, now: datetime, *, by: int) -> None:
    """Forget an invitation; who has come in already is deactivated instead. Raises
    ``AccountRefusedError``."""
    if person.password_hash:
        raise AccountRefusedError(AccountProblem.NO_SUCH_USER)
    note(session, person, "user.uninvited", now, by)
    await session.flush()
    await session.delete(person)


async def change_role(
    session: AsyncSession, person: User, role: Role, now: datetime, *, by: int
) -> None:
    """Raises ``AccountRefusedError`` when nobody would be left to administer the account."""
    if role is person.role:
        return
    await _keep_an_admin(session, person)
    person.role = role
    note(session, person, f"user.made_{role}", now, by)


async def reset_password(
    session: AsyncSession, person: User, password_hash: str, now: datetime, *, by: int | None = None
) -> int:
    """Whoever is inside with the old one is out: says how many sessions ended."""
    person.password_hash = password_hash
    return await _put_out(session, person, "user.password_reset", now, by)


async def deactivate(
    session: AsyncSession, person: User, now: datetime, *, by: int | None = None
) -> int:
    """The person comes in no more, and what was theirs is nobody's; says how many sessions ended.
    Raises ``AccountRefusedError``."""
    if person.disabled_at is None:
        await _keep_an_admin(session, person)
    person.disabled_at = person.disabled_at or now
    await unassign_all(session, person.account_id, person.id)
    await leave_out(session, person.account_id, person.id)
    await forget_seen(session, person.account_id, person.id)
    return await _put_out(session, person, "user.deactivated", now, by)


async def activate(
    session: AsyncSession, person: User, now: datetime, *, by: int | None = None
) -> None:
    """The person may come in again, with the password they had."""
    person.disabled_at = None
    note(session, person, "user.activated", now, by)


async def _take_turns(session: AsyncSession, account_id: int) -> None:
    account = select(Account).where(col(Account.id) == account_id).with_for_update(key_share=True)
    if (await session.exec(account)).first() is None:
        raise AccountRefusedError(AccountProblem.NO_SUCH_ACCOUNT)


async def _found(session: AsyncSession, account_id: int, theirs: ColumnElement[bool]) -> User:
    query = select(User).where(col(User.account_id) == account_id, theirs)
    person = (await session.exec(query.with_for_update(key_share=True))).first()
    if person is None:
        raise AccountRefusedError(AccountProblem.NO_SUCH_USER)
    return person


async def _keep_an_admin(session: AsyncSession, person: User) -> None:
    """Who was invited and has not come in yet is no admin who could help."""
    if person.role is not Role.ADMIN or not person.password_hash:
        return
    others = select(User.id).where(
        col(User.account_id) == person.account_id,
        col(User.role) == Role.ADMIN,
        col(User.disabled_at).is_(None),
        col(User.password_hash) != "",
        col(User.id) != person.id,
    )
    if (await session.exec(others.limit(1))).first() is None:
        raise AccountRefusedError(AccountProblem.LAST_ADMIN)


async def _put_out(
    session: AsyncSession, person: User, what: str, now: datetime, by: int | None
) -> int:
    note(session, person, what, now, by)
    return await sign_in.end_all(session, person.account_id, person.id)


def note(session: AsyncSession, person: User, what: str, now: datetime, by: int | None) -> None:
    """Keep that this was done to `person`; nobody is an operator at a command line."""
    session.add(person)
    details = {"user": person.id} | ({"by": "operator"} if by is None else {})
    session.add(
        AuditEntry(account_id=person.account_id, at=now, user_id=by, what=what, details=details)
    )
