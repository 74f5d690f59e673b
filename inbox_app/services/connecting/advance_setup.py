"""The steps of connecting, as the job takes them: which is next, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.contract import VERSION as CONTRACT_VERSION
from inbox_app.domain.connecting import Step, StepFailureReason, next_step
from inbox_app.models import ConnectionSetup, SetupState, SignupMethod, WhatsAppNumber
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.connect import Contract, Number, Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class StepJob:
    """One step to take, with all that it needs: no database is open meanwhile."""

    account_id: int
    step: Step
    signup: bool
    must_know: bool
    """Whether it stops where Meta does not tell of the token, or of the business account's numbers:
    not for an operator, who is believed until a later step shows otherwise."""
    phone_number_id: str
    waba_id: str
    code: str = field(repr=False)
    token: str = field(repr=False)
    pin: str = field(repr=False)
    """All three encrypted."""
    found: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepResult:
    """What a step changes: columns of the setup, and what it has found out."""

    columns: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    found: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class StepFailure:
    """Why it stands still; ``words`` are Meta's, ``sentence`` is for a command line."""

    reason: StepFailureReason
    code: int | None = None
    words: str = ""
    sentence: str = ""
    found: Mapping[str, Any] = field(default_factory=dict[str, Any])


async def running_setups(session: AsyncSession) -> Sequence[int]:
    """The accounts whose connecting is to go on."""
    running = col(ConnectionSetup.state) == SetupState.RUNNING
    query = select(ConnectionSetup.account_id).where(running).order_by(col(ConnectionSetup.id))
    return (await session.exec(query)).all()


async def next_job(session: AsyncSession, account_id: int) -> StepJob | None:
    """The step that is to be taken now; none when nothing is running."""
    setup = (await session.exec(_running_of(account_id))).one_or_none()
    if setup is None:
        return None
    signup = setup.method is SignupMethod.EMBEDDED
    step = next_step(setup.done, signup=signup)
    return StepJob(
        account_id=account_id,
        step=step or Step.RECORD,
        signup=signup,
        must_know=setup.started_by is not None,
        phone_number_id=setup.phone_number_id,
        waba_id=setup.waba_id,
        code=setup.code_encrypted,
        token=setup.token_encrypted,
        pin=setup.pin_encrypted,
        found=setup.found,
    )


async def keep_pin(session: AsyncSession, account_id: int, pin: str) -> str:
    """The two-step code that is about to be set, ``pin`` unless there is one by now: known before
    Meta knows it, or it might be lost to all. "" when nothing is running any more."""
    setup = await _running(session, account_id)
    if setup is None:
        return ""
    if not setup.pin_encrypted:
        setup.pin_encrypted = pin
        setup.found = dict(setup.found) | {"pin_made_up": True}
    return setup.pin_encrypted


async def step_done(session: AsyncSession, job: StepJob, result: StepResult, now: datetime) -> None:
    """It is behind us, and will not be taken again."""
    setup = await _running(session, job.account_id)
    if setup is None or job.step in setup.done:
        return
    for column, value in result.columns.items():
        setattr(setup, column, value)
    setup.found = dict(setup.found) | dict(result.found)
    setup.done, setup.updated_at = [*setup.done, job.step], now


async def step_failed(
    session: AsyncSession, job: StepJob, failure: StepFailure, now: datetime
) -> None:
    """It waits for somebody to mend it, unless another process has got past it."""
    setup = await _running(session, job.account_id)
    if setup is None or job.step in setup.done:
        return
    setup.state, setup.failed_step, setup.updated_at = SetupState.FAILED, job.step, now
    setup.found = dict(setup.found) | dict(failure.found)
    setup.failure = {
        "problem": failure.reason,
        "code": failure.code,
        "words": failure.words[:_LONGEST_WORDS],
        "sentence": failure.sentence[:_LONGEST_SENTENCE],
    }
    if failure.reason is StepFailureReason.CODE_EXPIRED:
        setup.code_encrypted = ""


_LONGEST_WORDS = 600
_LONGEST_SENTENCE = 2000


async def record(session: AsyncSession, job: StepJob, now: datetime) -> WhatsAppNumber | None:
    """The last step. Raises ``ConnectError`` when the number or the account is taken by now."""
    setup = await _running(session, job.account_id)
    if setup is None:
        return None
    contract = _contract(setup, await active_number(session, job.account_id), now)
    given = _number(setup)
    secrets = Secrets(
        token=setup.token_encrypted, pin=setup.pin_encrypted if given.registered else ""
    )
    return await connect.record(
        session, job.account_id, given, secrets, contract, now, by=setup.started_by
    )


def _running_of(account_id: int) -> SelectOfScalar[ConnectionSetup]:
    return select(ConnectionSetup).where(
        col(ConnectionSetup.account_id) == account_id,
        col(ConnectionSetup.state) == SetupState.RUNNING,
    )


async def _running(session: AsyncSession, account_id: int) -> ConnectionSetup | None:
    """Held fast until the commit."""
    return (await session.exec(_running_of(account_id).with_for_update())).one_or_none()


def _number(setup: ConnectionSetup) -> Number:
    expires = setup.found.get("token_expires_at")
    return Number(
        phone_number_id=setup.phone_number_id,
        waba_id=setup.waba_id,
        details=NumberDetails(**setup.found["number"]),
        token_expires_at=datetime.fromtimestamp(expires, UTC) if expires else None,
        registered=setup.found.get("registered") is True,
    )


def _contract(setup: ConnectionSetup, number: WhatsAppNumber | None, now: datetime) -> Contract:
    """The one that was accepted last; renewing the credentials needs no new one."""
    if number is not None and setup.contract_version != CONTRACT_VERSION:
        return Contract(
            accepted_at=number.contract_accepted_at,
            accepted_by=number.contract_accepted_by,
            version=number.contract_version,
            language=number.contract_language,
        )
    return Contract(
        accepted_at=setup.contract_accepted_at or now,
        accepted_by=setup.contract_accepted_by,
        version=setup.contract_version or CONTRACT_VERSION,
        language=setup.contract_language,
    )
