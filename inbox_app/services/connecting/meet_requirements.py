"""The three requirements for connecting a number, as an admin checks them off (C2)."""

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.contract import LANGUAGES
from inbox_app.contract import VERSION as CONTRACT_VERSION
from inbox_app.domain.connecting import SetupProblem
from inbox_app.services.connecting.idle_setup import (
    SetupRefusedError,
    audited,
    idle_setup,
)


class Requirement(StrEnum):
    """What a person checks off; the contract is accepted instead."""

    PROFILE = "profile"
    NUMBER = "number"


async def check_off(
    session: AsyncSession, account_id: int, requirement: Requirement, held: bool, now: datetime
) -> None:
    """Whether the person says that it holds."""
    setup = await idle_setup(session, account_id, now)
    if requirement is Requirement.PROFILE:
        setup.has_profile = held
    else:
        setup.has_number = held


async def accept_contract(
    session: AsyncSession,
    account_id: int,
    user_id: int,
    *,
    version: str,
    language: str,
    now: datetime,
) -> None:
    """The text that was read, which must be the present one."""
    if version != CONTRACT_VERSION or language not in LANGUAGES:
        raise SetupRefusedError(SetupProblem.CONTRACT)
    setup = await idle_setup(session, account_id, now)
    setup.contract_version, setup.contract_language = version, language
    setup.contract_accepted_at, setup.contract_accepted_by = now, user_id
    details = {"version": version, "language": language}
    session.add(audited(account_id, user_id, "connection.accepted_contract", details, now))
