"""What the browser brings from Facebook is used once, and not believed (C2, C4)."""

from datetime import datetime

import pytest

from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.models import ConnectionState
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from tests.support.connecting import SECOND, ConnectHarness
from tests.support.factories import make_account, make_connection

pytestmark = pytest.mark.anyio


async def test_an_expired_code_asks_for_the_button_again(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    quick.break_meta(code=True)
    await quick.by_facebook(SECOND.phone_number_id, SECOND.waba_id)
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.CODE_EXPIRED
    assert setup.code_encrypted == ""

    quick.mend_meta()
    await quick.by_facebook(SECOND.phone_number_id, SECOND.waba_id)
    await quick.drain()
    assert (await quick.connection()).state is ConnectionState.ACTIVE


async def test_a_code_that_was_exchanged_is_never_exchanged_again(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    quick.break_meta(graph=["", "", "unavailable"])
    await quick.by_facebook(SECOND.phone_number_id, SECOND.waba_id)
    await quick.drain()
    assert (await quick.setup()).failed_step == Step.NUMBER
    await quick.retry()
    await quick.drain()
    assert (await quick.connection()).state is ConnectionState.ACTIVE
    assert quick.asked().count("GET oauth/access_token") == 1


async def test_what_a_browser_says_of_another_business_is_not_believed(
    quick: ConnectHarness,
) -> None:
    await quick.all_but_the_number()
    await quick.by_facebook(SECOND.phone_number_id, "999")
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert (setup.failed_step, setup.failure["problem"]) == (
        Step.TOKEN,
        StepFailureReason.OTHER_WABA,
    )


async def test_a_number_of_another_business_account_is_refused(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_facebook(DEMO_NUMBER.phone_number_id, SECOND.waba_id)
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert (setup.failed_step, setup.failure["problem"]) == (
        Step.MEMBERSHIP,
        StepFailureReason.NOT_IN_WABA,
    )


async def test_a_number_of_another_account_is_refused_before_meta_is_asked_for_it(
    harness: ConnectHarness, now: datetime
) -> None:
    async with harness.database.transaction() as session:
        other = await make_account(session, now, "Terza")
        await make_connection(session, other, now, external_id=SECOND.phone_number_id)
    await harness.all_but_the_number()
    await harness.by_hand()
    await harness.drain()
    setup = await harness.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.NUMBER_TAKEN
    assert harness.asked() == ["GET debug_token"]
