"""Nothing begins before the requirements hold; credentials are renewed for the same number (C4)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from inbox_app import contract
from inbox_app.domain.connecting import SetupProblem, StepFailureReason
from inbox_app.jobs import connect_queue
from inbox_app.live import Queue
from inbox_app.models import ConnectionState, SetupState, SignupMethod
from inbox_app.services.connecting import connect, connection_setup
from inbox_app.services.connecting.idle_setup import SetupRefusedError
from inbox_app.services.connecting.meet_requirements import Requirement, accept_contract, check_off
from tests.support.connecting import NEW, SECOND, ConnectHarness
from tests.support.factories import make_connection
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.anyio


async def test_nothing_begins_until_all_three_requirements_hold(harness: ConnectHarness) -> None:
    now = harness.clock.now()
    checks: list[Callable[[Any], Any]] = [
        lambda s: check_off(s, harness.account_id, Requirement.PROFILE, True, now),
        lambda s: check_off(s, harness.account_id, Requirement.NUMBER, True, now),
        lambda s: accept_contract(
            s, harness.account_id, harness.user_id, version=contract.VERSION, language="es", now=now
        ),
    ]
    for check in checks:
        with pytest.raises(SetupRefusedError) as refused:
            await harness.by_hand()
        assert refused.value.problem is SetupProblem.REQUIREMENTS
        async with harness.database.transaction() as session:
            await check(session)
    await harness.by_hand()


async def test_a_text_that_is_not_the_present_one_is_not_accepted(quick: ConnectHarness) -> None:
    for version, language in (("0", "it"), (contract.VERSION, "de")):
        async with quick.database.transaction() as session:
            with pytest.raises(SetupRefusedError):
                await accept_contract(
                    session,
                    quick.account_id,
                    quick.user_id,
                    version=version,
                    language=language,
                    now=quick.clock.now(),
                )


async def test_while_the_steps_are_taken_nothing_is_changed(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand()
    for attempt in (quick.by_hand, quick.by_facebook, quick.retry, quick.all_but_the_number):
        with pytest.raises(SetupRefusedError) as refused:
            await attempt()
        assert refused.value.problem is SetupProblem.BUSY


@pytest.mark.postgresql("its statements")
async def test_refused_credentials_are_renewed_for_the_same_number(
    harness: ConnectHarness, now: datetime
) -> None:
    await harness.all_but_the_number()
    await harness.by_hand()
    await harness.drain()
    async with harness.database.transaction() as session:
        row = await session.get_one(connect.Connection, (await harness.connection()).id)
        row.state = ConnectionState.CREDENTIALS_REFUSED
    await harness.by_hand(NEW)  # whatever was typed: the number stays
    await harness.drain()
    connection = await harness.connection()
    assert connection.state is ConnectionState.ACTIVE
    assert connection.external_id == SECOND.phone_number_id


async def test_a_renewal_that_fails_leaves_the_number_as_it_was(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand()
    await quick.drain()
    before = await quick.connection()
    await quick.by_hand(token="EAAwrongwrongwrong")
    await quick.drain()
    async with quick.database.transaction() as session:
        await connection_setup.change(session, quick.account_id, quick.clock.now())
    setup, connection = await quick.setup(), await quick.connection()
    assert (setup.state, setup.token_encrypted) == (SetupState.DONE, "")
    assert connection.credentials_encrypted == before.credentials_encrypted
    assert connection.state is ConnectionState.ACTIVE


async def test_another_number_by_facebook_is_refused_while_one_is_connected(
    harness: ConnectHarness,
) -> None:
    await harness.all_but_the_number()
    await harness.by_hand()
    await harness.drain()
    await harness.by_facebook(NEW.phone_number_id, NEW.waba_id)
    await harness.drain()
    setup = await harness.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.ACCOUNT_HAS_NUMBER
    assert (await harness.connection()).external_id == SECOND.phone_number_id


async def test_an_account_without_a_contract_in_its_setup_keeps_the_one_it_had(
    quick: ConnectHarness, now: datetime
) -> None:
    async with quick.database.transaction() as session:
        columns = {
            "phone_number_id": SECOND.phone_number_id,
            "waba_id": SECOND.waba_id,
            "contract_accepted_by": quick.user_id,
            "contract_language": "es",
        }
        await make_connection(session, quick.account_id, now, **columns)
    await quick.by_hand()
    await quick.drain()
    number = await quick.number()
    assert (number.contract_accepted_by, number.contract_language) == (
        quick.user_id,
        "es",
    )
    assert (await quick.setup()).method is SignupMethod.MANUAL


async def test_the_loop_takes_up_what_it_is_woken_for(
    quick: ConnectHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect_queue, "_LOOK_AGAIN_SECONDS", 2 * PATIENCE)
    connected = asyncio.Event()
    quick.runtime.live.listen(lambda change: connected.set() if len(quick.changes) == 7 else None)
    stopping = asyncio.Event()
    loop = asyncio.create_task(connect_queue.run(quick.runtime, lambda: True, stopping))
    await quick.all_but_the_number()
    await quick.by_hand()
    quick.runtime.live.wake(Queue.CONNECT)
    async with asyncio.timeout(PATIENCE):
        await connected.wait()
        stopping.set()
        quick.runtime.live.wake(Queue.CONNECT)
        await loop
