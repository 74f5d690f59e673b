"""A number is connected step by step, by hand and by Facebook (C2, C4)."""

from datetime import datetime

import pytest

from inbox_app import contract
from inbox_app.domain.connecting import StepFailureReason
from inbox_app.live import Change
from inbox_app.models import AuditEntry, ConnectionState, SetupState
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.services.connecting import connection_setup
from inbox_app.services.connecting.idle_setup import SetupRefusedError
from tests.support.connecting import NEW, SECOND, ConnectHarness

pytestmark = pytest.mark.anyio


async def test_a_number_is_connected_by_hand(harness: ConnectHarness, now: datetime) -> None:
    await harness.all_but_the_number()
    await harness.by_hand()
    await harness.drain()

    number = await harness.number()

    connection = number.connection
    assert connection.state is ConnectionState.ACTIVE
    assert connection.display_address == SECOND.display
    assert harness.runtime.vault.decrypt(connection.credentials_encrypted) == TOKEN
    assert (number.quality_rating, number.messaging_limit) == ("GREEN", "TIER_2K")
    assert (number.subscribed, number.number_status) == (True, "CONNECTED")
    assert number.templates_wanted_at is not None
    accepted = (number.contract_version, number.contract_language)
    assert accepted == (contract.VERSION, "it")
    assert (number.contract_accepted_by, number.contract_accepted_at) == (
        harness.user_id,
        now,
    )
    setup = await harness.setup()
    assert setup.state is SetupState.DONE
    assert (setup.token_encrypted, setup.code_encrypted) == ("", "")
    assert "POST 106540352242933/register" not in harness.asked()
    assert [entry.what for entry in await harness.all(AuditEntry)] == [
        "connection.accepted_contract",
        "connection.requested",
        "connection.connected",
    ]


async def test_every_step_is_told_to_open_pages(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand()
    await quick.drain()
    assert quick.changes == [Change(quick.account_id)] * 7


async def test_a_number_is_connected_by_facebook(harness: ConnectHarness) -> None:
    await harness.all_but_the_number()
    await harness.by_facebook(SECOND.phone_number_id, SECOND.waba_id)
    await harness.drain()
    connection = await harness.connection()
    assert connection.external_id == SECOND.phone_number_id
    assert harness.runtime.vault.decrypt(connection.credentials_encrypted) == TOKEN
    assert harness.asked()[:2] == ["GET oauth/access_token", "GET debug_token"]


async def test_of_several_numbers_the_person_chooses_one_of_those(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_facebook(waba_id=SECOND.waba_id)
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.CHOOSE_NUMBER
    listed = [number["display"] for number in setup.found["numbers"]]
    assert listed == [SECOND.display, NEW.display]

    with pytest.raises(SetupRefusedError):
        await choose(quick, DEMO_NUMBER.phone_number_id)
    await choose(quick, NEW.phone_number_id)
    await quick.drain()
    assert (await quick.connection()).external_id == NEW.phone_number_id


async def choose(harness: ConnectHarness, phone_number_id: str) -> None:
    async with harness.database.transaction() as session:
        await connection_setup.choose_number(
            session, harness.account_id, harness.user_id, phone_number_id, harness.clock.now()
        )


async def test_the_only_number_of_a_business_account_need_not_be_chosen(
    quick: ConnectHarness,
) -> None:
    await quick.all_but_the_number()
    await quick.by_facebook(waba_id=DEMO_NUMBER.waba_id)
    await quick.drain()
    assert (await quick.connection()).external_id == DEMO_NUMBER.phone_number_id


async def test_a_new_number_is_registered_with_a_code_that_is_kept(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand(NEW)
    await quick.drain()
    number, setup = await quick.number(), await quick.setup()
    assert number.number_status == "CONNECTED"
    pin = quick.runtime.vault.decrypt(number.pin_encrypted)
    assert len(pin) == 6
    assert pin.isdigit()
    assert setup.found["pin_made_up"] is True
    assert setup.pin_encrypted == ""
