"""Connecting a number step by step: both ways in, every trouble, and what a kill leaves behind
(C2, C4)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from inbox_app import contract
from inbox_app.database import Database
from inbox_app.domain.connecting import SetupProblem, Step, StepFailureReason
from inbox_app.jobs import connect_queue
from inbox_app.live import Change, Queue
from inbox_app.models import (
    AuditEntry,
    ConnectionState,
    SetupState,
    SignupMethod,
)
from inbox_app.sandbox.simulator.people import APP_ID, DEMO_NUMBER, TOKEN
from inbox_app.services.connecting import advance_setup, connect, connection_setup
from inbox_app.services.connecting.advance_setup import StepFailure, StepResult
from inbox_app.services.connecting.idle_setup import SetupRefusedError
from inbox_app.services.connecting.meet_requirements import Requirement, accept_contract, check_off
from inbox_app.workflows import connect_number
from tests.support.connecting import NEW, SECOND, ConnectHarness, connect_harness
from tests.support.factories import make_account, make_connection
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.anyio


@pytest.fixture
async def harness(
    database: Database, now: datetime, tmp_path: Path
) -> AsyncIterator[ConnectHarness]:
    """On each kind of database."""
    async with connect_harness(database, now, tmp_path) as harness:
        yield harness


@pytest.fixture
async def quick(sqlite: Database, now: datetime, tmp_path: Path) -> AsyncIterator[ConnectHarness]:
    """For what does not depend on which database it is."""
    async with connect_harness(sqlite, now, tmp_path) as harness:
        yield harness


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


BY_HAND_FAILING: list[tuple[dict[str, Any], Step, StepFailureReason]] = [
    ({"token": True}, Step.TOKEN, StepFailureReason.TOKEN_INVALID),
    ({"scopes": True}, Step.TOKEN, StepFailureReason.SCOPES_MISSING),
    ({"app": True}, Step.TOKEN, StepFailureReason.OTHER_APP),
    ({"graph": ["unavailable"]}, Step.TOKEN, StepFailureReason.META_DOWN),
    ({"graph": ["html_502"]}, Step.TOKEN, StepFailureReason.META_DOWN),
    ({"graph": ["", "190"]}, Step.NUMBER, StepFailureReason.TOKEN_INVALID),
    ({"graph": ["", "", "unavailable"]}, Step.MEMBERSHIP, StepFailureReason.META_DOWN),
    ({"graph": ["", "", "", "10"]}, Step.SUBSCRIBE, StepFailureReason.NO_ACCESS),
    ({"unverified": True}, Step.VERIFIED, StepFailureReason.NOT_VERIFIED),
    ({"graph": ["", "", "", "", "133006"]}, Step.REGISTER, StepFailureReason.NOT_VERIFIED),
    ({"pin": True}, Step.REGISTER, StepFailureReason.PIN_WRONG),
    ({"graph": ["", "", "", "", "133008"]}, Step.REGISTER, StepFailureReason.PIN_TOO_OFTEN),
    ({"graph": ["", "", "", "", "133016"]}, Step.REGISTER, StepFailureReason.REGISTERED_TOO_OFTEN),
    ({"graph": ["", "", "", "", "131042"]}, Step.REGISTER, StepFailureReason.REFUSED),
]


@pytest.mark.parametrize(("switches", "step", "reason"), BY_HAND_FAILING)
async def test_each_trouble_stops_at_its_step_and_retrying_goes_on_from_there(
    quick: ConnectHarness, switches: dict[str, Any], step: Step, reason: StepFailureReason
) -> None:
    await quick.all_but_the_number()
    quick.break_meta(**switches)
    await quick.by_hand(NEW)
    await quick.drain()

    setup = await quick.setup()
    assert setup.state is SetupState.FAILED
    assert setup.failed_step == step
    assert setup.failure is not None
    assert setup.failure["problem"] == reason
    assert await quick.all(connect.Connection) == []
    assert TOKEN not in repr(setup.failure)
    done, asked = setup.done, len(quick.asked())

    quick.mend_meta()
    await quick.retry()
    await quick.drain()
    assert (await quick.connection()).external_id == NEW.phone_number_id
    again = set(quick.asked()[asked:])
    assert ("GET debug_token" in again) is (Step.TOKEN not in done)
    assert ("GET 102290129340399/phone_numbers" in again) is (Step.MEMBERSHIP not in done)


async def test_metas_words_are_kept_with_their_code(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    quick.break_meta(pin=True)
    await quick.by_hand(NEW, pin="000000")
    await quick.drain()
    failure = (await quick.setup()).failure
    assert failure is not None
    assert failure["code"] == 133005
    assert "The PIN is not correct." in failure["words"]

    await quick.retry(pin="123456")
    await quick.drain()
    number = await quick.number()
    assert quick.runtime.vault.decrypt(number.pin_encrypted) == "123456"


async def test_a_bad_token_is_mended_by_another_and_the_rest_is_kept(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    await quick.by_hand(token="EAAwrongwrongwrong")
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.TOKEN_INVALID
    assert setup.phone_number_id == SECOND.phone_number_id
    await quick.retry(token=TOKEN)
    await quick.drain()
    assert (await quick.connection()).external_id == SECOND.phone_number_id


def with_an_app(harness: ConnectHarness) -> ConnectHarness:
    """Its installation has a Meta app of its own, as one that goes live has."""
    app = {"meta_app_id": APP_ID, "meta_app_secret": SecretStr("one, two")}
    settings = harness.runtime.settings.model_copy(update=app)
    return replace(harness, runtime=replace(harness.runtime, settings=settings))


@pytest.mark.parametrize(
    ("begin", "step"),
    [(ConnectHarness.by_hand, Step.TOKEN), (ConnectHarness.by_facebook, Step.EXCHANGE)],
)
async def test_a_wrong_secret_of_the_app_is_not_blamed_on_the_token(
    quick: ConnectHarness, begin: Callable[[ConnectHarness], Awaitable[None]], step: Step
) -> None:
    harness = with_an_app(quick)
    await harness.all_but_the_number()
    harness.break_meta(secret=True)
    await begin(harness)
    await harness.drain()
    setup = await harness.setup()
    assert setup.failure is not None
    assert (setup.failed_step, setup.failure["problem"]) == (step, StepFailureReason.APP_REFUSED)

    harness.mend_meta()
    await harness.retry()
    await harness.drain()
    assert (await harness.setup()).failed_step != step


async def test_a_bad_token_is_not_blamed_on_the_app(quick: ConnectHarness) -> None:
    harness = with_an_app(quick)
    await harness.all_but_the_number()
    harness.break_meta(graph=["190"])
    await harness.by_hand()
    await harness.drain()
    failure = (await harness.setup()).failure
    assert failure is not None
    assert failure["problem"] == StepFailureReason.TOKEN_INVALID


async def test_an_app_that_wants_a_proof_is_said_so(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    quick.meta.wire.inside = httpx.MockTransport(
        lambda _: httpx.Response(400, json={"error": {"code": 100, "message": PROOF}})
    )
    await quick.by_hand()
    await quick.drain()
    failure = (await quick.setup()).failure
    assert failure is not None
    assert failure["problem"] == StepFailureReason.PROOF_WANTED


PROOF = "API calls from the server require an appsecret_proof argument"


async def test_a_number_that_lives_in_the_phones_app_too_has_its_data_asked_for(
    quick: ConnectHarness,
) -> None:
    quick.break_meta(on_app=True)
    await quick.all_but_the_number()
    for _ in range(2):  # the second time Meta says that she gave it already
        await quick.by_hand()
        await quick.drain()
        assert (await quick.setup()).state is SetupState.DONE
    asked = f"POST {SECOND.phone_number_id}/smb_app_data"
    assert quick.asked().count(asked) == 4
    assert f"POST {SECOND.phone_number_id}/register" not in quick.asked()


async def test_meta_that_cannot_be_reached_is_said_so(quick: ConnectHarness) -> None:
    await quick.all_but_the_number()
    quick.break_meta(sends=["no_connection"])
    await quick.by_hand()
    await quick.drain()
    setup = await quick.setup()
    assert setup.failure is not None
    assert setup.failure["problem"] == StepFailureReason.UNREACHABLE


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
