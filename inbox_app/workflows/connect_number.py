"""Taking the steps of connecting an account's number, one after the other, each committed (C4)."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from cryptography.fernet import InvalidToken

from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.numbers import NumberDetails
from inbox_app.channels.whatsapp.graph.tokens import TokenDetails
from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.live import Change, Queue
from inbox_app.runtime import Runtime
from inbox_app.services.connecting import advance_setup, check_number, connect
from inbox_app.services.connecting.advance_setup import StepFailure, StepJob, StepResult
from inbox_app.services.connecting.connect import ConnectError
from inbox_app.services.connecting.step_failures import StepFailedError, step
from inbox_app.workflows.graph_connection import graph, inspector, refusal_of_app


async def run_steps(runtime: Runtime, account_id: int, now: Callable[[], datetime]) -> None:
    """Take the steps that are left, until all are done or one fails.

    Two processes may do so at once, a server and a command: each step counts once.
    """
    while True:
        async with runtime.database.reading() as session:
            job = await advance_setup.next_job(session, account_id)
        if job is None:
            return
        await _take(runtime, job, now)
        runtime.live.publish(Change(account_id))


async def _take(runtime: Runtime, job: StepJob, now: Callable[[], datetime]) -> None:
    try:
        if job.step is Step.RECORD:
            await _record(runtime, job, now())
            return
        result = await _STEPS[job.step](runtime, job)
    except ConnectError as failed:
        await _stop(runtime, job, _failure(failed), now())
    except InvalidToken:
        why = "what was given cannot be decrypted"
        unreadable = StepFailedError(job.step, StepFailureReason.TOKEN_UNREADABLE, why)
        await _stop(runtime, job, _failure(unreadable), now())
    else:
        async with runtime.database.transaction() as session:
            await advance_setup.step_done(session, job, result, now())


def _failure(failed: ConnectError) -> StepFailure:
    if isinstance(failed, StepFailedError):
        return StepFailure(failed.reason, failed.code, failed.words, str(failed), failed.found)
    return StepFailure(failed.reason, sentence=str(failed))


async def _stop(runtime: Runtime, job: StepJob, failure: StepFailure, now: datetime) -> None:
    async with runtime.database.transaction() as session:
        await advance_setup.step_failed(session, job, failure, now)


async def _record(runtime: Runtime, job: StepJob, now: datetime) -> None:
    await runtime.database.run_transaction(lambda session: advance_setup.record(session, job, now))
    runtime.live.wake(Queue.UNDERSTAND)
    runtime.live.wake(Queue.TEMPLATES)


async def _exchange(runtime: Runtime, job: StepJob) -> StepResult:
    settings = runtime.settings
    if settings.signup is None or not settings.app_secrets:
        raise StepFailedError(job.step, StepFailureReason.NO_APP, "there is no META_APP_ID")
    if not job.code:
        raise StepFailedError(job.step, StepFailureReason.CODE_EXPIRED, "the code was used")
    code = runtime.vault.decrypt(job.code)
    async with step(job.step):
        token = await graph(runtime).exchange_code(
            settings.signup.app_id, settings.app_secrets[0], code
        )
    return StepResult(
        columns={"token_encrypted": runtime.vault.encrypt(token), "code_encrypted": ""}
    )


async def _check_token(runtime: Runtime, job: StepJob) -> StepResult:
    """What a browser says of a business account is worth what the token says of it."""
    token = runtime.vault.decrypt(job.token)
    told = await _inspect_token(runtime, job, token)
    if told is None:
        return StepResult()
    only = told.wabas[0] if told.wabas and len(told.wabas) == 1 else ""
    waba_id = job.waba_id or only
    check_number.check_token(told, waba_id=waba_id, app_id=runtime.settings.token_app_id)
    expires = {"token_expires_at": int(told.expires_at.timestamp())} if told.expires_at else {}
    return StepResult(columns={"waba_id": waba_id}, found=expires)


async def _inspect_token(runtime: Runtime, job: StepJob, token: str) -> TokenDetails | None:
    """None where nobody vouches for one that was typed: what it may do shows in the steps that
    follow. An operator's tells of itself, if Meta lets it."""
    if not job.must_know:
        return await check_number.inspect_token(graph(runtime).for_token(token), token)
    try:
        return await check_number.inspect_token(inspector(runtime, token), token, must_know=True)
    except StepFailedError as failed:
        await _blame_the_app(runtime, failed)
        if job.signup or failed.reason is not StepFailureReason.NOT_VOUCHED:
            raise
        return None


