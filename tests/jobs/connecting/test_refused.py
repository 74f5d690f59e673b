"""Each trouble stops at its step, says so, and retrying goes on from there (C2, C4)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.models import SetupState
from inbox_app.sandbox.simulator.people import APP_ID, TOKEN
from inbox_app.services.connecting import connect
from tests.support.connecting import NEW, SECOND, ConnectHarness

pytestmark = pytest.mark.anyio


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
