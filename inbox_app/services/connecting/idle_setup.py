"""The row of an account that connects its number: whoever writes it, and when nobody may."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.connecting import SetupProblem
from inbox_app.models import AuditEntry, ConnectionSetup, SetupState


class SetupRefusedError(Exception):
    """What was asked cannot be done now, or not with what was given."""

    def __init__(self, problem: SetupProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def idle_setup(session: AsyncSession, account_id: int, now: datetime) -> ConnectionSetup:
    """The account's, made if need be; refused while it is being worked on."""
    setup = await _setup(session, account_id)
    if setup is None:
        try:
            async with session.begin_nested():
                session.add(ConnectionSetup(account_id=account_id, updated_at=now))
        except IntegrityError:
            pass  # another admin's click was quicker by a moment
        setup = await _setup(session, account_id)
    if setup is None or setup.state is SetupState.RUNNING:
        raise SetupRefusedError(SetupProblem.BUSY)
    setup.updated_at = now
    return setup


async def _setup(session: AsyncSession, account_id: int) -> ConnectionSetup | None:
    query = select(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    return (await session.exec(query.with_for_update())).one_or_none()


def audited(
    account_id: int, user_id: int | None, what: str, details: dict[str, str], now: datetime
) -> AuditEntry:
    """Nobody is an operator."""
    if user_id is None:
        details = details | {"by": "command line"}
    return AuditEntry(account_id=account_id, at=now, user_id=user_id, what=what, details=details)
