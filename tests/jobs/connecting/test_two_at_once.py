"""Of two that connect at once one wins, and what a kill interrupts goes on (C2, C4)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from inbox_app.database import Database
from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.models import ConnectionState, SetupState
from inbox_app.services.connecting import advance_setup, connect
from inbox_app.services.connecting.advance_setup import StepFailure, StepResult
from inbox_app.workflows import connect_number
from tests.support.connecting import NEW, SECOND, ConnectHarness, connect_harness
from tests.support.factories import make_account, make_connection

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("two at once")
async def test_a_number_that_another_account_connects_meanwhile_is_refused_at_the_last_step(
    harness: ConnectHarness, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe = connect_number.check_number.subscribe

    async def somebody_is_quicker(*args: Any) -> None:
        await subscribe(*args)
        async with harness.database.transaction() as session:
            other = await make_account(session, now, "Terza")
            await make_connection(session, other, now, external_id=SECOND.phone_number_id)

    monkeypatch.setattr(connect_number.check_number, "subscribe", somebody_is_quicker)
    await harness.all_but_the_number()
    await harness.by_hand()
    await harness.drain()
    setup = await harness.setup()
    assert setup.failure is not None
    assert (setup.failed_step, setup.failure["problem"]) == (
        Step.RECORD,
        StepFailureReason.NUMBER_TAKEN,
    )


@pytest.mark.postgresql("two at once")
async def test_two_accounts_that_connect_the_same_number_at_once_race_to_one_connection(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    async with (
        connect_harness(database, now, tmp_path) as first,
        a_second_office(first, now) as second,
    ):
        for harness in (first, second):
            await harness.all_but_the_number()
            await harness.by_hand()
        await first.drain()
        states = sorted([(await first.setup()).state, (await second.setup()).state])
        assert states == [SetupState.DONE, SetupState.FAILED]
        loser = first if (await first.setup()).state is SetupState.FAILED else second
        failure = (await loser.setup()).failure
        assert failure is not None
        assert failure["problem"] == StepFailureReason.NUMBER_TAKEN


@asynccontextmanager
async def a_second_office(first: ConnectHarness, now: datetime) -> AsyncIterator[ConnectHarness]:
    async with first.database.transaction() as session:
        account_id = await make_account(session, now, "Seconda")
    yield replace(first, account_id=account_id)


class PowerCut(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("call", range(6))
async def test_what_a_kill_interrupts_goes_on_in_the_next_process(
    quick: ConnectHarness, call: int
) -> None:
    """In each call to Meta, after Meta has done what it was asked."""
    await quick.all_but_the_number()
    await quick.by_facebook(NEW.phone_number_id, NEW.waba_id)
    asked = 0
    reach = quick.meta.wire.handle_async_request

    async def cut(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        answer = await reach(request)
        asked += 1
        if asked == call + 1:
            raise PowerCut
        return answer

    quick.meta.wire.handle_async_request = cut  # type: ignore[method-assign]
    with pytest.raises(PowerCut):
        await connect_number.run_steps(quick.runtime, quick.account_id, quick.clock.now)
    assert await quick.all(connect.Connection) == []
    await quick.drain()

    if call == 0:  # the code is gone with the process: only the button gives another
        failure = (await quick.setup()).failure
        assert failure is not None
        assert failure["problem"] == StepFailureReason.CODE_EXPIRED
        await quick.by_facebook(NEW.phone_number_id, NEW.waba_id, code="SANDBOXCODE2")
        await quick.drain()
    number = await quick.number()
    connection = number.connection
    assert connection.state is ConnectionState.ACTIVE
    assert len(quick.runtime.vault.decrypt(number.pin_encrypted)) == 6


async def test_a_step_that_another_process_got_past_fails_no_more(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand()
    async with quick.database.transaction() as session:
        job = await advance_setup.next_job(session, quick.account_id)
        assert job is not None
        await advance_setup.step_done(session, job, StepResult(), quick.clock.now())
        failure = StepFailure(StepFailureReason.UNREACHABLE)
        await advance_setup.step_failed(session, job, failure, quick.clock.now())
    assert (await quick.setup()).state is SetupState.RUNNING
