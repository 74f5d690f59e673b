"""What Meta has to say before a number is connected, step by step (C4); no transaction is open."""

from inbox_app.channels.whatsapp.graph.client import (
    GraphClient,
    GraphError,
    GraphRefusedError,
    RequestNotSentError,
)
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.graph.numbers import NumberDetails, read_number
from inbox_app.channels.whatsapp.graph.tokens import TokenDetails, read_token
from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.services.connecting.step_failures import StepFailedError, refusal, step


async def inspect_token(
    client: GraphClient, token: str, *, must_know: bool = False
) -> TokenDetails | None:
    """None when Meta does not say: a token may not be allowed to look at itself, and what it may do
    shows in the steps that follow. With ``must_know`` that is a failure."""
    try:
        return read_token(await client.debug_token(token))
    except GraphRefusedError as refused:
        answer = refused.answer
        failed = _unanswered(answer)
        if must_know or failed.reason in {
            StepFailureReason.TOKEN_INVALID,
            StepFailureReason.OTHER_APP,
        }:
            raise failed from None
        return None
    except RequestNotSentError:
        raise StepFailedError(
            Step.TOKEN, StepFailureReason.UNREACHABLE, "Meta can't be reached"
        ) from None
    except GraphError:
        if must_know:
            why = "Meta gave no readable answer"
            raise StepFailedError(Step.TOKEN, StepFailureReason.META_DOWN, why) from None
        return None


def _unanswered(answer: GraphErrorAnswer) -> StepFailedError:
    failed = refusal(Step.TOKEN, answer)
    if _OF_ANOTHER_APP in failed.words:
        failed.reason = StepFailureReason.OTHER_APP
    elif failed.reason not in _SURE:
        failed.reason = StepFailureReason.NOT_VOUCHED
    return failed


_SURE = {
    StepFailureReason.META_DOWN,
    StepFailureReason.TOKEN_INVALID,
    StepFailureReason.PROOF_WANTED,
}
_OF_ANOTHER_APP = "Viewing App"
"""«The App_id in the input_token did not match the Viewing App»."""


def check_token(token: TokenDetails, *, waba_id: str, app_id: str | None) -> None:
    """Raises ``StepFailedError`` for a token that will not do; what was not told is no reason."""
    if token.valid is False:
        raise _bad_token(
            StepFailureReason.TOKEN_INVALID, token.why_not or "it is not valid", token.why_not
        )
    if token.missing:
        lacks = " and ".join(token.missing)
        raise _bad_token(StepFailureReason.SCOPES_MISSING, f"it lacks {lacks}", lacks)
    if not token.reaches(waba_id):
        raise _bad_token(StepFailureReason.OTHER_WABA, "it has no access to this WABA")
    if token.app_id and app_id and token.app_id != app_id:
        why = "it belongs to another app than META_APP_ID, whose webhooks we could not verify"
        raise _bad_token(StepFailureReason.OTHER_APP, why)


def _bad_token(reason: StepFailureReason, why: str, words: str | None = None) -> StepFailedError:
    failed = StepFailedError(Step.TOKEN, reason, why)
    failed.words = words or ""
    return failed


async def fetch_number(client: GraphClient, phone_number_id: str) -> NumberDetails:
    async with step(Step.NUMBER):
        return read_number(await client.get_phone_number(phone_number_id))


async def numbers_of(client: GraphClient, waba_id: str, name: Step) -> list[NumberDetails]:
    """All of the business account's that have an id."""
    async with step(name):
        listed = map(read_number, await client.list_phone_numbers(waba_id))
        return [number for number in listed if number.id]


async def check_belongs(
    client: GraphClient, phone_number_id: str, waba_id: str, *, must_know: bool
) -> None:
    """Raises ``StepFailedError`` unless the business account lists the number; without
    ``must_know`` only a list that lacks it speaks against it."""
    try:
        listed = await numbers_of(client, waba_id, Step.MEMBERSHIP)
    except StepFailedError:
        if must_know:
            raise
        return
    if phone_number_id not in {number.id for number in listed}:
        why = "the WABA's numbers do not include it"
        raise StepFailedError(Step.MEMBERSHIP, StepFailureReason.NOT_IN_WABA, why)


def check_verified(number: NumberDetails) -> None:
    if number.is_unverified:
        why = f"Meta says «{number.verification}»"
        raise StepFailedError(Step.VERIFIED, StepFailureReason.NOT_VERIFIED, why)


async def subscribe(client: GraphClient, waba_id: str, number: NumberDetails) -> None:
    """What the phone's app knows comes by the same webhooks, of a number that lives there too."""
    async with step(Step.SUBSCRIBE):
        await client.subscribe_app(waba_id)
        if number.on_app and number.id:
            await _ask_app_data(client, number.id)


async def _ask_app_data(client: GraphClient, phone_number_id: str) -> None:
    """That Meta gives it no more is no reason not to connect."""
    for kind in ("smb_app_state_sync", "history"):
        try:
            await client.ask_app_data(phone_number_id, kind)
        except GraphRefusedError as refused:
            if refused.answer.remedy is Remedy.RETRY:
                raise


async def register(client: GraphClient, phone_number_id: str, pin: str) -> None:
    """The PIN is set where the number has none, and must be its own where it has one."""
    async with step(Step.REGISTER):
        await client.register(phone_number_id, pin)
