"""How far an account has come in connecting its number, as the wizard shows it."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.connecting import Step, StepFailureReason, next_step, plan
from inbox_app.models import (
    ConnectionSetup,
    ConnectionState,
    SetupState,
    SignupMethod,
    WhatsAppNumber,
)
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.connecting.rows import (
    NO_FAILURE,
    FailureRow,
    NumberChoice,
    SetupRow,
    StepRow,
)
from inbox_app.queries.connecting.setup_requirements import requirements_of
from inbox_app.queries.people.names import user_name
from inbox_app.web import millis


@dataclass(frozen=True, slots=True)
class SetupView:
    """All that the wizard shows of it."""

    setup: SetupRow
    steps: list[StepRow]
    failure: FailureRow
    numbers: list[NumberChoice]


async def setup_view(session: AsyncSession, account_id: int, contract_version: str) -> SetupView:
    """As it stands now."""
    setup = await setup_of(session, account_id)
    number = await active_number(session, account_id)
    row = _row(setup, number, contract_version)
    accepted = await _accepted(session, setup, number)
    found = setup.found if setup else {}
    return SetupView(
        setup=SetupRow(**(row | accepted)),  # type: ignore[typeddict-item]
        steps=_steps(setup),
        failure=_failure(setup),
        numbers=[NumberChoice(**choice) for choice in found.get("numbers", [])],
    )


async def setup_of(session: AsyncSession, account_id: int) -> ConnectionSetup | None:
    """The account's own row."""
    query = select(ConnectionSetup).where(col(ConnectionSetup.account_id) == account_id)
    return (await session.exec(query)).one_or_none()


def _row(
    setup: ConnectionSetup | None, number: WhatsAppNumber | None, contract_version: str
) -> SetupRow:
    holds = requirements_of(setup, number, contract_version)
    state = setup.state if setup else SetupState.OPEN
    refused = number is not None and number.connection.state is ConnectionState.CREDENTIALS_REFUSED
    given = setup or ConnectionSetup(account_id=0, updated_at=None)  # type: ignore[arg-type]
    return SetupRow(
        mode=_mode(setup, number),
        state=state if state in _SHOWN_STATES else "open",
        has_profile=holds.profile,
        has_number=holds.number,
        has_contract=holds.contract,
        held=sum((holds.profile, holds.number, holds.contract)),
        ready=holds.all_hold,
        accepted_at=0,
        accepted_by="",
        method=given.method,
        phone_number_id=number.connection.external_id if number else given.phone_number_id,
        waba_id=number.waba_id if number else given.waba_id,
        token_saved=given.token_encrypted != "",
        pin_saved=given.pin_encrypted != "",
        refused=refused,
        reason=number.connection.state_reason if number else "",
        display=number.connection.display_address if number else "",
        name=number.connection.display_name if number else "",
        pin_made_up=given.found.get("pin_made_up") is True,
    )


_SHOWN_STATES = (SetupState.RUNNING, SetupState.FAILED)


def _mode(setup: ConnectionSetup | None, number: WhatsAppNumber | None) -> str:
    if number is None:
        return "fresh"
    begun = setup is not None and setup.state is not SetupState.DONE
    if begun or number.connection.state is ConnectionState.CREDENTIALS_REFUSED:
        return "renew"
    return "connected"


async def _accepted(
    session: AsyncSession, setup: ConnectionSetup | None, number: WhatsAppNumber | None
) -> dict[str, object]:
    """Who accepted the contract, and when: the last that did."""
    of = setup if setup and setup.contract_accepted_at else number
    if of is None:
        return {}
    name = await user_name(session, of.account_id, of.contract_accepted_by)
    return {"accepted_at": millis(of.contract_accepted_at), "accepted_by": name}


def _steps(setup: ConnectionSetup | None) -> list[StepRow]:
    if setup is None or setup.state not in _SHOWN_STATES:
        return []
    signup = setup.method is SignupMethod.EMBEDDED
    current = next_step(setup.done, signup=signup)
    at = _here(setup)
    return [
        StepRow(name=step, state="done" if step in setup.done else _there(step, current, at))
        for step in plan(signup=signup)
    ]


def _here(setup: ConnectionSetup) -> str:
    """How the step looks that is not behind us yet."""
    if setup.state is not SetupState.FAILED:
        return "current"
    waiting = (setup.failure or {}).get("problem") == StepFailureReason.CHOOSE_NUMBER
    return "waiting" if waiting else "failed"


def _there(step: Step, current: Step | None, at: str) -> str:
    return at if step is current else "waiting"


def _failure(setup: ConnectionSetup | None) -> FailureRow:
    if setup is None or setup.state is not SetupState.FAILED or not setup.failure:
        return NO_FAILURE
    return FailureRow(
        step=setup.failed_step or "",
        reason=setup.failure.get("problem") or StepFailureReason.REFUSED,
        code=setup.failure.get("code") or 0,
        words=setup.failure.get("words") or "",
    )
