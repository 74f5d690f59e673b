"""The code that is asked for once the password was right: the app's, or a recovery code (X1)."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.second_factor import clean_code, matching_step
from inbox_app.models import AuditEntry, RecoveryCode, TwoFactor
from inbox_app.queries.accounts.signed_in import Candidate
from inbox_app.services.accounts.two_factor import recovery_hash
from inbox_app.vault import Vault


async def fits(
    session: AsyncSession, who: Candidate, code: str, now: datetime, vault: Vault
) -> bool:
    """Whether `code` is one of the app's or a recovery code, neither used before; now it is. Both
    are always looked for, so that the time does not tell which was tried."""
    typed = clean_code(code)
    by_app = await _use_app_code(session, who, typed, now, vault)
    by_recovery = await _use_recovery_code(session, who, typed, vault)
    if by_recovery:
        _note_recovery(session, who, now)
    return by_app or by_recovery


async def _use_app_code(
    session: AsyncSession, who: Candidate, typed: str, now: datetime, vault: Vault
) -> bool:
    mine = (
        col(TwoFactor.user_id) == who.user_id,
        col(TwoFactor.account_id) == who.account_id,
        col(TwoFactor.confirmed_at).is_not(None),
    )
    row = (await session.exec(select(TwoFactor).where(*mine))).first()
    secret = vault.decrypt_or_none(row.secret) if row else None
    if row is None or secret is None:
        return False
    step = matching_step(secret, typed, now, after=row.last_step)
    # Of two who come with the same code at once one finds it used.
    unused = update(TwoFactor).where(*mine, col(TwoFactor.last_step) < (step or 0))
    return (await session.exec(unused.values(last_step=step))).rowcount == 1


async def _use_recovery_code(
    session: AsyncSession, who: Candidate, typed: str, vault: Vault
) -> bool:
    this = delete(RecoveryCode).where(
        col(RecoveryCode.user_id) == who.user_id,
        col(RecoveryCode.account_id) == who.account_id,
        col(RecoveryCode.code_hash) == recovery_hash(typed, vault),
    )
    return (await session.exec(this)).rowcount == 1


def _note_recovery(session: AsyncSession, who: Candidate, now: datetime) -> None:
    session.add(
        AuditEntry(
            account_id=who.account_id,
            at=now,
            user_id=who.user_id,
            what="user.recovery_code_used",
            details={"user": who.user_id},
        )
    )