async def _blame_the_app(runtime: Runtime, failed: StepFailedError) -> None:
    """It was the installation's app that asked: what Meta has against it, the token is not guilty
    of."""
    if failed.reason is not StepFailureReason.TOKEN_INVALID:
        return
    problem = await refusal_of_app(runtime)
    if problem is not None:
        why = "Meta refuses the installation's app"
        raise StepFailedError(failed.step, StepFailureReason.APP_REFUSED, why, answer=problem)


async def _choose(runtime: Runtime, job: StepJob) -> StepResult:
    """Meta's dialog has said which number, or there is only one, or a person has to say."""
    if job.phone_number_id:
        return StepResult()
    numbers = await check_number.numbers_of(_client(runtime, job), job.waba_id, job.step)
    if not numbers:
        raise StepFailedError(job.step, StepFailureReason.NO_NUMBERS, "the WABA has no numbers")
    if len(numbers) == 1:
        return StepResult(columns={"phone_number_id": numbers[0].id or ""})
    failed = StepFailedError(job.step, StepFailureReason.CHOOSE_NUMBER, "there are several")
    failed.found = {"numbers": [_choice(number) for number in numbers[:_MAX_CHOICES]]}
    raise failed


_MAX_CHOICES = 50


def _choice(number: NumberDetails) -> Mapping[str, str]:
    return {
        "id": number.id or "",
        "display": number.display or "",
        "name": number.verified_name or "",
    }


async def _read_number(runtime: Runtime, job: StepJob) -> StepResult:
    async with runtime.database.reading() as session:
        await connect.check_free(session, job.account_id, job.phone_number_id)
    number = await check_number.fetch_number(_client(runtime, job), job.phone_number_id)
    return StepResult(found={"number": asdict(number)})


async def _check_belongs(runtime: Runtime, job: StepJob) -> StepResult:
    await check_number.check_belongs(
        _client(runtime, job), job.phone_number_id, job.waba_id, must_know=job.must_know
    )
    return StepResult()


async def _check_verified(runtime: Runtime, job: StepJob) -> StepResult:
    """Where it was not, read it anew: who comes back to this step has verified it meanwhile."""
    number = NumberDetails(**job.found["number"])
    if number.is_unverified:
        number = await check_number.fetch_number(_client(runtime, job), job.phone_number_id)
    check_number.check_verified(number)
    return StepResult(found={"number": asdict(number)})


async def _subscribe(runtime: Runtime, job: StepJob) -> StepResult:
    number = NumberDetails(**job.found["number"])
    await check_number.subscribe(_client(runtime, job), job.waba_id, number)
    return StepResult()


async def _register(runtime: Runtime, job: StepJob) -> StepResult:
    if not NumberDetails(**job.found["number"]).wants_registering:
        return StepResult()
    sealed = job.pin or await _make_up_pin(runtime, job)
    if not sealed:
        return StepResult()
    pin = runtime.vault.decrypt(sealed)
    await check_number.register(_client(runtime, job), job.phone_number_id, pin)
    return StepResult(found={"registered": True})


async def _make_up_pin(runtime: Runtime, job: StepJob) -> str:
    pin = runtime.vault.encrypt(f"{secrets.randbelow(10**6):06}")
    async with runtime.database.transaction() as session:
        return await advance_setup.keep_pin(session, job.account_id, pin)


def _client(runtime: Runtime, job: StepJob) -> GraphClient:
    return graph(runtime).for_token(runtime.vault.decrypt(job.token))


_STEPS: Mapping[Step, Callable[[Runtime, StepJob], Awaitable[StepResult]]] = {
    Step.EXCHANGE: _exchange,
    Step.TOKEN: _check_token,
    Step.CHOOSE: _choose,
    Step.NUMBER: _read_number,
    Step.MEMBERSHIP: _check_belongs,
    Step.VERIFIED: _check_verified,
    Step.SUBSCRIBE: _subscribe,
    Step.REGISTER: _register,
}
