"""A person's second factor: set up, switched off, reset, required of everybody (X1).

What changes it takes a person whom `people` has found in the same transaction.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.domain.accounts.second_factor import SETTING_UP_LASTS, clean_code, matching_step
from inbox_app.models import Account, RecoveryCode, Session, TwoFactor, User
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.services.accounts import people, sign_in
from inbox_app.services.accounts.accounts import AccountRefusedError
from inbox_app.vault import Vault


async def begin(
    session: AsyncSession, person: User, secret: str, now: datetime, vault: Vault
) -> None:
    """Wait for the first code of an app that was shown `secret`. Raises ``AccountRefusedError`` for
    who has an app already: that is switched off first."""
    row = await _of(session, person)
    if row is not None and row.confirmed_at is not None:
        raise AccountRefusedError(AccountProblem.CODE)
    row = row or TwoFactor(account_id=person.account_id, user_id=person.id, secret="", begun_at=now)
    row.secret, row.begun_at = vault.encrypt(secret), now
    session.add(row)


async def confirm(
    session: AsyncSession,
    person: User,
    code: str,
    recovery_codes: Iterable[str],
    now: datetime,
    vault: Vault,
) -> None:
    """From now on the app's code is asked of `person`, or one of `recovery_codes`, each once.
    Raises ``AccountRefusedError`` unless `code` is what the app shows now."""
    row = await _of(session, person)
    secret = vault.decrypt_or_none(row.secret) if row else None
    if row is None or secret is None or not _is_waiting(row, now):
        raise AccountRefusedError(AccountProblem.CODE)
    step = matching_step(secret, clean_code(code), now, after=row.last_step)
    if step is None:
        raise AccountRefusedError(AccountProblem.CODE)
    row.confirmed_at, row.last_step = now, step
    await _put_recovery_codes(session, person, recovery_codes, vault)
    people.note(session, person, "user.two_factor_on", now, person.id)


def _is_waiting(row: TwoFactor, now: datetime) -> bool:
    return row.confirmed_at is None and now - row.begun_at <= SETTING_UP_LASTS


async def renew_recovery_codes(
    session: AsyncSession, person: User, codes: Iterable[str], now: datetime, vault: Vault
) -> None:
    """These count, and none from before. Raises ``AccountRefusedError``."""
    row = await _of(session, person)
    if row is None or row.confirmed_at is None:
        raise AccountRefusedError(AccountProblem.TWO_FACTOR_MISSING)
    await _put_recovery_codes(session, person, codes, vault)
    people.note(session, person, "user.recovery_codes_made", now, person.id)


async def switch_off(session: AsyncSession, person: User, now: datetime) -> None:
    """The person's own doing. Raises ``AccountRefusedError`` where the company requires it."""
    if (await session.get_one(Account, person.account_id)).requires_two_factor:
        raise AccountRefusedError(AccountProblem.TWO_FACTOR_REQUIRED)
    await _forget(session, person)
    people.note(session, person, "user.two_factor_off", now, person.id)


async def reset(
    session: AsyncSession, person: User, now: datetime, *, by: int | None = None
) -> int:
    """For who has lost the phone: the password alone lets them in, or to setting up a new one. Says
    how many sessions ended. Raises ``AccountRefusedError`` where there is nothing to reset."""
    if await _of(session, person) is None:
        raise AccountRefusedError(AccountProblem.TWO_FACTOR_MISSING)
    await _forget(session, person)
    people.note(session, person, "user.two_factor_reset", now, by)
    return await sign_in.end_all(session, person.account_id, person.id)


async def require(session: AsyncSession, by: SignedIn, *, required: bool, now: datetime) -> None:
    """Of everybody in the company, or of nobody any more. Who has none set up is out until they
    have. Raises ``AccountRefusedError`` for an admin who has none."""
    person = await people.by_id(session, by.account_id, by.user_id)
    if required and not await _has(session, person):
        raise AccountRefusedError(AccountProblem.TWO_FACTOR_MISSING)
    account = await session.get_one(Account, by.account_id)
    if account.requires_two_factor is required:
        return
    account.requires_two_factor = required
    what = "required" if required else "optional"
    people.note(session, person, f"account.two_factor_{what}", now, by.user_id)
    if required:
        await session.exec(delete(Session).where(*_without(by.account_id)))


def _without(account_id: int) -> tuple[ColumnElement[bool], ...]:
    has = exists().where(
        col(TwoFactor.user_id) == col(Session.user_id),
        col(TwoFactor.account_id) == account_id,
        col(TwoFactor.confirmed_at).is_not(None),
    )
    return col(Session.account_id) == account_id, ~has


async def _has(session: AsyncSession, person: User) -> bool:
    row = await _of(session, person)
    return row is not None and row.confirmed_at is not None


async def _of(session: AsyncSession, person: User) -> TwoFactor | None:
    query = select(TwoFactor).where(
        col(TwoFactor.user_id) == person.id, col(TwoFactor.account_id) == person.account_id
    )
    return (await session.exec(query)).first()


async def _put_recovery_codes(
    session: AsyncSession, person: User, codes: Iterable[str], vault: Vault
) -> None:
    await _forget_recovery_codes(session, person)
    session.add_all(
        RecoveryCode(
            account_id=person.account_id,
            user_id=person.id,
            code_hash=recovery_hash(clean_code(code), vault),
        )
        for code in codes
    )


async def _forget(session: AsyncSession, person: User) -> None:
    await _forget_recovery_codes(session, person)
    theirs = (
        col(TwoFactor.user_id) == person.id,
        col(TwoFactor.account_id) == person.account_id,
    )
    await session.exec(delete(TwoFactor).where(*theirs))


async def _forget_recovery_codes(session: AsyncSession, person: User) -> None:
    theirs = (
        col(RecoveryCode.user_id) == person.id,
        col(RecoveryCode.account_id) == person.account_id,
    )
    await session.exec(delete(RecoveryCode).where(*theirs))


def recovery_hash(code: str, vault: Vault) -> str:
    """What is kept of a cleaned one: keyed, because it is short enough to be tried through."""
    return vault.sign(code, "recovery code")
